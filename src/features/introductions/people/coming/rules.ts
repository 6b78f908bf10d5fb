import type { Coalition } from '../../../../core/who.ts';
import { dateAfter, type Programme, roundTimes } from '../../programme/rules.ts';

type Coming = { readonly date: string; readonly sendAt: Date };

/** The next round to go out and the one after it. @param open the round that is being prepared, if one is */
export function comingRounds(
  programme: Programme,
  coalition: Coalition,
  open: Coming | null,
  now: Date,
): readonly [Coming, Coming] {
  const on = (date: string): Coming => ({ date, sendAt: roundTimes(programme, date, coalition).sendAt });
  let first = open ?? on(programme.firstOn);
  while (open === null && first.sendAt <= now) first = on(dateAfter(programme, first.date));
  return [first, on(dateAfter(programme, first.date))];
}
