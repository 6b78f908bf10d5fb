import { mistaken, refused, shown } from '../../../core/answer.ts';
import { card, heading, list, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { text, wholeNumber } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { findPlaceHere } from '../../../identity/place-here.ts';
import { sayWhen } from '../../../time/say-when.ts';
import { mayRun } from '../choosing/buttons.ts';
import type { By } from '../proposing/forms.ts';
import { say } from '../words.ts';
import { seriesLine } from './cards.ts';
import { seriesForm } from './forms.ts';
import { cancelPlanned, nextOf, planSeries, stopPlanning } from './jobs.ts';
import { findSeriesNumbered, listPlanned, listSeries, recordException, stopSeries } from './store.ts';

export const newSeries = defineCommand({
  name: 'meet repeat',
  answers: 'with-form',
  by: 'member',
  async run({ asked, tools }) {
    if (asked.member.standing === 'guest')
      return refused('meetings.guest', say(asked.reader, 'refused.guest'));
    const place = await findPlaceHere(asked, tools);
    if (!place) return refused('meetings.no-place', say(asked.reader, 'refused.no-place'));
    return { answer: 'form', form: openForm(seriesForm, say, asked.reader, { place }, { holidays: 'skip' }) };
  },
});

/** Meetings that come again, each with its next date. */
export const seriesCommand = defineCommand({
  name: 'meet series',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader, now } = asked;
    const running = await listSeries(tools.database, coalition.id);
    if (running.length === 0) return shown(card(paragraph(say(reader, 'series.none'))));
    return shown(
      card(
        heading(say.plain(reader, 'series.list')),
        list(running.map((each) => seriesLine(each, nextOf(each, coalition, now, 1)[0], reader))),
      ),
    );
  },
});

async function findOwnSeries(number: number, { coalition, member, reader }: By, tools: Tools) {
  const series = await findSeriesNumbered(tools.database, coalition.id, number);
  if (!series || series.stoppedAt)
    return refused('meetings.no-series', say(reader, 'refused.no-series', { number }));
  if (!mayRun({ ...series, small: false }, member))
    return refused('meetings.not-yours', say(reader, 'refused.not-runner'));
  return series;
}

/** Takes one date out of a series. */
export const skip = defineCommand({
  name: 'meet skip',
  answers: 'privately',
  by: 'member',
  options: { series: wholeNumber({ least: 1 }), date: text({ max: 40 }) },
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const series = await findOwnSeries(options.series, asked, tools);
    if ('answer' in series) return series;
    const { workingDays } = coalition;
    const [heard] = sayWhen(options.date, { now, timeZone: series.timeZone, workingDays });
    const date = heard?.times[0]?.date;
    // Any date of the rule within reach, by its own date or by the one to which a holiday moved it.
    const found = nextOf(series, coalition, now, 60).find(
      (each) => each.date === date || each.occurrence === date,
    );
    if (!date || !found) return mistaken(say(reader, 'problem.no-occurrence', { got: options.date }));
    await tools.write(async (writing) => {
      await recordException(writing, series, found.occurrence);
      const planned = await listPlanned(writing.tx, series, now);
      const of = planned.find((each) => each.occurrence === found.occurrence);
      if (of) await cancelPlanned(writing, tools, coalition, of, say.plain(coalition, 'series.skipped-why'));
      const left = { ...series, except: [...series.except, found.occurrence] };
      await planSeries(writing, tools, coalition, left);
    });
    const [next] = nextOf({ ...series, except: [...series.except, found.occurrence] }, coalition, now, 1);
    const words = { title: series.title, date: sayDate(reader, found.date) };
    const line = next && seriesLine(series, next, reader);
    return shown(card(paragraph(say(reader, 'series.skipped', words)), line && paragraph(line)));
  },
});

export const stop = defineCommand({
  name: 'meet stop',
  answers: 'privately',
  by: 'member',
  options: { series: wholeNumber({ least: 1 }), why: text({ max: 200 }) },
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const series = await findOwnSeries(options.series, asked, tools);
    if ('answer' in series) return series;
    const cancelled = await tools.write(async (writing) => {
      if (!(await stopSeries(writing, series))) return 0;
      await stopPlanning(writing, tools, series);
      const planned = await listPlanned(writing.tx, series, now);
      for (const of of planned) await cancelPlanned(writing, tools, coalition, of, options.why);
      return planned.length;
    });
    return shown(card(paragraph(say(reader, 'series.stopped', { title: series.title, count: cancelled }))));
  },
});
