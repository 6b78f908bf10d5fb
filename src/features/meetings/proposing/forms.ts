import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { listOf, optional, text, wholeNumber, yesNo } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import type { PartnerId, PlaceId } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { hasPlace } from '../../../identity/store.ts';
import { type Heard, sayWhen, sureTimes, type WallTime } from '../../../time/say-when.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { findMeeting, listSlots, type Meeting, type MeetingId } from '../meeting/store.ts';
import { say } from '../words.ts';
import { draftCard } from './cards.ts';
import {
  closingField,
  deadlineField,
  lengthField,
  placeField,
  remindersField,
  timesField,
  titleField,
  whyField,
  zoneField,
} from './fields.ts';
import { conflictIn, mostSlots, parseQuorum, suggestTimes, usualDeadline } from './rules.ts';
import {
  changeDraft,
  type DraftChange,
  findBook,
  listInvitable,
  listNamesOf,
  listPartnersNamed,
  openDraft,
} from './store.ts';

const meeting = id<MeetingId>();
export type By = Asked & { coalition: Coalition; member: Member };

/** What a person's words about times come to, or what to tell them. */
function readTimes(
  typed: string,
  of: { timeZone: string },
  { coalition, reader, now }: Pick<By, 'coalition' | 'reader' | 'now'>,
): { times: WallTime[]; doubts: Heard[] } | { problem: Text } {
  const { workingDays } = coalition;
  const heard = sayWhen(typed, { now, timeZone: of.timeZone, workingDays });
  const times = sureTimes(heard);
  const doubts = heard.filter(({ doubt }) => doubt !== null);
  const all = times.length + doubts.length;
  if (all > mostSlots)
    return { problem: say(reader, 'problem.too-many-times', { got: all, most: mostSlots }) };
  return { times, doubts };
}

/** The same where there is no draft to show a doubt in: every phrase has to be clear, or the first doubt is told. */
export function readClearTimes(
  typed: string,
  of: { timeZone: string },
  asked: Pick<By, 'coalition' | 'reader' | 'now'>,
): { times: WallTime[] } | { problem: Text } {
  const { reader } = asked;
  const heard = readTimes(typed, of, asked);
  if ('problem' in heard) return heard;
  const [doubt] = heard.doubts;
  if (!doubt && heard.times.length > 0) return heard;
  const [guessed] = doubt?.times ?? [];
  const guess = guessed ? `${guessed.date} ${guessed.time ?? ''}`.trim() : '';
  const why = say(reader, `doubt.${doubt?.doubt ?? 'unread'}`);
  const words = { typed: shortened(doubt?.typed ?? typed, 60), why, guess };
  return { problem: say(reader, guess ? 'problem.doubt' : 'problem.no-guess', words) };
}

export const proposeForm = defineForm({
  press: press('meet.propose', { place: id<PlaceId>() }),
  answers: 'privately',
  by: 'member',
  fields: {
    about: titleField,
    why: optional(whyField),
    times: optional(timesField),
    length: lengthField,
    where: optional(placeField),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, now } = asked;
    if (!(await hasPlace(tools.database, coalition.id, payload.place)))
      return refused('meetings.no-place', say(asked.reader, 'refused.no-place'));
    const guests = await listInvitable(tools.database, coalition);
    const { timeZone, workingDays, holidays } = coalition;
    const typed = values.times ?? '';
    const read =
      typed === ''
        ? {
            times: suggestTimes(guests, { now, timeZone, minutes: values.length, workingDays, holidays }),
            doubts: [],
          }
        : readTimes(typed, coalition, asked);
    if ('problem' in read) return mistaken(read.problem);
    const book = await findBook(tools.database, coalition.id);
    const draft = await tools.write((writing) =>
      openDraft(
        writing,
        coalition.id,
        member.id,
        {
          ...{ title: values.about, why: values.why ?? '', place: values.where ?? '' },
          ...{ minutes: values.length, timeZone, typed, doubts: read.doubts, placeId: payload.place },
          quorum: parseQuorum('half', guests.length) ?? 0,
          closing: 'deadline',
          deadline: usualDeadline(
            now,
            firstStart(read, timeZone) ?? new Date(now.getTime() + 7 * 86_400_000),
          ),
          objectionDays: book.objectionDays,
          reminders: book.reminders,
          small: false,
        },
        read.times,
      ),
    );
    return showDraft(draft, asked, tools);
  },
});

/** When the first of the times would be, those in doubt included. */
function firstStart(
  read: { times: readonly WallTime[]; doubts: readonly Heard[] },
  timeZone: string,
): Date | null {
  const all = [...read.times, ...read.doubts.flatMap(({ times }) => times)];
  const starts = all.map(({ date, time }) => atWallClock(date, time ?? '00:00', timeZone).getTime());
  return starts.length === 0 ? null : new Date(Math.min(...starts));
}

/** The draft as it stands now, privately. */
export async function showDraft(draft: Meeting, asked: By, tools: Tools): Promise<Answer> {
  const { coalition, reader, now } = asked;
  const slots = await listSlots(tools.database, draft);
  const guests = await listInvitable(tools.database, coalition, draft.invitedIds);
  const conflict = conflictIn(draft, {
    starts: slots.map(({ startsAt }) => startsAt),
    guests: guests.length,
    now,
  });
  const required = await listNamesOf(tools.database, coalition.id, draft.requiredIds);
  const zones = [...new Set(guests.map(({ timeZone }) => timeZone))]
    .filter((zone) => zone !== draft.timeZone && zone !== reader.timeZone)
    .sort();
  return shown(
    draftCard(draft, { slots, guests: guests.length, required, zones, conflict, now, coalition, reader }),
  );
}

/** A draft is its author's, and staff's. */
export async function findOwnDraft(tools: Tools, asked: By, meetingId: MeetingId): Promise<Meeting | Answer> {
  const { coalition, member, reader } = asked;
  const draft = await findMeeting(tools.database, coalition.id, meetingId);
  if (draft?.state !== 'draft') return refused('meetings.gone', say(reader, 'refused.gone'));
  if (draft.openedById !== member.id && member.standing !== 'backbone')
    return refused('meetings.not-yours', say(reader, 'refused.not-yours'));
  return draft;
}

/** Changes a draft and shows it again. */
export async function change(
  draft: Meeting,
  asked: By,
  tools: Tools,
  to: DraftChange,
  times?: readonly WallTime[],
): Promise<Answer> {
  const changed = await tools.write((writing) => changeDraft(writing, draft, to, times));
  if (!changed) return refused('meetings.gone', say(asked.reader, 'refused.gone'));
  return showDraft(changed, asked, tools);
}

export const timesForm = defineForm({
  press: press('meet.times', { meeting }),
  answers: 'by-updating',
  by: 'member',
  fields: { times: timesField, zone: zoneField },
  async submit({ payload, values, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const read = readTimes(values.times, { timeZone: values.zone }, asked);
    if ('problem' in read) return mistaken(read.problem);
    const first = firstStart(read, values.zone);
    const isLate = first !== null && draft.deadline > first;
    return change(
      draft,
      asked,
      tools,
      {
        ...{ typed: values.times, doubts: read.doubts, timeZone: values.zone },
        ...(isLate ? { deadline: usualDeadline(asked.now, first) } : {}),
      },
      read.times,
    );
  },
});

export const guestsForm = defineForm({
  press: press('meet.guests', { meeting }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    invited: optional(listOf({ most: 100 })),
    required: optional(listOf({ most: 100 })),
    quorum: text({ max: 20 }),
    spread: yesNo(),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const invited = await findPartners(values.invited ?? [], asked, tools);
    const required = await findPartners(values.required ?? [], asked, tools);
    const unknown = [...invited.unknown, ...required.unknown];
    if (unknown.length > 0)
      return mistaken(say(reader, 'problem.partners', { names: unknown.slice(0, 5).join(', ') }));
    // Whoever is required is invited.
    const invitedIds = invited.ids.length === 0 ? [] : [...new Set([...invited.ids, ...required.ids])];
    const guests = await listInvitable(tools.database, coalition, invitedIds);
    const quorum = parseQuorum(values.quorum, guests.length);
    if (quorum === null || quorum > guests.length)
      return mistaken(say(reader, 'problem.quorum', { got: values.quorum, guests: guests.length }));
    const { spread } = values;
    return change(draft, asked, tools, { invitedIds, requiredIds: required.ids, quorum, spread });
  },
});

async function findPartners(
  names: readonly string[],
  { coalition }: By,
  tools: Tools,
): Promise<{ ids: PartnerId[]; unknown: string[] }> {
  const keys = names.map((name) => foldName(name));
  const found = await listPartnersNamed(tools.database, coalition.id, keys);
  const unknown = names.filter((name) => !found.some(({ nameKey }) => nameKey === foldName(name)));
  return { ids: found.map((each) => each.id), unknown };
}

export const closingForm = defineForm({
  press: press('meet.closing', { meeting }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    deadline: deadlineField,
    closing: closingField,
    objections: optional(wholeNumber({ least: 0, most: 60 })),
    reminders: optional(remindersField),
  },
  async submit({ payload, values, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const { date, time } = values.deadline;
    return change(draft, asked, tools, {
      deadline: atWallClock(date, time, asked.coalition.timeZone),
      closing: values.closing,
      objectionDays: values.objections ?? 0,
      ...(values.reminders ? { reminders: values.reminders } : {}),
    });
  },
});
