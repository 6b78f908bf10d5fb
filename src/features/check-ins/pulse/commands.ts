import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { resultsCard } from './cards.ts';
import { cancelRounds, planRound } from './jobs.ts';
import { nextRound } from './rules.ts';
import { findLastRound, findRound, recordPulse } from './store.ts';

/** Sets how often partners are asked; 0 stops it. */
export const pulse = defineCommand({
  name: 'checkin pulse',
  answers: 'privately',
  by: 'backbone',
  options: { months: wholeNumber({ least: 0, most: 24 }), first: optional(dateField()) },
  async run({ options: { months, first }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const today = localDate(now, coalition.timeZone);
    const wanted = first ?? addDays(today, 1);
    if (months > 0 && wanted <= today)
      return refused('check-ins.past', say(reader, 'pulse.past', { got: wanted, today }));
    const { round, last } = await tools.write(async (writing) => {
      await cancelRounds(writing, tools, coalition);
      await recordPulse(writing, coalition.id, { everyMonths: Math.max(1, months), stopped: months === 0 });
      const last = await findLastRound(writing.tx, coalition.id);
      const earliest = last === null ? wanted : nextRound(last, months);
      const round = wanted < earliest ? earliest : wanted;
      if (months > 0) await planRound(writing, tools, coalition, round);
      return { round, last };
    });
    const said = { months, date: round, answers: code('/checkin answers') };
    return shown(
      card(
        paragraph(say(reader, months === 0 ? 'pulse.stopped' : 'pulse.set', said)),
        months > 0 &&
          last !== null &&
          round !== wanted &&
          paragraph(say(reader, 'pulse.not-before', { last, date: round })),
      ),
    );
  },
});

export const answers = defineCommand({
  name: 'checkin answers',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showRound(asked, tools, { round: null, page: 0 }),
});

/** @param of.round the day it began; null: the latest */
export async function showRound(
  { coalition, member, reader }: AskedBy<'backbone'>,
  tools: Tools,
  of: { round: string | null; page: number },
): Promise<Answer> {
  const told = await findRound(tools.database, coalition.id, member.id, of.round);
  if (!told)
    return refused('check-ins.no-pulse', say(reader, 'results.none', { pulse: code('/checkin pulse') }));
  return shown(resultsCard(reader, told, of.page));
}
