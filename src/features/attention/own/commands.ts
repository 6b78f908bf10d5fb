import { refused, shown } from '../../../core/answer.ts';
import { card, type Part, paragraph } from '../../../core/card.ts';
import { defineCommand, type Feature } from '../../../core/command.ts';
import { wholeNumber } from '../../../core/field.ts';
import { code, instant } from '../../../core/text.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, atWallClock, localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { countWaiting, recordAbsence } from './store.ts';

const back = code('/coalition back');

/** Whatever the feature, nothing is asked of somebody who is away. */
export const awayCommand = defineCommand({
  name: 'coalition away',
  answers: 'privately',
  by: 'member',
  options: { until: dateField() },
  async run({ options: { until }, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const today = localDate(now, member.timeZone);
    if (until < today) return refused('attention.past', say(reader, 'away.past', { got: until, today }));
    // Through that day: the first moment of the next one, on their own clock.
    const awayUntil = atWallClock(addDays(until, 1), '00:00', member.timeZone);
    await tools.write(async (writing) => {
      await recordAbsence(writing, coalition.id, member.id, { awayUntil });
      await tools.outreach.replan(writing, coalition.id, member.id);
    });
    const date = instant(atWallClock(until, '12:00', member.timeZone), member.timeZone, 'date');
    return shown(card(paragraph(say(reader, 'away.done', { date, back }))));
  },
});

export const snoozeCommand = defineCommand({
  name: 'coalition snooze',
  answers: 'privately',
  by: 'member',
  options: { days: wholeNumber({ least: 1, most: 30 }) },
  async run({ options: { days }, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const first = addDays(localDate(now, member.timeZone), days);
    const snoozedUntil = atWallClock(first, '00:00', member.timeZone);
    await tools.write((writing) => recordAbsence(writing, coalition.id, member.id, { snoozedUntil }));
    const at = instant(snoozedUntil, member.timeZone, 'date');
    return shown(card(paragraph(say(reader, 'snooze.done', { at, back }))));
  },
});

export const backCommand = defineCommand({
  name: 'coalition back',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader } = asked;
    await tools.write(async (writing) => {
      await recordAbsence(writing, coalition.id, member.id, { awayUntil: null, snoozedUntil: null });
      await tools.outreach.replan(writing, coalition.id, member.id);
    });
    const waiting = await countWaiting(tools.database, coalition.id, member.id);
    return shown(card(paragraph(say(reader, 'back.done', { waiting }))));
  },
});

export const ownPlace: NonNullable<Feature['adds']['myPlace']> = async (scope) => {
  const { coalition, member, tools, reader } = scope;
  const waiting = await countWaiting(tools.database, coalition.id, member.id);
  const parts: Part[] = [];
  if (waiting > 0) parts.push(paragraph(say(reader, 'place.waiting', { waiting })));
  return parts;
};
