import {
  buttons,
  type Card,
  type CardButton,
  heading,
  list,
  note,
  type Part,
  paragraph,
  toned,
} from '../../../core/card.ts';
import { fitCard } from '../../../core/fit-card.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { View } from '../../../core/ports.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Inline, instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { type CalendarEntry, calendarLinks } from '../../../time/calendar-file.ts';
import { clockChangeAt, shiftedHour } from '../../../time/clock-changes.ts';
import { cityOf } from '../../../time/wall-clock.ts';
import { rankSlots, type Standing, type Wanted } from '../ranking/rules.ts';
import { say } from '../words.ts';
import { type Item, listItems } from './items/store.ts';
import { countGuests, findMeeting, listSlots, type Meeting, type MeetingId, type Slot } from './store.ts';

const meeting = id<MeetingId>();
export const answerPagePress = press('meet.answers', { meeting, page: count });
export const suggestPress = press('meet.suggest', { meeting });
export const standInPress = press('meet.stand-in', { meeting });
export const comingPress = press('meet.coming', { meeting });
export const notComingPress = press('meet.not-coming', { meeting });
export const agendaPress = press('meet.agenda', { meeting });
export const remindPress = press('meet.remind', { meeting });
export const showPress = press('meet.show', { meeting });

/** As many as leave room for the rest of the card. */
const mostSlotsShown = 8;
const mostAgenda = 8;

/** The meeting's card wherever it stands. */
export const meetingView: View = {
  id: 'meetings.meeting',
  async draw(subject, { tools, coalition, reader }) {
    const of = await findMeeting(tools.database, coalition.id, subject as MeetingId);
    return of && drawMeeting(await gather(tools.database, of), coalition, reader);
  },
};

/** As much as one message holds; whatever finds no room is named in one line. */
export const fitted = (reader: Reader, ...parts: (Part | null | undefined | false | '')[]): Card =>
  fitCard(parts, reader, say(reader, 'rest'));

/** Everything that a meeting's card shows. */
type Whole = {
  readonly of: Meeting;
  readonly slots: readonly Slot[];
  readonly required: number;
  readonly coming: number;
  readonly cannot: number;
  readonly agenda: readonly Item[];
};

type Reading = Parameters<typeof findMeeting>[0];

export async function gather(reading: Reading, of: Meeting): Promise<Whole> {
  const polling = of.state === 'polling' || of.state === 'choosing' || of.state === 'draft';
  const slots = polling ? await listSlots(reading, of) : [];
  const required = await countGuests(reading, of, { required: true });
  const [coming, cannot] = polling
    ? [0, 0]
    : await Promise.all([
        countGuests(reading, of, { rsvp: 'yes' }),
        countGuests(reading, of, { rsvp: 'no' }),
      ]);
  const agenda = await listItems(reading, of, ['agenda'], mostAgenda);
  return { of, slots, required, coming, cannot, agenda };
}

export const wantedOf = (of: Meeting, required: number): Wanted => ({
  quorum: of.quorum,
  required,
  spread: of.spread,
});

export function drawMeeting(whole: Whole, coalition: Coalition, reader: Reader): Card {
  const { of } = whole;
  switch (of.state) {
    case 'draft':
    case 'polling':
    case 'choosing':
      return drawPoll(whole, coalition, reader);
    default:
      return drawTime(whole, coalition, reader);
  }
}

function drawPoll({ of, slots, required }: Whole, coalition: Coalition, reader: Reader): Card {
  const ranked = rankSlots(slots, wantedOf(of, required));
  const [best] = ranked;
  const open = of.state === 'polling';
  const rest = ranked.length - mostSlotsShown;
  return toned(
    fitted(
      reader,
      heading(say.plain(reader, 'poll.title', { title: of.title })),
      of.why !== '' && paragraph([of.why]),
      note(factsText(of, reader)),
      ...zoneNotes(of, reader),
      list(ranked.slice(0, mostSlotsShown).map(({ slot }) => slotLine(slot, of, reader))),
      rest > 0 && note(say(reader, 'poll.rest', { count: rest })),
      !of.small &&
        best &&
        best.standing.coming > 0 &&
        paragraph(
          say(reader, 'poll.best', { number: best.slot.position, why: reasonText(best, of, reader) }),
        ),
      !of.small && {
        part: 'progress',
        label: say.plain(reader, 'poll.answered'),
        done: of.answered,
        total: of.guestCount,
      },
      of.lookingAgain > 0 && note(say(reader, 'poll.looking-again', { count: of.lookingAgain })),
      note(
        say(reader, open ? `poll.closes.${of.small ? 'small' : of.closing}` : 'poll.choosing', {
          deadline: instant(of.deadline, coalition.timeZone),
        }),
      ),
      open && buttons(...pollButtons(of, reader)),
    ),
    'calm',
  );
}

function pollButtons(of: Meeting, reader: Reader): CardButton[] {
  const payload = { meeting: of.id };
  return [
    {
      id: answerPagePress.encode({ ...payload, page: 0 }),
      label: say.plain(reader, 'button.answer'),
      look: 'primary',
    },
    { id: suggestPress.encode(payload), label: say.plain(reader, 'button.suggest') },
    ...(of.small ? [] : [{ id: standInPress.encode(payload), label: say.plain(reader, 'button.stand-in') }]),
  ];
}

/** How long, where, and what it takes. */
export function factsText(of: Meeting, reader: Reader): Text {
  const facts: Text[] = [say(reader, 'facts.length', { minutes: of.minutes })];
  if (of.place !== '') facts.push(say(reader, 'facts.place', { place: of.place }));
  if (!of.small && of.quorum > 0)
    facts.push(say(reader, 'facts.quorum', { quorum: of.quorum, guests: of.guestCount }));
  if (of.spread) facts.push(say(reader, 'facts.spread'));
  return facts.flatMap((each, index) => (index === 0 ? each : [' ', ...each]));
}

function slotLine(slot: Slot, of: Meeting, reader: Reader): Text {
  const words = { number: slot.position, yes: slot.yes, maybe: slot.maybe, no: slot.no };
  return [
    ...say(reader, 'slot.line', { ...words, when: { bold: whenText(slot, of.timeZone, reader) } }),
    ...(slot.suggestedBy === '' ? [] : [' ', ...say(reader, 'slot.suggested', { by: slot.suggestedBy })]),
  ];
}

/** A day is a day everywhere; a time is drawn in each reader's own zone and in the one it was meant in. */
export function whenText(
  at: { date: string | null; time: string | null; startsAt: Date | null },
  timeZone: string,
  reader: Reader,
): Text {
  if (at.time === null && at.date !== null)
    return say(reader, 'when.day', { date: sayDate(reader, at.date) });
  return at.startsAt ? [instant(at.startsAt, timeZone)] : [];
}

/** "18 of 24 organisations, all required, two sectors missing". */
export function reasonText(
  { slot, standing }: { slot: Slot; standing: Standing },
  of: Meeting,
  reader: Reader,
): Text {
  return say(reader, 'reason', {
    coming: standing.coming,
    guests: of.guestCount,
    required: of.requiredIds.length === 0 ? 'none' : standing.requiredMissing === 0 ? 'all' : 'some',
    missing: standing.requiredMissing,
    sectors: of.sectors.length < 2 ? 0 : standing.sectorsMissing,
    maybe: slot.maybe,
    hard: slot.hardship > 0 ? 'yes' : 'no',
  });
}

function zoneNotes(of: Meeting, reader: Reader): Part[] {
  return of.timeZone === reader.timeZone ? [] : [note(say(reader, 'zone.meant', { zone: of.timeZone }))];
}

/**
 * What the clocks do to a time, told when it matters: an hour that is skipped or comes twice, and a week in which
 * the reader's clocks are not as far away as they are now.
 */
export function clockNotes(
  at: { date: string; time: string | null; startsAt: Date },
  of: { timeZone: string; since: Date },
  reader: Reader,
): Text[] {
  if (at.time === null) return [];
  const change = clockChangeAt(at.date, at.time, of.timeZone);
  const shifted =
    of.timeZone === reader.timeZone
      ? null
      : shiftedHour(at.startsAt, { meant: of.timeZone, reader: reader.timeZone, since: of.since });
  const words = { time: at.time, zone: cityOf(of.timeZone), mine: cityOf(reader.timeZone) };
  return [
    ...(change ? [say(reader, `clock.${change}`, words)] : []),
    ...(shifted
      ? [say(reader, 'clock.shifted', { ...words, usual: shifted.usual, shown: shifted.shown })]
      : []),
  ];
}

function drawTime({ of, coming, cannot, agenda }: Whole, coalition: Coalition, reader: Reader): Card {
  const payload = { meeting: of.id };
  const open = of.state === 'confirmed';
  const silent = of.guestCount - coming - cannot;
  const at = { date: of.date ?? '', time: of.time, startsAt: of.startsAt ?? of.changedAt };
  return toned(
    fitted(
      reader,
      heading(say.plain(reader, 'time.title', { title: of.title, state: of.state })),
      paragraph([bold(...whenText(of, of.timeZone, reader))]),
      ...clockNotes(at, { timeZone: of.timeZone, since: of.sentAt ?? of.changedAt }, reader).map(note),
      of.state === 'cancelled' &&
        of.whyCancelled !== '' &&
        paragraph(say(reader, 'time.why', { why: of.whyCancelled })),
      of.why !== '' && paragraph([of.why]),
      note(factsText(of, reader)),
      !of.small && paragraph(say(reader, 'time.rsvp', { coming, cannot, silent })),
      of.lookingAgain > 0 && open && note(say(reader, 'time.looking-again', { count: of.lookingAgain })),
      agenda.length > 0 && note(say(reader, 'time.agenda')),
      agenda.length > 0 &&
        list(
          agenda.map(({ text }) => [text]),
          true,
        ),
      open && note(linksText(of, coalition, reader)),
      open &&
        buttons(
          { id: comingPress.encode(payload), label: say.plain(reader, 'button.coming'), look: 'primary' },
          { id: notComingPress.encode(payload), label: say.plain(reader, 'button.not-coming') },
          !of.small && { id: standInPress.encode(payload), label: say.plain(reader, 'button.stand-in') },
          { id: agendaPress.encode(payload), label: say.plain(reader, 'button.agenda') },
          { id: remindPress.encode(payload), label: say.plain(reader, 'button.remind') },
        ),
    ),
    open ? 'calm' : 'done',
  );
}

export function linksText(of: Meeting, coalition: Coalition, reader: Reader): Text {
  const { google, outlook } = calendarLinks(entryOf(of, coalition));
  const link = (url: string, text: string): Inline => ({ link: url, text });
  return say(reader, 'time.links', { google: link(google, 'Google'), outlook: link(outlook, 'Outlook') });
}

/** The meeting as an entry in somebody's calendar. */
export function entryOf(of: Meeting, coalition: Coalition): CalendarEntry {
  const startsAt = of.startsAt ?? of.changedAt;
  return {
    uid: `${of.id}@common-thread`,
    sequence: of.sequence,
    title: of.title,
    why: of.why,
    place: of.place,
    organiser: coalition.name,
    when: of.time === null && of.date ? { date: of.date } : { startsAt, endsAt: of.endsAt ?? startsAt },
    cancelled: of.state === 'cancelled',
    changedAt: of.changedAt,
  };
}

export const readerOf = ({ language, timeZone }: Coalition): Reader => ({ language, timeZone });
