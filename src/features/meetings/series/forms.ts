import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, text } from '../../../core/field.ts';
import type { PlaceId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import { hasPlace } from '../../../identity/store.ts';
import { holidayChoices, parseRule } from '../../../time/recurrence.ts';
import { placeField, titleField } from '../proposing/fields.ts';
import { type By, readClearTimes } from '../proposing/forms.ts';
import { parseQuorum, usualMinutes } from '../proposing/rules.ts';
import { listInvitable } from '../proposing/store.ts';
import { say } from '../words.ts';
import { seriesCard } from './cards.ts';
import { nextOf, planSeries } from './jobs.ts';
import { openSeries, type Series, startSeries } from './store.ts';

const mostShown = 6;

export const seriesForm = defineForm({
  press: press('meet.series', { place: id<PlaceId>() }),
  answers: 'privately',
  by: 'member',
  fields: {
    about: titleField,
    repeats: text({ max: 60 }),
    first: text({ max: 80 }),
    where: optional(placeField),
    holidays: choice(holidayChoices, 'holidays'),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    if (!(await hasPlace(tools.database, coalition.id, payload.place)))
      return refused('meetings.no-place', say(reader, 'refused.no-place'));
    const read = readClearTimes(values.first, coalition, asked);
    if ('problem' in read) return mistaken(read.problem);
    const [first, ...more] = read.times;
    if (!first || more.length > 0)
      return mistaken(say(reader, 'problem.one-time', { got: read.times.length }));
    if (first.time === null) return mistaken(say(reader, 'problem.series-time'));
    const rule = parseRule(values.repeats, first.date);
    if (rule === null) return mistaken(say(reader, 'problem.rule', { got: values.repeats }));
    const guests = await listInvitable(tools.database, coalition);
    const { time } = first;
    const series = await tools.write((writing) =>
      openSeries(writing, coalition.id, {
        ...{ title: values.about, place: values.where ?? '', minutes: first.minutes ?? usualMinutes },
        ...{ rule, said: values.repeats, startsOn: first.date, time, timeZone: coalition.timeZone },
        ...{ onHolidays: values.holidays, quorum: parseQuorum('half', guests.length) ?? 0 },
        ...{ placeId: payload.place, openedById: member.id },
      }),
    );
    return showSeries(series, asked);
  },
});

function showSeries(series: Series, { coalition, reader, now }: By): Answer {
  const next = nextOf(series, coalition, now, mostShown);
  if (next.length === 0) return refused('meetings.never', say(reader, 'problem.rule', { got: series.said }));
  return shown(seriesCard(series, { next, reader, now }));
}

export async function start(series: Series, asked: By, tools: Tools): Promise<Answer> {
  const { coalition, reader } = asked;
  const started = await tools.write(async (writing) => {
    const running = await startSeries(writing, coalition.id, series.id);
    if (running) await planSeries(writing, tools, coalition, running);
    return running;
  });
  if (!started) return refused('meetings.gone', say(reader, 'refused.gone'));
  return shown(
    card(
      heading(started.title),
      paragraph(say(reader, 'series.started', { number: started.number })),
      note(say(reader, 'series.next', { number: started.number })),
    ),
  );
}
