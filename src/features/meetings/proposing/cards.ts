import { buttons, type Card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, joined, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { nextContact } from '../../../time/contact-hours.ts';
import type { Heard } from '../../../time/say-when.ts';
import { atWallClock, cityOf, localTime } from '../../../time/wall-clock.ts';
import { clockNotes, factsText, fitted, whenText } from '../meeting/cards.ts';
import type { Meeting, MeetingId, Slot } from '../meeting/store.ts';
import { say } from '../words.ts';
import type { Conflict } from './rules.ts';

const meeting = id<MeetingId>();
export const draftPress = press('meet.draft', { meeting });
export const sendPress = press('meet.send', { meeting });
export const discardPress = press('meet.discard', { meeting });
export const takeGuessesPress = press('meet.take-guesses', { meeting });
export const dropDoubtsPress = press('meet.drop-doubts', { meeting });
export const changeTimesPress = press('meet.change-times', { meeting });
export const changeGuestsPress = press('meet.change-guests', { meeting });
export const changeClosingPress = press('meet.change-closing', { meeting });

const mostShown = 20;
const mostDoubts = 8;
const mostZones = 4;
/** With less than this between the question and the deadline, many will not see it in time. */
const leastToAnswerMs = 4 * 3_600_000;

/** Everything as it will be sent, read back to whoever prepares it: nobody else sees it yet. */
export function draftCard(
  draft: Meeting,
  of: {
    slots: readonly Slot[];
    guests: number;
    required: readonly string[];
    /** The other zones in which people who are invited live. */
    zones: readonly string[];
    conflict: Conflict | null;
    now: Date;
    coalition: Coalition;
    reader: Reader;
  },
): Card {
  const { slots, conflict, reader, coalition } = of;
  const payload = { meeting: draft.id };
  const button = (press: { encode(payload: { meeting: MeetingId }): string }, label: DraftButton) => ({
    id: press.encode(payload),
    label: say.plain(reader, label === 'guests' ? 'draft.guests-button' : `draft.${label}`),
  });
  const guesses = draft.doubts.some(({ times }) => times.length > 0);
  return fitted(
    reader,
    heading(say.plain(reader, 'draft.title', { title: draft.title })),
    draft.why !== '' && paragraph([draft.why]),
    note(factsText({ ...draft, guestCount: of.guests }, reader)),
    note(say(reader, 'draft.zone', { zone: draft.timeZone })),
    slots.length > 0 &&
      list(
        slots.slice(0, mostShown).map((slot) => slotText(slot, draft, of)),
        true,
      ),
    slots.length > mostShown && note(say(reader, 'poll.rest', { count: slots.length - mostShown })),
    draft.doubts.length > 0 && paragraph(say(reader, 'draft.doubts')),
    draft.doubts.length > 0 &&
      list(draft.doubts.slice(0, mostDoubts).map((heard) => doubtText(heard, draft, reader))),
    paragraph(say(reader, 'draft.guests', { guests: of.guests, invited: draft.invitedIds.length })),
    of.required.length > 0 &&
      note(say(reader, 'draft.required', { names: of.required.slice(0, 20).join(', ') })),
    note(
      say(reader, `poll.closes.${draft.closing}`, { deadline: instant(draft.deadline, coalition.timeZone) }),
    ),
    conflict === null && askedText(draft, of),
    draft.objectionDays > 0 && note(say(reader, 'draft.objections', { days: draft.objectionDays })),
    conflict !== null && paragraph(say(reader, `conflict.${conflict}`)),
    buttons(
      conflict === null && { ...button(sendPress, 'send'), look: 'primary' },
      guesses && { ...button(takeGuessesPress, 'take-guesses'), look: 'primary' },
      draft.doubts.length > 0 && slots.length > 0 && button(dropDoubtsPress, 'drop-doubts'),
      button(changeTimesPress, 'times'),
      button(changeGuestsPress, 'guests'),
      button(changeClosingPress, 'closing'),
      { ...button(discardPress, 'discard'), look: 'danger' },
    ),
  );
}

type DraftButton = 'send' | 'take-guesses' | 'drop-doubts' | 'times' | 'guests' | 'closing' | 'discard';

/** One time in words, with date and zone, and what it is where others who are invited live. */
function slotText(
  slot: Slot,
  draft: Meeting,
  { zones, now, reader }: { zones: readonly string[]; now: Date; reader: Reader },
): Text {
  const elsewhere = slot.time === null ? [] : zones.slice(0, mostZones);
  const there = elsewhere.map((zone) =>
    say(reader, 'draft.there', { time: localTime(slot.startsAt, zone), zone: cityOf(zone) }),
  );
  const clocks = [reader.timeZone, ...elsewhere].flatMap((timeZone) =>
    clockNotes(slot, { timeZone: draft.timeZone, since: now }, { ...reader, timeZone }),
  );
  const [firstClock] = clocks;
  return [
    ...whenText(slot, draft.timeZone, reader),
    ...(there.length > 0 ? [' – ', ...joined(there, ', ')] : []),
    ...(firstClock ? [' ', ...firstClock] : []),
  ];
}

/** Asked in nobody's free time: when that leaves little or nothing before the deadline, whoever proposes should know. */
function askedText(
  { deadline }: Meeting,
  { now, coalition, reader }: { now: Date; coalition: Coalition; reader: Reader },
) {
  const asked = nextContact(now, { ...coalition, awayUntil: null });
  if (asked <= now || asked.getTime() + leastToAnswerMs <= deadline.getTime()) return false;
  return paragraph(
    say(reader, deadline <= asked ? 'draft.nobody-asked' : 'draft.hardly-asked', {
      asked: instant(asked, coalition.timeZone),
    }),
  );
}

/** What was typed, why it is not clear, and what it is guessed to mean. */
function doubtText({ typed, times, doubt }: Heard, draft: Meeting, reader: Reader): Text {
  const why = say(reader, `doubt.${doubt ?? 'unread'}`);
  const guesses = times.slice(0, 3).map((time) => {
    const startsAt = atWallClock(time.date, time.time ?? '00:00', draft.timeZone);
    return whenText({ ...time, startsAt }, draft.timeZone, reader);
  });
  const shown = { typed: shortened(typed, 60), why };
  return guesses.length === 0
    ? say(reader, 'draft.no-guess', shown)
    : say(reader, 'draft.guess', { ...shown, guess: joined(guesses, ', ') });
}
