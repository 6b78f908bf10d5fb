import type { Asked } from '../core/asked.ts';
import type { Choice } from '../core/card.ts';
import { say } from '../core/core-words.ts';
import {
  type Field,
  type FormClock,
  limitedText,
  type Parsed,
  problem,
  refined,
  resolved,
} from '../core/field.ts';
import { limits } from '../core/limits.ts';
import { sayDate, shortened } from '../core/plain-text.ts';
import type { Text } from '../core/text.ts';
import { exactTime, type HeardOne, hearDay, hearDayTime, usualHour } from './hear-day.ts';
import type { SayingScope } from './say-when.ts';
import {
  addDays,
  addMonths,
  atWallClock,
  isLocalDate,
  type LocalDate,
  type LocalTime,
  localDate,
  type WallClockTime,
  weekdayOf,
} from './wall-clock.ts';

/** Longest phrase in UTF-16 units: "the second Thursday of November" fits. */
const longestPhrase = 80;

/** The first and the last day that can be chosen; both count. */
type Span = { least?: (asked: Asked) => LocalDate; most?: (asked: Asked) => LocalDate };

/**
 * A calendar day, without a zone: picked where the platform has a picker, or typed as 2026-04-30, "tomorrow" or
 * "next Friday", which mean the reader's own days. What is not clear is asked again with a guess.
 */
export function dateField(span: Span = {}): Field<LocalDate> {
  const hear = (typed: string, asked: Asked) => hearDay(typed, scopeOf(asked, 'reader'));
  const typedDay = refined(limitedText('date', longestPhrase), (typed) =>
    isReadable(hearDay(typed, anyScope)) ? typed : problem('problem.date', { got: shortened(typed, 40) }),
  );
  const field = resolved(
    typedDay,
    async (typed, asked): Promise<Parsed<LocalDate>> => {
      const { meant, doubt } = hear(typed, asked);
      const { reader } = asked;
      const got = shortened(typed, 40);
      if (meant === null) return told(say(reader, 'problem.date', { got }));
      if (doubt !== null)
        return told(say(reader, 'problem.date-guess', { got, guess: sayDate(reader, meant) }));
      return within(meant, span, asked) ?? { ok: true, value: meant };
    },
    async (typed, asked) => {
      const { reader } = asked;
      return listDays(typed, hear(typed, asked).meant, asked, 'reader')
        .filter(({ date }) => within(date, span, asked) === null)
        .map(({ date, name }): Choice => ({ value: date, label: labelOf(name, sayDate(reader, date)) }));
    },
  );
  return { ...field, shownAs: (typed, asked) => hear(typed, asked).meant ?? typed };
}

/**
 * A day and what the clock on the wall shows then, in the zone of `clock`, which the form names. `usualTime` is what a
 * day alone stands for; without one a time has to be said.
 */
export function dayTimeField(of: {
  clock: FormClock;
  usualTime?: LocalTime;
  /** Only a time to come is taken. */
  ahead?: boolean;
}): Field<WallClockTime> {
  const usualTime = of.usualTime ?? null;
  const hear = (typed: string, asked: Asked) => hearDayTime(typed, scopeOf(asked, of.clock), usualTime);
  const typedTime = refined(limitedText('date-time', longestPhrase), (typed) => {
    if (/^T\d\d:\d\d$/.test(typed)) return problem('problem.no-day');
    if (isLocalDate(typed) && usualTime === null) return problem('problem.no-time');
    const isClear = isReadable(hearDayTime(typed, anyScope, usualTime));
    return isClear ? typed : problem('problem.date-time', { got: shortened(typed, 40) });
  });
  const field = resolved(
    typedTime,
    async (typed, asked): Promise<Parsed<WallClockTime>> => {
      const { meant, doubt } = hear(typed, asked);
      const { reader } = asked;
      const got = shortened(typed, 40);
      if (meant === null) return told(say(reader, 'problem.date-time', { got }));
      const guess = `${sayDate(reader, meant.date)}, ${meant.time}`;
      const { now, timeZone } = scopeOf(asked, of.clock);
      const isPast = atWallClock(meant.date, meant.time, timeZone) <= now;
      if (of.ahead && isPast) return told(say(reader, 'problem.date-past', { got: guess }));
      if (doubt === 'past') return told(say(reader, 'problem.past-guess', { got, guess }));
      if (doubt !== null) return told(say(reader, 'problem.date-guess', { got, guess }));
      return { ok: true, value: meant };
    },
    async (typed, asked) => {
      const { meant } = hear(typed, asked);
      const time = meant?.time ?? usualTime ?? usualHour;
      return listDays(typed, meant?.date ?? null, asked, of.clock).map(({ date, name }): Choice => {
        const said = `${sayDate(asked.reader, date)}, ${time}`;
        return { value: `${date}T${time}`, label: labelOf(name, said) };
      });
    },
  );
  const shownAs = (typed: string, asked: Asked) => {
    const { meant } = hear(typed, asked);
    return meant ? `${meant.date}T${meant.time}` : typed;
  };
  return { ...field, shownAs, clock: of.clock };
}

function scopeOf({ coalition, reader, now }: Asked, clock: FormClock): SayingScope {
  const timeZone = clock === 'coalition' ? (coalition?.timeZone ?? reader.timeZone) : reader.timeZone;
  return { now, timeZone, workingDays: coalition?.workingDays ?? [1, 2, 3, 4, 5] };
}

/** For telling without a clock that something is no day at all: whenever it is typed, it can be read or it cannot. */
const anyScope: SayingScope = {
  now: new Date('2026-01-15T12:00:00Z'),
  timeZone: 'UTC',
  workingDays: [1, 2, 3, 4, 5],
};

const isReadable = ({ meant }: HeardOne<unknown>) => meant !== null;
const told = (words: Text) => ({ ok: false, problem: words }) as const;

function within(date: LocalDate, { least, most }: Span, asked: Asked) {
  const { reader } = asked;
  const [first, last] = [least?.(asked), most?.(asked)];
  const got = sayDate(reader, date);
  if (first !== undefined && date < first)
    return told(say(reader, 'problem.date-least', { got, least: sayDate(reader, first) }));
  if (last !== undefined && date > last)
    return told(say(reader, 'problem.date-most', { got, most: sayDate(reader, last) }));
  return null;
}

/** What was typed, if it can be read; else the days that people mostly mean. */
function listDays(typed: string, meant: LocalDate | null, asked: Asked, clock: FormClock) {
  if (meant !== null) return [{ date: meant, name: typed.trim() }];
  const { now, timeZone } = scopeOf(asked, clock);
  const today = localDate(now, timeZone);
  const { reader } = asked;
  const usual = [
    { date: today, name: say.plain(reader, 'day.today') },
    { date: addDays(today, 1), name: say.plain(reader, 'day.tomorrow') },
    { date: addDays(today, 8 - weekdayOf(today)), name: say.plain(reader, 'day.next-monday') },
    { date: addDays(today, 14), name: say.plain(reader, 'day.two-weeks') },
    { date: addMonths(today, 1), name: say.plain(reader, 'day.month') },
  ];
  const wanted = typed.trim().toLowerCase();
  return usual.filter(({ date, name }) => `${name} ${date}`.toLowerCase().includes(wanted));
}

const labelOf = (name: string, said: string) =>
  shortened(exactTime(name) || isLocalDate(name) ? said : `${name}: ${said}`, limits.suggestionLabel);
