import { buttons, type Card, heading, list, note, paragraph } from '../../../core/card.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Occurrence } from '../../../time/recurrence.ts';
import { clockNotes, fitted } from '../meeting/cards.ts';
import type { Meeting, MeetingId, SeriesId } from '../meeting/store.ts';
import { say } from '../words.ts';
import type { Series } from './store.ts';

export const startPress = press('meet.start-series', { series: id<SeriesId>() });
export const otherTimePress = press('meet.other-time', { meeting: id<MeetingId>() });

/** A series read back before it starts: its first dates, what the clocks do to them, and what happens on holidays. */
export function seriesCard(
  of: Series,
  { next, reader, now }: { next: readonly Occurrence[]; reader: Reader; now: Date },
): Card {
  const { timeZone, time } = of;
  const notes = next.flatMap(({ date, at }) =>
    clockNotes({ date, time, startsAt: at }, { timeZone, since: now }, reader),
  );
  const [clock] = notes;
  return fitted(
    reader,
    heading(say.plain(reader, 'series.title', { title: of.title })),
    paragraph(say(reader, 'series.rule', { said: of.said, time, zone: timeZone, minutes: of.minutes })),
    of.place !== '' && note(say(reader, 'facts.place', { place: of.place })),
    note(say(reader, 'series.first')),
    list(next.map((each) => occurrenceText(each, of, reader))),
    clock && note(clock),
    note(say(reader, `series.holidays.${of.onHolidays}`)),
    note(say(reader, 'series.quorum', { quorum: of.quorum })),
    of.startedAt === null &&
      buttons({
        id: startPress.encode({ series: of.id }),
        label: say.plain(reader, 'button.start'),
        look: 'primary',
      }),
  );
}

function occurrenceText({ occurrence, date, at }: Occurrence, { timeZone }: Series, reader: Reader): Text {
  const when = instant(at, timeZone);
  return occurrence === date ? [when] : [when, ' ', ...say(reader, 'series.moved')];
}

export function seriesLine(of: Series, next: Occurrence | undefined, reader: Reader): Text {
  const words = { number: of.number, title: { bold: [of.title] }, said: of.said };
  return next
    ? say(reader, 'series.line', { ...words, when: instant(next.at, of.timeZone) })
    : say(reader, 'series.line-over', words);
}

/** To whoever runs a meeting to which too few can come. */
export function riskCard(of: Meeting, { cannot, reader }: { cannot: number; reader: Reader }): Card {
  const words = { cannot, guests: of.guestCount, quorum: of.quorum, number: of.number };
  return fitted(
    reader,
    heading(say.plain(reader, 'risk.title', { title: of.title })),
    paragraph(say(reader, 'risk.why', words)),
    buttons({
      id: otherTimePress.encode({ meeting: of.id }),
      label: say.plain(reader, 'button.other-time'),
      look: 'primary',
    }),
    note(say(reader, 'risk.else', words)),
  );
}
