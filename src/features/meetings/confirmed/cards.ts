import { buttons, type Card, heading, note, type Part, paragraph } from '../../../core/card.ts';
import type { View } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Coalition } from '../../../core/who.ts';
import { drawCalendarFile } from '../../../time/calendar-file.ts';
import {
  agendaPress,
  clockNotes,
  comingPress,
  entryOf,
  fitted,
  linksText,
  notComingPress,
  remindPress,
  whenText,
} from '../meeting/cards.ts';
import { findMeeting, type Meeting, type MeetingId } from '../meeting/store.ts';
import { say } from '../words.ts';
import { fileName } from './rules.ts';

/** How a time came to be told. `clocks`: the zone's own rules have changed. `planned`: it is the next of a series. */
export type Told = 'confirmed' | 'moved' | 'cancelled' | 'clocks' | 'planned';

/** The time, told to a channel or a person, with a file for the calendar. */
export function timeCard(
  of: Meeting,
  told: Told,
  {
    coalition,
    reader,
    duties,
    own,
  }: { coalition: Coalition; reader: Reader; duties: readonly string[]; own?: boolean },
): Card {
  const at = { date: of.date ?? '', time: of.time, startsAt: of.startsAt ?? of.changedAt };
  const isOn = of.state === 'confirmed';
  const payload = { meeting: of.id };
  return fitted(
    reader,
    heading(say.plain(reader, `told.${told}`, { title: of.title })),
    of.startsAt !== null && paragraph([{ bold: whenText(of, of.timeZone, reader) }]),
    told === 'clocks' && paragraph(say(reader, 'told.clocks.why', { zone: of.timeZone })),
    !isOn && of.whyCancelled !== '' && paragraph(say(reader, 'time.why', { why: of.whyCancelled })),
    ...(isOn
      ? clockNotes(at, { timeZone: of.timeZone, since: of.sentAt ?? of.changedAt }, reader).map(note)
      : []),
    isOn && of.why !== '' && paragraph([of.why]),
    isOn && of.place !== '' && note(say(reader, 'facts.place', { place: of.place })),
    duties.length > 0 && isOn && note(say(reader, 'told.duties', { duties: duties.join(', ') })),
    isOn && note(linksText(of, coalition, reader)),
    of.startsAt !== null && calendarPart(of, coalition),
    isOn &&
      own &&
      buttons(
        { id: comingPress.encode(payload), label: say.plain(reader, 'button.coming'), look: 'primary' },
        { id: notComingPress.encode(payload), label: say.plain(reader, 'button.not-coming') },
        { id: agendaPress.encode(payload), label: say.plain(reader, 'button.agenda') },
        { id: remindPress.encode(payload), label: say.plain(reader, 'button.remind') },
      ),
  );
}

export function calendarPart(of: Meeting, coalition: Coalition): Part {
  const content = drawCalendarFile(entryOf(of, coalition));
  return { part: 'file', name: fileName(of.title, of.number), mediaType: 'text/calendar', content };
}

/** Shortly before the start. */
export function reminderCard(of: Meeting, reader: Reader): Card {
  return fitted(
    reader,
    heading(say.plain(reader, 'reminder.title', { title: of.title })),
    paragraph([{ bold: whenText(of, of.timeZone, reader) }]),
    of.place !== '' && note(say(reader, 'facts.place', { place: of.place })),
    buttons({ id: notComingPress.encode({ meeting: of.id }), label: say.plain(reader, 'button.not-coming') }),
  );
}

/** The meeting among a server's events. Once it has begun, the event stays as it is. */
export const eventView: View = {
  id: 'meetings.event',
  async draw(subject, { tools, coalition }) {
    const of = await findMeeting(tools.database, coalition.id, subject as MeetingId);
    const isAhead = of?.startsAt && of.startsAt > tools.clock.now();
    const isSettled = of?.state === 'confirmed' || of?.state === 'cancelled';
    return isAhead && isSettled ? eventCard(of) : null;
  },
};

export function eventCard({ title, why, place, startsAt, endsAt, state, changedAt }: Meeting): Card {
  const start = (startsAt ?? changedAt).toISOString();
  const end = (endsAt ?? startsAt ?? changedAt).toISOString();
  return {
    parts: [],
    event: { title, why, place, startsAt: start, endsAt: end, cancelled: state === 'cancelled' },
  };
}
