import { addDays, type LocalDate, localDate } from '../../../time/wall-clock.ts';

export type Touch = { readonly kind: 'ask' | 'give' | 'neutral' | 'contact'; readonly at: Date };
export type Span = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly asks: number;
  readonly gives: number;
  readonly notes: number;
  readonly contacts: number;
};

/** The balance of asking and giving in spans of some days up to today, the latest first. */
export function trendOf(
  touches: readonly Touch[],
  today: LocalDate,
  timeZone: string,
  of: { spans: number; days: number },
): Span[] {
  const dated = touches.map(({ kind, at }) => ({ kind, on: localDate(at, timeZone) }));
  return Array.from({ length: of.spans }, (_, index) => {
    const to = addDays(today, -index * of.days);
    const from = addDays(to, 1 - of.days);
    const inside = dated.filter(({ on }) => on >= from && on <= to);
    const count = (kind: Touch['kind']) => inside.filter((each) => each.kind === kind).length;
    return {
      from,
      to,
      asks: count('ask'),
      gives: count('give'),
      notes: count('neutral'),
      contacts: count('contact'),
    };
  });
}
