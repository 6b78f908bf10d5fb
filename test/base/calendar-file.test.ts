import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type CalendarEntry, calendarLinks, drawCalendarFile } from '../../src/time/calendar-file.ts';

const entry: CalendarEntry = {
  uid: 'm1@common-thread',
  sequence: 0,
  title: 'Shelter plan; first draft, “winter”',
  why: 'We agree who opens when.\nBring your figures.',
  place: 'https://meet.example/shelter?a=1&b=2',
  organiser: 'Ready by Five',
  when: { startsAt: new Date('2026-03-03T21:00:00Z'), endsAt: new Date('2026-03-03T22:30:00Z') },
  cancelled: false,
  changedAt: new Date('2026-03-01T12:00:00Z'),
};

/** Read by a parser that is not the one which wrote it. */
function read(of: CalendarEntry) {
  const calendar = new ICAL.Component(ICAL.parse(drawCalendarFile(of)));
  const [event, ...more] = calendar.getAllSubcomponents('vevent');
  if (!event || more.length > 0) throw new Error('Not one event');
  return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(event), component: event };
}

test('a meeting reads back as it was written', () => {
  const { method, event, component } = read(entry);
  expect(method).toBe('PUBLISH');
  expect([event.uid, event.sequence, event.summary]).toEqual([entry.uid, 0, entry.title]);
  expect([event.description, event.location]).toEqual([entry.why, entry.place]);
  expect(event.startDate.toJSDate().toISOString()).toBe('2026-03-03T21:00:00.000Z');
  expect(event.endDate.toJSDate().toISOString()).toBe('2026-03-03T22:30:00.000Z');
  expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
  for (const line of drawCalendarFile(entry).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(76);
});

test('a change and a cancellation keep the id and raise the sequence', () => {
  const changed = read({ ...entry, sequence: 1 });
  const cancelled = read({ ...entry, sequence: 2, cancelled: true });
  expect([changed.event.uid, changed.event.sequence]).toEqual([entry.uid, 1]);
  expect([cancelled.event.uid, cancelled.event.sequence, cancelled.method]).toEqual([entry.uid, 2, 'CANCEL']);
  expect(cancelled.component.getFirstPropertyValue('status')).toBe('CANCELLED');
});

test('a whole day is a date and has no hour that could shift', () => {
  const { event } = read({ ...entry, when: { date: '2028-02-29' } });
  expect([event.startDate.isDate, event.startDate.toString()]).toEqual([true, '2028-02-29']);
  expect(event.endDate.toString()).toBe('2028-03-01');
});

test('the links carry the same times', () => {
  const { google, outlook } = calendarLinks(entry);
  expect(new URL(google).searchParams.get('dates')).toBe('20260303T210000Z/20260303T223000Z');
  expect(new URL(outlook).searchParams.get('startdt')).toBe('2026-03-03T21:00:00.000Z');
  const wholeDay = calendarLinks({ ...entry, when: { date: '2026-03-03' } });
  expect(new URL(wholeDay.google).searchParams.get('dates')).toBe('20260303/20260304');
});
