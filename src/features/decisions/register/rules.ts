import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Outcome, outcomeOf } from '../closing/rules.ts';
import { mark } from '../counting/ballots/rules.ts';
import type { Turnout } from '../counting/quorum/rules.ts';
import { type Terms, terms } from '../terms/rules.ts';

export const entryKinds = [
  'opened',
  'extended',
  'closed',
  'decided',
  'withdrawn',
  'statement',
  'correction',
  'charter',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export type Entry = {
  readonly position: number;
  readonly kind: string;
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
};

/** JSON with its keys in order and no spaces: the same content is always the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export function entryHash(previousHash: string, body: string): string {
  return createHash('sha256').update(`${previousHash}\n${body}`).digest('hex');
}

/** The digest of a reason, which stands in the record in the place of its text. */
export function reasonDigest(salt: string, text: string): string {
  return createHash('sha256').update(`${salt}\n${text}`).digest('hex');
}

/** A voice as the record calls it: an organisation by its name, a person by a number that says nothing. */
export function recordedName(voice: { id: string; name: string; partnerId: string | null }): string {
  return voice.partnerId === null ? `voice ${voice.id}` : voice.name;
}

/** The record is for ever, so it holds no person's name. */
export function recordedTerms(of: Terms): Terms {
  return of.rule.rule === 'advice' ? { ...of, rule: { ...of.rule, deciderName: '' } } : of;
}

/** What the record holds of a closed decision: all that is needed to count again. */
export const closedBody = z.object({
  kind: z.literal('closed'),
  decision: z.int(),
  question: z.string(),
  options: z.array(z.string()),
  terms,
  seed: z.string(),
  electorate: z.array(z.object({ name: z.string(), sector: z.string(), weight: z.int() })),
  /** By name, or by the hash of a receipt code; left out when there are too few to be told. */
  ballots: z.array(z.object({ of: z.string(), mark })),
  /** Turnout by sector where ballots carry no names. */
  sectorAnswered: z.array(z.int()).optional(),
  answered: z.int(),
  reasons: z.array(z.string()),
  outcome: z.custom<Outcome>(),
});
export type ClosedBody = z.infer<typeof closedBody>;

export type Trouble = {
  readonly position: number;
  readonly trouble: 'missing' | 'changed' | 'unlinked' | 'recount';
};

/** Walks the chain from its beginning and counts every closed decision again. Empty: all is as recorded. */
export function troublesIn(entries: readonly Entry[], end: { lastEntry: number; head: string }): Trouble[] {
  const troubles: Trouble[] = [];
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    const { position } = entry;
    if (position !== index + 1) return [...troubles, { position: index + 1, trouble: 'missing' }];
    if (entry.previousHash !== previous) troubles.push({ position, trouble: 'unlinked' });
    if (entryHash(entry.previousHash, entry.body) !== entry.hash)
      troubles.push({ position, trouble: 'changed' });
    else if (entry.kind === 'closed' && !countsAgain(entry.body))
      troubles.push({ position, trouble: 'recount' });
    previous = entry.hash;
  }
  if (entries.length < end.lastEntry) troubles.push({ position: entries.length + 1, trouble: 'missing' });
  else if (previous !== end.head) troubles.push({ position: entries.length, trouble: 'unlinked' });
  return troubles;
}

/** Whether the ballots on the record give the outcome on the record. */
export function countsAgain(body: string): boolean {
  const parsed = closedBody.safeParse(JSON.parse(body));
  if (!parsed.success) return false;
  const { outcome } = parsed.data;
  if (outcome.ending === 'too-few') return true;
  return canonical(replay(parsed.data)) === canonical(outcome);
}

/** Counts a recorded decision again. */
export function replay(body: ClosedBody): Outcome {
  const { electorate, ballots, terms: agreed } = body;
  const weightOf = new Map(electorate.map(({ name, weight }) => [name, weight]));
  const electorateWeight = electorate.reduce((total, { weight }) => total + BigInt(weight), 0n);
  return outcomeOf({
    terms: agreed,
    ballots: ballots.map(({ of, mark: said }) => ({ mark: said, weight: BigInt(weightOf.get(of) ?? 1) })),
    turnout: turnoutOf(body),
    under: { rule: agreed.rule, options: body.options.length, electorateWeight, seed: body.seed },
    closedBy: body.outcome.closedBy,
  });
}

function turnoutOf({ electorate, ballots, answered, sectorAnswered }: ClosedBody): Turnout {
  const sectorOf = new Map(electorate.map(({ name, sector }) => [name, sector]));
  const sectors = [...new Set(electorate.map(({ sector }) => sector))].sort();
  const abstained = ballots.filter((each) => each.mark.mark === 'abstain');
  return {
    voices: electorate.length,
    answered,
    abstained: abstained.length,
    sectors: sectors.map((sector, index) => ({
      sector,
      voices: electorate.filter((each) => each.sector === sector).length,
      answered: sectorAnswered?.[index] ?? ballots.filter(({ of }) => sectorOf.get(of) === sector).length,
      abstained: abstained.filter(({ of }) => sectorOf.get(of) === sector).length,
    })),
  };
}
