import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional } from '../../../core/field.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { balanceCard, balancesCard, heldCard, heldShown } from './cards.ts';
import { trendOf } from './rules.ts';
import { findAsksInRow, listAskedInRow, listHeld, listTouches } from './store.ts';

const listed = 15;
/** Twelve weeks, two at a time. */
const trend = { spans: 6, days: 14 };
const trendMs = trend.spans * trend.days * 86_400_000;

export const heldCommand = defineCommand({
  name: 'attention held',
  answers: 'privately',
  by: 'backbone',
  async run({ asked: { coalition, reader }, tools }) {
    const held = await listHeld(tools.database, coalition.id, heldShown);
    return shown(heldCard(reader, held.shown, held.total));
  },
});

export const balanceCommand = defineCommand({
  name: 'attention balance',
  answers: 'privately',
  by: 'backbone',
  options: { partner: optional(partnerField()) },
  async run({ options: { partner }, asked, tools }) {
    const { coalition, reader, now } = asked;
    if (!partner)
      return shown(balancesCard(reader, await listAskedInRow(tools.database, coalition.id, listed)));
    const since = new Date(now.getTime() - trendMs);
    const touches = await listTouches(tools.database, coalition.id, partner.id, since);
    const { timeZone } = coalition;
    const spans = trendOf(touches, localDate(now, timeZone), timeZone, trend);
    const asksInRow = await findAsksInRow(tools.database, coalition.id, partner.id);
    const { asksInRow: limit } = await tools.outreach.settings(tools.database, coalition.id);
    return shown(balanceCard(reader, { partner: partner.name, spans, asksInRow, limit }));
  },
});
