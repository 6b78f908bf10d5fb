import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Standing } from '../../../core/who.ts';
import { folded, type Organisation } from '../matching/fit/rules.ts';
import { mixed, seedOf } from '../matching/seeded/rules.ts';
import type { Programme } from '../programme/rules.ts';

/** What introductions need to know about somebody who represents a partner. */
export type Candidate = {
  readonly memberId: MemberId;
  readonly name: string;
  readonly standing: Standing;
  readonly language: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly awayUntil: Date | null;
  readonly reachable: boolean;
  readonly partner: PartnerCard;
  readonly choice: Choice;
  readonly skipping: boolean;
  readonly introducedAt: Date | null;
  /** Whether they said anything about each of their latest introductions, the latest first. */
  readonly answered: readonly { readonly sentAt: Date; readonly said: boolean }[];
  readonly avoids: readonly PartnerId[];
};

export type PartnerCard = {
  readonly id: PartnerId;
  readonly name: string;
  readonly does: string;
  readonly area: string;
  readonly sector: string;
  readonly sizeBand: string;
  readonly offers: readonly string[];
  readonly needs: readonly string[];
  readonly languages: readonly string[];
};

export type Choice = {
  readonly takesPart: boolean | null;
  readonly inChannel: boolean;
  readonly pausedUntil: Date | null;
  readonly restedAt: Date | null;
  readonly buddy: boolean;
};

/**
 * What one person chose with two accounts. Whatever keeps them out wins: a no, and the later end of two pauses. Only
 * somebody who fell silent with both is rested.
 */
export function joinedChoice(one: Choice, other: Choice): Choice {
  const said = [one.takesPart, other.takesPart];
  const bothRested = one.restedAt !== null && other.restedAt !== null;
  return {
    takesPart: said.includes(false) ? false : said.includes(true) ? true : null,
    inChannel: one.inChannel || other.inChannel,
    pausedUntil: later(one.pausedUntil, other.pausedUntil),
    restedAt: bothRested ? later(one.restedAt, other.restedAt) : null,
    buddy: one.buddy || other.buddy,
  };
}

/** Of two moments, where there are such. */
export function later(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

export type Absence = 'said-no' | 'not-asked' | 'away' | 'paused' | 'skipping' | 'rested' | 'unreachable';

/** After so many introductions in a row about which somebody said nothing, they are rested. */
const silentRounds = 3;

const speaks = (standing: Standing) => standing !== 'member' && standing !== 'guest';

/** Why somebody is not introduced at a moment; null when they can be. */
export function absenceOf(
  one: Candidate,
  programme: Pick<Programme, 'who'> | null,
  at: Date,
): Absence | null {
  const { choice } = one;
  if (choice.takesPart === false) return 'said-no';
  if (choice.restedAt) return 'rested';
  if (one.awayUntil && one.awayUntil > at) return 'away';
  if (choice.pausedUntil && choice.pausedUntil > at) return 'paused';
  if (one.skipping) return 'skipping';
  if (!one.reachable) return 'unreachable';
  if (programme?.who === 'willing' && choice.takesPart !== true) return 'not-asked';
  if (programme?.who === 'channel' && !choice.inChannel) return 'not-asked';
  return null;
}

/**
 * One person for each partner: of those who can be introduced, whoever was introduced least recently. Members
 * and guests who did not ask for it stand in only where nobody speaks for their partner.
 */
export function representatives(candidates: readonly Candidate[]): Map<PartnerId, Candidate> {
  const chosen = new Map<PartnerId, Candidate>();
  for (const one of [...candidates].sort(byTurn)) {
    if (!chosen.has(one.partner.id)) chosen.set(one.partner.id, one);
  }
  return chosen;
}

function byTurn(a: Candidate, b: Candidate): number {
  const stand = (one: Candidate) => (speaks(one.standing) || one.choice.takesPart === true ? 0 : 1);
  const turn = (one: Candidate) => one.introducedAt?.getTime() ?? 0;
  return stand(a) - stand(b) || turn(a) - turn(b) || (a.memberId < b.memberId ? -1 : 1);
}

/** Whether the last introductions that they had time to answer, and none since, brought no word. */
export function isSilent({ answered }: Candidate, before: Date): boolean {
  if (answered.some(({ sentAt, said }) => said && sentAt > before)) return false;
  const latest = answered.filter(({ sentAt }) => sentAt <= before).slice(0, silentRounds);
  return latest.length === silentRounds && !latest.some(({ said }) => said);
}

/** Partners who must not meet because a person who would go avoids the other's partner. */
export function avoidedPairs(chosen: readonly Candidate[]): (readonly [PartnerId, PartnerId])[] {
  return chosen.flatMap((one) => one.avoids.map((other) => [one.partner.id, other] as const));
}

/** A partner as matching sees it, through the person who would go. */
export function organisationOf(one: Candidate, at: Date): Organisation {
  const { partner } = one;
  return {
    id: partner.id,
    offers: partner.offers.map(folded),
    needs: partner.needs.map(folded),
    sector: folded(partner.sector),
    sizeBand: folded(partner.sizeBand),
    languages: languagesOf(one).map(folded),
    utcOffsetMinutes: utcOffset(one.timeZone, at),
  };
}

/** What they can talk in: their own languages, or else their partner's. */
export function languagesOf(one: Candidate): readonly string[] {
  return one.languages.length > 0 ? one.languages : one.partner.languages;
}

/** Minutes east of UTC on that day. */
function utcOffset(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const shown = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes = '0'] = /GMT([+-])(\d{1,2})(?::(\d{2}))?/.exec(shown) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Whoever suits a new partner as buddy: agreed to it, and been one least often; the seed breaks ties.
 * @param served how often each member has been one
 */
export function chooseBuddy(
  willing: readonly Candidate[],
  served: ReadonlyMap<MemberId, number>,
  seed: string,
): Candidate | null {
  const times = (one: Candidate) => served.get(one.memberId) ?? 0;
  const salt = seedOf(seed);
  const luck = (one: Candidate) => mixed(salt, seedOf(one.memberId));
  return [...willing].sort((a, b) => times(a) - times(b) || luck(a) - luck(b))[0] ?? null;
}
