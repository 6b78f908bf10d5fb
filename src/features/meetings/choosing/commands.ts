import { aside, mistaken, refused, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { text, wholeNumber } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { armDeadline, askGuest, disarm } from '../answering/jobs.ts';
import { recordZone } from '../answering/store.ts';
import { disarmReminders, tellTime } from '../confirmed/jobs.ts';
import { meetingView, whenText } from '../meeting/cards.ts';
import {
  changeMeeting,
  findMeeting,
  findMeetingNumbered,
  listGuests,
  listSlots,
  lockMeeting,
  type Meeting,
} from '../meeting/store.ts';
import { deadlineField, zoneField } from '../proposing/fields.ts';
import { type By, readClearTimes } from '../proposing/forms.ts';
import { say } from '../words.ts';
import { choosable, findOwn, ifOwn, showChoices } from './buttons.ts';
import { askAgain } from './store.ts';

const meetingOption = wholeNumber({ least: 1 });

/** The same as `findOwn`, by the meeting's number. */
async function findOwnNumbered(tools: Tools, asked: By, number: number, states: readonly Meeting['state'][]) {
  const of = await findMeetingNumbered(tools.database, asked.coalition.id, number);
  if (!of) return refused('meetings.unknown', say(asked.reader, 'refused.unknown', { number }));
  return findOwn(tools, asked, of.id, states);
}

export const choose = defineCommand({
  name: 'meet choose',
  answers: 'privately',
  by: 'member',
  options: { meeting: meetingOption },
  async run({ options, asked, tools }) {
    const of = await findOwnNumbered(tools, asked, options.meeting, choosable);
    return 'answer' in of ? of : showChoices(of, asked, tools);
  },
});

/** Moves the deadline, or opens a poll again; only whoever has not answered hears of it. */
export const deadline = defineCommand({
  name: 'meet deadline',
  answers: 'privately',
  by: 'member',
  options: { meeting: meetingOption, until: deadlineField },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const of = await findOwnNumbered(tools, asked, options.meeting, choosable);
    if ('answer' in of) return of;
    const closesAt = atWallClock(options.until.date, options.until.time, coalition.timeZone);
    const slots = await listSlots(tools.database, of);
    const last = Math.max(...slots.map(({ startsAt }) => startsAt.getTime()));
    if (closesAt.getTime() > last) return mistaken(say(reader, 'conflict.deadline-late'));
    const written = await tools.write(async (writing) => {
      const current = ifOwn(await lockMeeting(writing, coalition.id, of.id), asked, choosable);
      if ('answer' in current) return current;
      await changeMeeting(writing, current, { state: 'polling', deadline: closesAt });
      const moved: Meeting = { ...current, state: 'polling', deadline: closesAt };
      await armDeadline(writing, tools, moved, writing.now);
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
      const task = { coalitionId: coalition.id, kind: 'meetings.choose', subject: of.id };
      await tools.staffTasks.close(writing, task);
      return moved;
    });
    if ('answer' in written) return written;
    const words = { number: of.number, deadline: instant(closesAt, coalition.timeZone) };
    return shown(card(paragraph(say(reader, 'deadline.moved', words))));
  },
});

/** Corrects the zone of a poll: what the clock on the wall shows stays as it was said. */
export const zone = defineCommand({
  name: 'meet zone',
  answers: 'privately',
  by: 'member',
  options: { meeting: meetingOption, zone: zoneField },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const of = await findOwnNumbered(tools, asked, options.meeting, choosable);
    if ('answer' in of) return of;
    if (of.timeZone === options.zone)
      return aside(card(paragraph(say(reader, 'zone.same', { zone: options.zone }))));
    const written = await tools.write(async (writing) => {
      const current = ifOwn(await lockMeeting(writing, coalition.id, of.id), asked, choosable);
      if ('answer' in current) return current;
      const startsAt = ({ date, time }: { date: string; time: string | null }) =>
        atWallClock(date, time ?? '00:00', options.zone);
      const count = await recordZone(writing, current, options.zone, startsAt);
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
      const corrected = await findMeeting(writing.tx, coalition.id, of.id);
      if (corrected?.state !== 'polling') return { count };
      for (const guest of await listGuests(writing.tx, corrected, { lookAgain: true })) {
        await askGuest(writing, tools, coalition, corrected, guest, {
          about: `ask#zone:${options.zone}`,
          above: (member) => say(member, 'ask.zone'),
        });
      }
      return { count };
    });
    if ('answer' in written) return written;
    const { count } = written;
    return shown(card(paragraph(say(reader, 'zone.corrected', { zone: options.zone, count }))));
  },
});

/** Moves a meeting that has a time. Whoever had said they come is asked again. */
export const move = defineCommand({
  name: 'meet move',
  answers: 'privately',
  by: 'member',
  options: { meeting: meetingOption, when: text({ max: 80 }) },
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const of = await findOwnNumbered(tools, asked, options.meeting, ['confirmed']);
    if ('answer' in of) return of;
    const read = readClearTimes(options.when, of, asked);
    if ('problem' in read) return mistaken(read.problem);
    const [time, ...more] = read.times;
    if (!time || more.length > 0)
      return mistaken(say(reader, 'problem.one-time', { got: read.times.length }));
    const startsAt = atWallClock(time.date, time.time ?? '00:00', of.timeZone);
    if (startsAt <= now) return mistaken(say(reader, 'refused.past'));
    const lastsMs = time.time === null ? 86_400_000 : (time.minutes ?? of.minutes) * 60_000;
    const endsAt = new Date(startsAt.getTime() + lastsMs);
    const moved = await tools.write(async (writing) => {
      const current = await lockMeeting(writing, coalition.id, of.id);
      if (current?.state !== 'confirmed') return null;
      if (current.startsAt?.getTime() === startsAt.getTime()) return current;
      await changeMeeting(writing, current, {
        date: time.date,
        time: time.time,
        startsAt,
        endsAt,
        raise: true,
      });
      await askAgain(writing, current);
      const changed = await findMeeting(writing.tx, coalition.id, of.id);
      if (changed) await tellTime(writing, tools, coalition, changed, 'moved', current.startsAt);
      return changed;
    });
    if (!moved) return refused('meetings.gone', say(reader, 'refused.gone'));
    const words = { title: moved.title, when: { bold: whenText(moved, moved.timeZone, reader) } };
    return shown(card(paragraph(say(reader, 'moved', words))));
  },
});

export const cancel = defineCommand({
  name: 'meet cancel',
  answers: 'privately',
  by: 'member',
  options: { meeting: meetingOption, why: text({ max: 200 }) },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const states = ['polling', 'choosing', 'confirmed'] as const;
    const of = await findOwnNumbered(tools, asked, options.meeting, states);
    if ('answer' in of) return of;
    const cancelled = await tools.write(async (writing) => {
      const current = await lockMeeting(writing, coalition.id, of.id);
      if (!current || !states.some((state) => state === current.state)) return null;
      const raise = current.state === 'confirmed';
      await changeMeeting(writing, current, { state: 'cancelled', whyCancelled: options.why, raise });
      await disarm(writing, tools, current);
      await disarmReminders(writing, tools, current);
      const changed = await findMeeting(writing.tx, coalition.id, of.id);
      if (changed) await tellTime(writing, tools, coalition, changed, 'cancelled');
      return changed;
    });
    if (!cancelled) return refused('meetings.gone', say(reader, 'refused.gone'));
    return shown(
      card(
        heading(cancelled.title),
        paragraph(say(reader, 'cancelled')),
        note(say(reader, 'cancelled.next')),
      ),
    );
  },
});
