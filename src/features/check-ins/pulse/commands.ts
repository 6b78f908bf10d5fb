import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { code } from '../../../core/text.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { resultsCard } from './cards.ts';
import { cancelRounds, planRound } from './jobs.ts';
import { findLatestRound, recordPulse } from './store.ts';

/** Sets how often partners are asked; 0 stops it. */
export const pulse = defineCommand({
  name: 'checkin pulse',
  answers: 'privately',
  by: 'backbone',
  options: { months: wholeNumber({ least: 0, most: 24 }), first: optional(dateField()) },
  async run({ options: { months, first }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const today = localDate(now, coalition.timeZone);
    const round = first ?? addDays(today, 1);
    if (months > 0 && round <= today)
      return refused('check-ins.past', say(reader, 'pulse.past', { got: round, today }));
    await tools.write(async (writing) => {
      await cancelRounds(writing, tools, coalition);
      await recordPulse(writing, coalition.id, { everyMonths: Math.max(1, months), stopped: months === 0 });
      if (months > 0) await planRound(writing, tools, coalition, round);
    });
    const said = { months, date: round, answers: code('/checkin answers') };
    return shown(card(paragraph(say(reader, months === 0 ? 'pulse.stopped' : 'pulse.set', said))));
  },
});

export const answers = defineCommand({
  name: 'checkin answers',
  answers: 'privately',
  by: 'backbone',
  async run({ asked: { coalition, member, reader }, tools }) {
    const told = await findLatestRound(tools.database, coalition.id, member.id);
    if (!told)
      return refused('check-ins.no-pulse', say(reader, 'results.none', { pulse: code('/checkin pulse') }));
    return shown(resultsCard(reader, told));
  },
});
