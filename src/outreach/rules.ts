import type { ReachKind } from '../core/ports.ts';
import { type ContactHours, nextContact } from '../time/contact-hours.ts';
import { addDays, atWallClock, localDate } from '../time/wall-clock.ts';

/** Pure decisions about one person: what reaches them now, what waits and for what, what has run out. */

export type Caps = {
  /** Most messages in any seven days, urgent ones counted. */
  readonly perWeek: number;
  /** Most messages on one day of theirs. */
  readonly perDay: number;
  /** So many asks in a row, and the next one is held; 0: never. */
  readonly asksInRow: number;
};

export const usualCaps: Caps = { perWeek: 5, perDay: 2, asksInRow: 4 };
export const capRanges = {
  perWeek: { least: 1, most: 50 },
  perDay: { least: 1, most: 20 },
  asksInRow: { least: 0, most: 20 },
};

/** How much a thing matters: much goes first, little last. */
export const mattering = ['much', 'usual', 'little'] as const;
type Mattering = (typeof mattering)[number];

export type Waiting = {
  readonly id: string;
  readonly kind: ReachKind;
  readonly feature: string;
  readonly subject: string;
  readonly matters: Mattering;
  readonly wantedAt: Date;
  /** When it is of no use any more: its deadline. */
  readonly expiresAt: Date | null;
  readonly urgent: boolean;
  /** Whether its card may stand in one message with others. */
  readonly joinable: boolean;
  /** Staff let it go although the balance spoke against it. */
  readonly released: boolean;
};

/** How a partner was contacted lately. */
export type Balance = {
  readonly asksInRow: number;
  /** Which ask was the last: the same one to several people of a partner is one ask. */
  readonly lastAsk: string;
};
export const noBalance: Balance = { asksInRow: 0, lastAsk: '' };

type WaitsFor = 'hours' | 'away' | 'day' | 'week' | 'gathering' | 'paused';

export type Situation = {
  readonly now: Date;
  readonly waiting: readonly Waiting[];
  /** When messages were sent to them in the last seven days at least. */
  readonly sentAt: readonly Date[];
  readonly hours: ContactHours;
  readonly caps: Caps;
  /** Null for whoever represents nobody: there is no partner to ask too much of. */
  readonly balance: Balance | null;
  readonly paused: boolean;
  /** After an outage: until then what is late comes together. */
  readonly gatherUntil: Date | null;
};

export type Verdict = {
  readonly expired: readonly string[];
  /** Asks that staff are told about first. */
  readonly held: readonly string[];
  /** Each a message of its own, now. */
  readonly urgent: readonly string[];
  /** One message, now, in this order: exactly this is sent together. */
  readonly joined: readonly string[];
  /** Something may go that does not fit into this message: it is decided about anew when this one is counted. */
  readonly more: boolean;
  /** For the rest: when to look again, and for what it waits. Null when nothing is left, or all is paused. */
  readonly again: { readonly at: Date; readonly why: WaitsFor } | null;
};

const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;
/** What has no deadline of its own is dropped after so long, and that is on record. */
export const longestWaitMs = 60 * dayMs;

export function decide(of: Situation): Verdict {
  const { now } = of;
  const expired = of.waiting.filter((one) => lastsUntil(one) <= now);
  const alive = of.waiting.filter((one) => lastsUntil(one) > now).sort(inOrder);
  const nothing = { expired: idsOf(expired), held: [], urgent: [], joined: [], more: false, again: null };
  if (of.paused || alive.length === 0) return nothing;

  const urgent = alive.filter((one) => one.urgent);
  const usual = alive.filter((one) => !one.urgent);
  const sentAt = [...of.sentAt, ...urgent.map(() => now)];
  const next = usual.length === 0 ? null : nextFree({ ...of, sentAt });
  if (next && next.at > now) return { ...nothing, urgent: idsOf(urgent), again: next };

  const balance = of.balance && urgent.reduce((after, one) => afterMessage(after, [one]), of.balance);
  const mayGoAlone = (one: Waiting) =>
    one.kind !== 'ask' || one.released || balance === null || mayAsk(balance, of.caps.asksInRow, askKey(one));
  const { joined, refused } = nextMessage(usual, mayGoAlone);
  // While anything else waits, it goes first and the asks after it; only asks alone are for staff to decide.
  const held = usual.every(({ kind }) => kind === 'ask') ? refused : [];
  return {
    ...nothing,
    urgent: idsOf(urgent),
    held: idsOf(held),
    joined: idsOf(joined),
    more: usual.length > joined.length + held.length,
  };
}

/**
 * What stands in the next message, and which asks it left out: a message of nothing but asks takes only those that may
 * go without a gift or a note beside them.
 */
function nextMessage(
  inTurn: readonly Waiting[],
  mayGoAlone: (one: Waiting) => boolean,
): { joined: readonly Waiting[]; refused: readonly Waiting[] } {
  const refused: Waiting[] = [];
  for (;;) {
    const [first, ...others] = inTurn.filter((one) => !refused.includes(one));
    if (!first) return { joined: [], refused };
    const joined = [first, ...(first.joinable ? others.filter(({ joinable }) => joinable) : [])];
    const refuses = joined.some(({ kind }) => kind !== 'ask') ? [] : joined.filter((one) => !mayGoAlone(one));
    if (refuses.length === 0) return { joined, refused };
    refused.push(...refuses);
  }
}

const idsOf = (all: readonly Waiting[]) => all.map(({ id }) => id);

export const lastsUntil = (one: Pick<Waiting, 'wantedAt' | 'expiresAt'>): Date =>
  one.expiresAt ?? new Date(one.wantedAt.getTime() + longestWaitMs);

/** What matters first; then whatever ends soonest; then asks, notes and gifts; then what has waited longest. */
export function inOrder(a: Waiting, b: Waiting): number {
  const kinds: readonly ReachKind[] = ['ask', 'neutral', 'give'];
  return (
    Number(b.urgent) - Number(a.urgent) ||
    mattering.indexOf(a.matters) - mattering.indexOf(b.matters) ||
    endOf(a) - endOf(b) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    a.wantedAt.getTime() - b.wantedAt.getTime() ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

const endOf = ({ expiresAt }: Waiting) => expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** The first moment at which one more message fits: their hours, their day, their week. */
export function nextFree(of: Pick<Situation, 'now' | 'hours' | 'sentAt' | 'caps' | 'gatherUntil'>): {
  at: Date;
  why: WaitsFor;
} {
  const { now, hours, caps, gatherUntil } = of;
  const sent = [...of.sentAt].sort((a, b) => a.getTime() - b.getTime());
  let why: WaitsFor = hours.awayUntil && hours.awayUntil > now ? 'away' : 'hours';
  let from = now;
  if (gatherUntil && gatherUntil > now) {
    from = gatherUntil;
    why = 'gathering';
  }
  for (;;) {
    const at = nextContact(from, hours);
    const inWeek = sent.filter((each) => each.getTime() > at.getTime() - weekMs);
    if (inWeek.length >= caps.perWeek) {
      // The oldest of those that fill the week leaves it exactly seven days after it was sent.
      const leaves = inWeek[inWeek.length - caps.perWeek] as Date;
      from = new Date(leaves.getTime() + weekMs);
      why = 'week';
      continue;
    }
    const day = localDate(at, hours.timeZone);
    const onDay = sent.filter((each) => localDate(each, hours.timeZone) === day);
    if (onDay.length >= caps.perDay) {
      from = atWallClock(addDays(day, 1), '00:00', hours.timeZone);
      if (why !== 'week') why = 'day';
      continue;
    }
    return { at, why };
  }
}

/** What stands before this sign in a subject names the ask, what follows it one reminder of it. */
const reminderSign = '#';

/** The beginning of every reminder's subject of one ask; null for what is asked only once. */
export function ofOneAsk(subject: string): string | null {
  const end = subject.indexOf(reminderSign);
  return end < 0 ? null : subject.slice(0, end + 1);
}

export const askKey = ({ feature, subject }: Pick<Waiting, 'feature' | 'subject'>) =>
  `${feature}:${ofOneAsk(subject)?.slice(0, -1) ?? subject}`;

/** Whether one more ask is in order. @param limit 0: always */
export function mayAsk(balance: Balance, limit: number, key: string): boolean {
  return limit === 0 || balance.asksInRow < limit || balance.lastAsk === key;
}

/** The balance after a message: asks alone add one, anything else begins anew. */
export function afterMessage(
  balance: Balance,
  contents: readonly Pick<Waiting, 'kind' | 'feature' | 'subject'>[],
): Balance {
  const last = contents.at(-1);
  if (!last || contents.some(({ kind }) => kind !== 'ask')) return noBalance;
  const key = askKey(last);
  return { asksInRow: balance.asksInRow + (key === balance.lastAsk ? 0 : 1), lastAsk: key };
}

/** When each of many is written to after a pause, so that not everybody answers at once. */
export function spreadMs(index: number, of: number, overMs: number): number {
  return of <= 1 ? 0 : Math.floor((index * overMs) / of);
}
