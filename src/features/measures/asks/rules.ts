import type { Id } from '../../../core/ids.ts';
import { addDays, atWallClock, localDate, localTime } from '../../../time/wall-clock.ts';
import { askingAt, type Facts, nextStepAt, type Stepped } from '../requests/rules.ts';

export type AskId = Id<'measure-ask'>;
const askKinds = ['help', 'more-time', 'link'] as const;
export type AskKind = (typeof askKinds)[number];

export const mostMoreDays = 60;
export const mostAskText = 500;
/** While somebody helps, nobody reminds. */
const helpDays = 3;

/** The same request some days later, by the wall clock it was due at. */
export function movedBy(facts: Facts, days: number) {
  const { timeZone } = facts;
  const later = (at: Date) =>
    atWallClock(addDays(localDate(at, timeZone), days), localTime(at, timeZone), timeZone);
  return {
    dueOn: addDays(facts.dueOn, days),
    dueAt: later(facts.dueAt),
    lateAt: later(facts.lateAt),
    lockAt: facts.lockAt && later(facts.lockAt),
  };
}

/** When reminding goes on after somebody asked for more time or for help: not before it was answered, or that long. */
export function pausedUntil(
  of: Facts & { readonly nextAt: Date | null },
  ask: { kind: 'help' } | { kind: 'more-time'; days: number },
  now: Date,
): Date | null {
  if (of.nextAt === null) return null;
  const until =
    ask.kind === 'help'
      ? askingAt(addDays(localDate(now, of.timeZone), helpDays), of.timeZone)
      : askingAt(addDays(of.dueOn, ask.days), of.timeZone);
  return until > of.nextAt ? until : of.nextAt;
}

/** When reminding goes on after an answer. */
export const resumedAt = (facts: Facts, last: Stepped): Date | null => nextStepAt(facts, last);

/** `https://…` as people paste it; anything else is a place in words, such as the name of a folder. */
export function linkOf(typed: string): string | null {
  try {
    const url = new URL(typed.trim());
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
