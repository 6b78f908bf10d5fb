import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { dryRun } from '../../../outreach/dry-run.ts';
import { previewCard } from './cards.ts';
import { grouped, type Line } from './rules.ts';
import { listNames, listUnsent } from './store.ts';

const usualDays = 7;
/** Due things that are tried out: what they write is locked until they are taken back. */
const mostTried = 60;
const mostWaiting = 200;

export const previewCommand = defineCommand({
  name: 'attention preview',
  answers: 'privately',
  by: 'backbone',
  options: { days: optional(wholeNumber({ least: 1, most: 14 })) },
  async run({ options: { days = usualDays }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const until = new Date(now.getTime() + days * 86_400_000);
    const unsent = await listUnsent(tools.database, coalition.id, mostWaiting);
    const run = await dryRun(tools, coalition, { until, most: mostTried });
    const waiting = grouped(unsent.lines, reader);
    const coming = grouped(run.planned, reader);
    const all: readonly Line[] = [...unsent.lines, ...run.planned];
    const ids = all.flatMap(({ to }) => (typeof to === 'string' ? [] : [to.member]));
    const names = await listNames(tools.database, coalition.id, ids);
    const { pausedAt } = await tools.outreach.settings(tools.database, coalition.id);
    const paused = pausedAt !== null;
    return shown(previewCard(reader, { days, waiting, coming, names, run, most: mostTried, paused }));
  },
});
