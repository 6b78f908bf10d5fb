import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { addDays, type LocalDate } from './wall-clock.ts';

/** An entry in somebody's calendar. */
export type CalendarEntry = {
  /** The same through every change, so that a calendar replaces its entry instead of adding another. */
  readonly uid: string;
  /** Raised by every change; a calendar ignores a file with a lower one. */
  readonly sequence: number;
  readonly title: string;
  readonly why: string;
  readonly place: string;
  readonly organiser: string;
  /** A whole day is a date, which no zone can shift. */
  readonly when: { readonly startsAt: Date; readonly endsAt: Date } | { readonly date: LocalDate };
  readonly cancelled: boolean;
  readonly changedAt: Date;
};

/**
 * A calendar file (RFC 5545). Instants are written in UTC: every calendar reads those, while a zone's definition
 * in the file is read in different ways, and each calendar shows its owner's own zone anyway.
 */
export function drawCalendarFile(entry: CalendarEntry): string {
  const calendar = ical({
    prodId: { company: 'Common Thread', product: 'Meetings', language: 'EN' },
    method: entry.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  const { when } = entry;
  const allDay = 'date' in when;
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: entry.changedAt,
    start: allDay ? midnight(when.date) : when.startsAt,
    end: allDay ? midnight(addDays(when.date, 1)) : when.endsAt,
    allDay,
    summary: readable(entry.title),
    ...(entry.why === '' ? {} : { description: readable(entry.why) }),
    ...(entry.place === '' ? {} : { location: readable(entry.place) }),
    // A calendar user's address is a URI (RFC 5545, 3.3.3); organisations here have no mail address.
    organizer: { name: asParameter(entry.organiser), email: 'invalid:nomail' },
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/** Without the control characters that a calendar file may not hold (RFC 5545, 3.1), for which some refuse all of it. */
const readable = (typed: string) => typed.replace(/\r\n?/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');

/** A parameter stands in quotes and can hold none (RFC 5545, 3.2). */
const asParameter = (typed: string) =>
  readable(typed).replace(/\s+/g, ' ').replaceAll('"', "'").trim() || 'Common Thread';

/** Of one text in a link, encoded: a card has room for two links beside what it says. */
const longestInLink = 300;

/** As much of a text as a link has room for. */
function forLink(text: string): string {
  let kept = '';
  for (const sign of text) {
    if (encodeURIComponent(kept + sign).length > longestInLink) break;
    kept += sign;
  }
  return kept;
}

/** Pages that add the entry to a calendar on the web, for whoever does not open files. The file alone says why. */
export function calendarLinks(of: Pick<CalendarEntry, 'title' | 'place' | 'when'>): {
  google: string;
  outlook: string;
} {
  const { when } = of;
  const [title, place] = [forLink(of.title), forLink(of.place)];
  const allDay = 'date' in when;
  const [start, end] = allDay
    ? [when.date, addDays(when.date, 1)]
    : [when.startsAt.toISOString(), when.endsAt.toISOString()];
  const packed = (at: string) => at.replace(/[-:]|\.\d{3}/g, '');
  const google = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${packed(start)}/${packed(end)}`,
    location: place,
  });
  const outlook = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: start,
    enddt: end,
    location: place,
    ...(allDay ? { allday: 'true' } : {}),
  });
  return {
    google: `https://calendar.google.com/calendar/render?${google}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`,
  };
}

const midnight = (date: LocalDate) => new Date(`${date}T00:00:00Z`);
