import { type Answer, aside, mistaken, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { paragraph as paragraphField, text } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import { instant, joined } from '../../../core/text.ts';
import { speaksForPartner } from '../../../core/who.ts';
import { listVoices } from '../../../identity/store.ts';
import { meetingView, whenText } from '../meeting/cards.ts';
import {
  findGuestOf,
  findMeeting,
  type Guest,
  listSlots,
  type Meeting,
  type MeetingId,
} from '../meeting/store.ts';
import { type By, readClearTimes } from '../proposing/forms.ts';
import { mostSlots } from '../proposing/rules.ts';
import { say } from '../words.ts';
import { answersCard } from './cards.ts';
import { answer } from './jobs.ts';
import { parseAnswers } from './rules.ts';
import { addSlot, listAnswersOf, recordStandIn } from './store.ts';

const meeting = id<MeetingId>();

/** A meeting and the seat that whoever asks may speak for, or what to tell them instead. */
export async function findSeat(
  tools: Tools,
  asked: By,
  meetingId: MeetingId,
): Promise<{ of: Meeting; guest: Guest } | Answer> {
  const { coalition, member, reader } = asked;
  const of = await findMeeting(tools.database, coalition.id, meetingId);
  if (!of || of.state === 'draft') return refused('meetings.gone', say(reader, 'refused.gone'));
  const guest = await findGuestOf(tools.database, of, member);
  if (!guest) return refused('meetings.not-invited', say(reader, 'refused.not-invited'));
  if (guest.memberId === null && !speaksForPartner(member)) {
    const voices = guest.partnerId ? await listVoices(tools.database, coalition.id, guest.partnerId) : [];
    const names = voices.map(({ name }) => name).join(', ');
    return refused('meetings.not-voice', say(reader, 'refused.not-voice', { guest: guest.name, names }));
  }
  return { of, guest };
}

/** The same while the poll is open. */
export async function findPolling(
  tools: Tools,
  asked: By,
  meetingId: MeetingId,
): Promise<{ of: Meeting; guest: Guest } | Answer> {
  const found = await findSeat(tools, asked, meetingId);
  if ('answer' in found) return found;
  const { of } = found;
  if (of.state !== 'polling' || of.deadline <= asked.now) {
    const closed = instant(of.deadline, asked.coalition.timeZone);
    return refused('meetings.late', say(asked.reader, 'refused.closed', { number: of.number, closed }));
  }
  return found;
}

export async function showAnswers(
  tools: Tools,
  { coalition, member, reader }: By,
  meetingId: MeetingId,
  page: number,
): Promise<Answer> {
  const of = await findMeeting(tools.database, coalition.id, meetingId);
  const guest = of && (await findGuestOf(tools.database, of, member));
  if (!of || !guest) return refused('meetings.gone', say(reader, 'refused.gone'));
  const slots = await listSlots(tools.database, of);
  const answers = await listAnswersOf(tools.database, coalition.id, guest);
  return shown(answersCard(of, { slots, guest, answers, page, coalition, reader }));
}

/** Many answers in one line, for many slots. */
export const answersForm = defineForm({
  press: press('meet.answers-typed', { meeting }),
  answers: 'by-updating',
  by: 'member',
  fields: { answers: paragraphField({ max: 600 }) },
  async submit({ payload, values, asked, tools }) {
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const slots = await listSlots(tools.database, found.of);
    const said = parseAnswers(
      values.answers,
      slots.map(({ position }) => position),
    );
    if (!said) return mistaken(say(asked.reader, 'problem.answers', { most: slots.length }));
    const bySlot = new Map(
      slots.flatMap((slot) => {
        const answer = said.get(slot.position);
        return answer ? [[slot.id, answer] as const] : [];
      }),
    );
    await tools.write((writing) => answer(writing, tools, found.of, found.guest, bySlot, asked.member));
    return showAnswers(tools, asked, payload.meeting, 0);
  },
});

export const suggestForm = defineForm({
  press: press('meet.suggestion', { meeting }),
  answers: 'privately',
  by: 'member',
  fields: { times: text({ max: 200 }) },
  async submit({ payload, values, asked, tools }) {
    const { reader, now } = asked;
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const { of, guest } = found;
    const read = readClearTimes(values.times, of, asked);
    if ('problem' in read) return mistaken(read.problem);
    const slots = await listSlots(tools.database, of);
    if (slots.length + read.times.length > mostSlots)
      return mistaken(
        say(reader, 'problem.too-many-times', { got: slots.length + read.times.length, most: mostSlots }),
      );
    const added = await tools.write(async (writing) => {
      const made = [];
      for (const time of read.times) made.push(await addSlot(writing, of, time, guest.name));
      const fresh = made.filter((slot) => slot !== null && slot.startsAt > now);
      if (fresh.length > 0) {
        const { coalitionId, id: subject } = of;
        await tools.delivery.redraw(writing, { coalitionId, view: meetingView, subject });
        // Whoever suggests a time can come to it.
        const own = new Map(fresh.flatMap((slot) => (slot ? [[slot.id, 'yes'] as const] : [])));
        await answer(writing, tools, of, guest, own, asked.member);
      }
      return fresh.flatMap((slot) => (slot ? [slot] : []));
    });
    if (added.length === 0) return aside(card(paragraph(say(reader, 'suggested.there'))));
    const when = joined(
      added.map((slot) => whenText(slot, of.timeZone, reader)),
      ', ',
    );
    return aside(card(paragraph(say(reader, 'suggested', { when }))));
  },
});

export const standInForm = defineForm({
  press: press('meet.stand-in-name', { meeting }),
  answers: 'privately',
  by: 'member',
  fields: { name: text({ max: 80 }) },
  async submit({ payload, values, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const { coalition, reader } = asked;
    await tools.write((writing) => recordStandIn(writing, coalition.id, found.guest.id, values.name));
    const words = { name: values.name, guest: found.guest.name, title: found.of.title };
    return aside(card(paragraph(say(reader, 'stand-in.kept', words))));
  },
});
