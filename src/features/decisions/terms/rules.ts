import { z } from 'zod';
import { share, threshold } from '../counting/fraction/rules.ts';
import { bases } from '../counting/positions/rules.ts';
import { quorum } from '../counting/quorum/rules.ts';
import { ties } from '../counting/totals/rules.ts';

/** How ballots become an outcome. A closed union: what is not here cannot be decided by. */
export const rule = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('consent') }).strict(),
  z.object({ rule: z.literal('consensus'), minus: z.int().min(0).max(100) }).strict(),
  z.object({ rule: z.literal('share'), threshold, base: z.enum(bases) }).strict(),
  z.object({ rule: z.literal('plurality'), ties: z.enum(ties) }).strict(),
  z.object({ rule: z.literal('runoff'), ties: z.enum(ties) }).strict(),
  z.object({ rule: z.literal('transferable'), seats: z.int().min(1).max(20) }).strict(),
  z.object({ rule: z.literal('score'), most: z.int().min(1).max(100), ties: z.enum(ties) }).strict(),
  z.object({ rule: z.literal('dots'), dots: z.int().min(1).max(100), ties: z.enum(ties) }).strict(),
  /** One named member decides after hearing the others. */
  z.object({ rule: z.literal('advice'), decider: z.uuid(), deciderName: z.string() }).strict(),
  z.object({ rule: z.literal('sense') }).strict(),
]);
export type Rule = z.infer<typeof rule>;

/** Ready rules, as people pick them. */
export const presets = [
  'consent',
  'consensus',
  'consensus-minus-1',
  'majority',
  'two-thirds',
  'share',
  'plurality',
  'runoff',
  'transferable',
  'score',
  'dots',
  'advice',
  'sense',
] as const;
type Preset = (typeof presets)[number];

/** A ready rule with its usual numbers. Advice needs to be told who decides. */
export function presetRule(preset: Preset, opener: { id: string; name: string }): Rule {
  const half = { share: { parts: 1, of: 2 }, strictly: true };
  const twoThirds = { share: { parts: 2, of: 3 }, strictly: false };
  switch (preset) {
    case 'consent':
      return { rule: 'consent' };
    case 'consensus':
      return { rule: 'consensus', minus: 0 };
    case 'consensus-minus-1':
      return { rule: 'consensus', minus: 1 };
    case 'majority':
      return { rule: 'share', threshold: half, base: 'yes-and-no' };
    case 'two-thirds':
    case 'share':
      return { rule: 'share', threshold: twoThirds, base: 'yes-and-no' };
    case 'plurality':
      return { rule: 'plurality', ties: 'undecided' };
    case 'runoff':
      return { rule: 'runoff', ties: 'undecided' };
    case 'transferable':
      return { rule: 'transferable', seats: 2 };
    case 'score':
      return { rule: 'score', most: 5, ties: 'undecided' };
    case 'dots':
      return { rule: 'dots', dots: 5, ties: 'undecided' };
    case 'advice':
      return { rule: 'advice', decider: opener.id, deciderName: opener.name };
    case 'sense':
      return { rule: 'sense' };
    default:
      return preset satisfies never;
  }
}

/** Whether a rule chooses among options; otherwise it answers one proposal. */
export function choosesAmongOptions({ rule }: Rule): boolean {
  return ['plurality', 'runoff', 'transferable', 'score', 'dots'].includes(rule);
}

export const visibilities = ['open', 'after-voting', 'at-close'] as const;
export const reasonSettings = ['off', 'optional', 'required'] as const;

/** Everything agreed before the first vote; frozen when the decision opens. */
export const terms = z
  .object({
    rule,
    quorum,
    /** Who has a voice: organisations, or every member who joined. */
    voices: z.enum(['organisations', 'people']),
    /** Stated weights by organisation, none above `cap` of the whole; null: one voice, one vote. */
    weights: z
      .object({ stated: z.record(z.uuid(), z.int().min(1).max(1_000_000)), cap: share })
      .strict()
      .nullable(),
    reasons: z.enum(reasonSettings),
    visibility: z.enum(visibilities),
    anonymous: z.boolean(),
    /** Fewest ballots an anonymous result is told for. */
    fewest: z.int().min(3).max(1000),
    /** Length of the one extension at the deadline without quorum; 0: none. */
    extensionDays: z.int().min(0).max(90),
    /** Closes as soon as every voice has answered. */
    closesEarly: z.boolean(),
    nudges: z.int().min(0).max(5),
    /** Days after the close at which the question is asked again; 0: never. */
    reviewDays: z.int().min(0).max(3650),
  })
  .strict();
export type Terms = z.infer<typeof terms>;

export function usualTerms(of: Rule): Terms {
  return {
    rule: of,
    quorum: {
      from:
        of.rule === 'sense' || of.rule === 'advice'
          ? { by: 'none' }
          : { by: 'share', threshold: { share: { parts: 1, of: 2 }, strictly: true } },
      perSector: 0,
      abstaining: true,
    },
    voices: 'organisations',
    weights: null,
    reasons: 'optional',
    visibility: 'after-voting',
    anonymous: false,
    fewest: 3,
    extensionDays: 3,
    closesEarly: false,
    nudges: 2,
    reviewDays: 0,
  };
}

/**
 * The weight each voice has: what was stated (1 where nothing was), but none more than the cap's share of all
 * that was stated, rounded down and never below 1.
 */
export function cappedWeights<Id extends string>(
  voices: readonly Id[],
  { stated, cap }: NonNullable<Terms['weights']>,
): Map<Id, number> {
  const weightOf = (id: Id) => stated[id] ?? 1;
  const whole = voices.reduce((total, id) => total + BigInt(weightOf(id)), 0n);
  const most = (whole * BigInt(cap.parts)) / BigInt(cap.of);
  const atMost = Number(most < 1n ? 1n : most);
  return new Map(voices.map((id) => [id, Math.min(weightOf(id), atMost)]));
}

/**
 * Terms that would break a promise: an anonymous ballot with a weight shows whose it is, and an abstention that
 * counts differently shows who abstained. Null when the terms hold together.
 */
export function conflictIn(of: Terms, options: number): TermsConflict | null {
  if (of.anonymous && of.weights !== null) return 'anonymous-weights';
  if (of.anonymous && !of.quorum.abstaining) return 'anonymous-abstaining';
  if (of.weights !== null && of.voices === 'people') return 'people-weights';
  if (choosesAmongOptions(of.rule) && options < 2) return 'options-missing';
  if (!choosesAmongOptions(of.rule) && options > 0) return 'options-unused';
  if (of.rule.rule === 'transferable' && of.rule.seats >= options) return 'seats';
  return null;
}

const termsConflicts = [
  'anonymous-weights',
  'anonymous-abstaining',
  'people-weights',
  'options-missing',
  'options-unused',
  'seats',
] as const;
export type TermsConflict = (typeof termsConflicts)[number];
