import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { storable } from '../../src/core/storable.ts';
import { harmlessCell } from '../../src/csv/cells.ts';
import { mostRows, readCsv } from '../../src/features/directory/csv/rules.ts';
import { mostFileRows, readFile } from '../../src/features/measures/files/rules.ts';
import { calendarLinks, drawCalendarFile } from '../../src/time/calendar-file.ts';
import { tries } from '../support/fuzz/cases.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';

const csv = (headers: readonly string[]) =>
  fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...headers), hostileText(20)), { minLength: 1, maxLength: 6 }),
      fc.array(fc.array(hostileText(60), { maxLength: 7 }), { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('', '\uFEFF', 'sep=;\n', '"', '""""', '\n\n'),
    )
    .map(
      ([header, rows, comma, line, begin]) =>
        begin + [header, ...rows].map((cells) => cells.join(comma)).join(line),
    );

/** What a spreadsheet would run. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

describe('a file', () => {
  test('of partners is read or refused for a reason', () => {
    tries('partnerFiles', csv(['Name', 'Sector', 'What they do', 'Needs']), (typed) => {
      const read = readCsv(typed);
      if (!read.ok) return expect(['empty', 'no-name-column', 'too-many', 'open-quote']).toContain(read.why);
      expect(read.rows.length).toBeLessThanOrEqual(mostRows);
      for (const { cells } of read.rows)
        for (const cell of Object.values(cells)) expect(cell.length).toBeLessThanOrEqual(typed.length);
    });
  });

  test('of figures is read or refused for a reason', () => {
    tries('figureFiles', csv(['measure', 'period', 'partner', 'value', 'note']), (typed) => {
      const read = readFile(typed);
      if (!read.ok) return expect(['unreadable', 'columns', 'too-many', 'empty']).toContain(read.why);
      expect(read.figures.length).toBeLessThanOrEqual(mostFileRows);
    });
  });

  test('holds no cell that a spreadsheet would run', () => {
    const cell = fc.tuple(fc.constantFrom('', '=', '+', '-', '@', '\t', "'", "'=", '＝'), hostileText(80));
    tries('cells', cell, ([begin, rest]) => {
      expect(harmlessCell(`${begin}${rest}`)).not.toMatch(formula);
    });
  });

  test.each(['a', '"', '""', '",', ',', '\n', '"\n', "'", ' ', 'Name,'])(
    'as large as may be of nothing but %j is read in one go',
    (piece) => {
      const typed = `Name,Sector\n${piece.repeat(5_000_000 / piece.length)}`;
      expect(readCsv(typed)).toHaveProperty('ok');
      expect(readCsv(typed.slice(12))).toHaveProperty('ok');
      expect(readFile(typed.slice(0, 500_000))).toHaveProperty('ok');
      expect(readFile(`measure,value,answer${typed.slice(11, 500_000)}`)).toHaveProperty('ok');
    },
  );
});

describe('a calendar file', () => {
  const moment = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  });
  const words = hostileText(300).map(storable);
  const entry = fc.record({
    uid: fc.uuid(),
    sequence: fc.nat({ max: 1000 }),
    title: words,
    why: words,
    place: words,
    organiser: words,
    startsAt: moment,
    minutes: fc.integer({ min: 1, max: 10_000 }),
    cancelled: fc.boolean(),
  });

  test('holds one event with the words that were written, whatever they are', () => {
    tries('calendarFiles', entry, ({ startsAt, minutes, ...of }) => {
      const when = { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) };
      const file = drawCalendarFile({ ...of, when, changedAt: startsAt });
      const calendar = new ICAL.Component(ICAL.parse(file));
      expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vevent']);
      const [component] = calendar.getAllSubcomponents('vevent');
      const names = component?.getAllProperties().map(({ name }) => name) ?? [];
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
      const summary = component?.getFirstPropertyValue('summary');
      expect(asLines(String(summary))).toBe(asLines(of.title));
      expect(file).not.toMatch(/(?![\t\r\n])\p{Cc}/u);
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    });
  });

  test('has links that lead to the two calendars and nowhere else', () => {
    tries('calendarLinks', entry, ({ title, place, startsAt }) => {
      const { google, outlook } = calendarLinks({ title, place, when: { startsAt, endsAt: startsAt } });
      expect(new URL(google).origin).toBe('https://calendar.google.com');
      expect(new URL(outlook).origin).toBe('https://outlook.live.com');
      for (const link of [google, outlook]) {
        expect(link).not.toMatch(/[\s<>"|()[\]\\]/);
        expect(link.length).toBeLessThan(1500);
      }
    });
  });
});

const known = [
  ...['uid', 'sequence', 'dtstamp', 'dtstart', 'dtend', 'summary', 'description', 'location', 'organizer'],
  ...['status', 'x-microsoft-cdo-alldayevent', 'x-microsoft-msncalendar-alldayevent', 'x-alt-desc'],
];
/** Calendars have no control characters but line ends and tabs (RFC 5545, 3.1). */
const asLines = (typed: string) =>
  typed
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .trim();
