import { card, heading, paragraph } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember } from '../../../identity/store.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { listDutiesOn, planDuties } from '../../roles/feature.ts';
import { firstVoiceOf } from '../answering/jobs.ts';
import { meetingView, readerOf, whenText } from '../meeting/cards.ts';
import {
  changeMeeting,
  findMeeting,
  type Guest,
  listGuests,
  type Meeting,
  type MeetingId,
} from '../meeting/store.ts';
import { say } from '../words.ts';
import { eventCard, eventView, reminderCard, type Told, timeCard } from './cards.ts';
import { cannotWait, rosterNames } from './rules.ts';
import { listCalendars, listWishes } from './store.ts';

const remindKind = 'meetings.remind';
const remindMeKind = 'meetings.remind-me';
const checkKind = 'meetings.check';
export const startKind = 'meetings.start';
export const endKind = 'meetings.end';
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** How long after its end a meeting that nobody closed is closed. */
const endsAfterMs = dayMs;

/** Tells a time, its change or its end: the channel, everybody who is invited, their calendars, and the clock. */
export async function tellTime(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  told: Told,
  /** When it was to begin before it was moved. */
  was: Date | null = null,
): Promise<void> {
  const { coalitionId, id: subject } = of;
  await tools.delivery.redraw(writing, { coalitionId, view: meetingView, subject });
  await disarmReminders(writing, tools, of);
  const isOn = of.state === 'confirmed' && of.startsAt !== null;
  if (isOn && of.date && !of.small) await planDuties(writing, tools, coalition, rosterNames, of.date);
  if (isOn) await armReminders(writing, tools, of);
  const duties = of.small ? [] : await sayDuties(writing, coalition, of);
  const key = `${subject}:time:${told}:${of.sequence}`;
  if (of.placeId && !of.small) {
    await tools.delivery.post(writing, {
      coalitionId,
      to: { place: of.placeId },
      why: say(coalition, `why.${told}`),
      ...(of.startsAt && of.startsAt > writing.now ? { expires: of.startsAt } : {}),
      key: `meeting:${key}`,
      card: timeCard(of, told, { coalition, reader: readerOf(coalition), duties }),
    });
  }
  if (!of.small && of.startsAt) await putAmongEvents(writing, tools, coalition, of, isOn);
  const soon = cannotWait(told, [of.startsAt, was], writing.now);
  // What comes again stands in its channel; nobody gets a message of their own each time.
  if (told === 'planned') return;
  for (const guest of await listGuests(writing.tx, of)) {
    const member = await firstVoiceOf(writing, coalition, guest);
    if (!member) continue;
    await tools.outreach.reach(writing, {
      coalition,
      member: member.id,
      kind: 'neutral',
      from: 'meetings',
      subject: key,
      why: say(coalition, `why.${told}`),
      card: timeCard(of, told, { coalition, reader: member, duties, own: true }),
      ...(soon ? { urgent: say(member, 'urgent', { at: instant(soon, member.timeZone) }) } : {}),
      ...(of.startsAt && of.startsAt > writing.now ? { expires: of.startsAt } : {}),
    });
  }
}

/** Where a server has a calendar, the meeting stands in it, and follows every change. */
async function putAmongEvents(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  isOn: boolean,
): Promise<void> {
  const { coalitionId, id: subject } = of;
  await tools.delivery.redraw(writing, { coalitionId, view: eventView, subject });
  if (!isOn || !of.startsAt || of.startsAt <= writing.now) return;
  for (const calendar of await listCalendars(writing.tx, coalitionId)) {
    await tools.delivery.post(writing, {
      coalitionId,
      to: { calendar },
      why: say(coalition, 'why.event'),
      expires: of.startsAt,
      key: `meeting:${subject}:event:${calendar}`,
      card: eventCard(of),
      live: { view: eventView, subject },
    });
  }
}

/** "host: Library". */
async function sayDuties({ tx }: Writing, coalition: Coalition, of: Meeting): Promise<string[]> {
  if (!of.date) return [];
  const duties = await listDutiesOn(tx, coalition.id, of.date, rosterNames);
  return duties.map(({ name, partnerName }) => `${name}: ${partnerName}`);
}

async function armReminders(writing: Writing, tools: Tools, of: Meeting): Promise<void> {
  const { coalitionId, id: subject, startsAt, endsAt } = of;
  if (!startsAt || !endsAt) return;
  const round = startsAt.toISOString();
  const set = (kind: string, occurrence: string, dueAt: Date) =>
    tools.timers.set(writing, { coalitionId, kind, subject, occurrence, dueAt });
  for (const minutes of of.reminders) {
    const dueAt = new Date(startsAt.getTime() - minutes * minuteMs);
    if (dueAt > writing.now) await set(remindKind, `${round} ${minutes}`, dueAt);
  }
  const checkAt = new Date(startsAt.getTime() - 3 * dayMs);
  if (checkAt > writing.now) await set(checkKind, round, checkAt);
  await set(startKind, round, startsAt);
  await set(endKind, round, new Date(endsAt.getTime() + endsAfterMs));
  for (const wish of await listWishes(writing.tx, coalitionId, subject)) {
    await armWish(writing, tools, of, wish);
  }
}

export async function armWish(
  writing: Writing,
  tools: Tools,
  { coalitionId, id, startsAt }: Meeting,
  { memberId, minutes }: { memberId: MemberId; minutes: number },
): Promise<void> {
  if (!startsAt) return;
  const subject = `${id} ${memberId}`;
  await tools.timers.cancel(writing, { coalitionId, kind: remindMeKind, subject });
  const dueAt = new Date(startsAt.getTime() - minutes * minuteMs);
  const occurrence = `${startsAt.toISOString()} ${minutes}`;
  if (dueAt > writing.now)
    await tools.timers.set(writing, { coalitionId, kind: remindMeKind, subject, occurrence, dueAt });
}

/** Nothing of a time that does not hold any more is said: no timer, no message that waits. */
export async function disarmReminders(writing: Writing, tools: Tools, of: Meeting): Promise<void> {
  const { coalitionId, id: subject } = of;
  for (const kind of [remindKind, checkKind, startKind, endKind]) {
    await tools.timers.cancel(writing, { coalitionId, kind, subject });
  }
  for (const { memberId } of await listWishes(writing.tx, coalitionId, subject)) {
    const timer = { coalitionId, kind: remindMeKind, subject: `${subject} ${memberId}` };
    await tools.timers.cancel(writing, timer);
  }
  for (const about of ['time', 'remind']) {
    const subjectPrefix = `${subject}:${about}`;
    await tools.outreach.takeBack(writing, { coalitionId, from: 'meetings', subjectPrefix });
  }
}

/**
 * Countries change the rules of their zones, sometimes within weeks. The wall clock is what was agreed: when it has
 * come to mean another instant, everything moves with it and everybody is told. Null when the meeting is off.
 */
export async function withTodaysRules(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  meetingId: MeetingId,
): Promise<Meeting | null> {
  const of = await findMeeting(writing.tx, coalition.id, meetingId);
  if (of?.state !== 'confirmed' || !of.date || !of.startsAt || !of.endsAt) return null;
  const startsAt = atWallClock(of.date, of.time ?? '00:00', of.timeZone);
  if (startsAt.getTime() === of.startsAt.getTime()) return of;
  const endsAt = new Date(startsAt.getTime() + of.endsAt.getTime() - of.startsAt.getTime());
  await changeMeeting(writing, of, { startsAt, endsAt, raise: true });
  const moved = await findMeeting(writing.tx, coalition.id, meetingId);
  if (moved) await tellTime(writing, tools, coalition, moved, 'clocks');
  return null;
}

const check: TimedJob = {
  kind: checkKind,
  async run({ writing, coalition, subject, tools }) {
    await withTodaysRules(writing, tools, coalition, subject as MeetingId);
  },
};

/** To the channel; in a small meeting, which has none, to each of those who are in it. */
const remind: TimedJob = {
  kind: remindKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const of = await withTodaysRules(writing, tools, coalition, subject as MeetingId);
    if (!of?.startsAt || of.startsAt <= writing.now) return;
    if (of.placeId && !of.small) {
      await tools.delivery.post(writing, {
        coalitionId: coalition.id,
        to: { place: of.placeId },
        why: say(coalition, 'why.reminder'),
        expires: of.startsAt,
        key: `meeting:${of.id}:remind:${occurrence}`,
        card: reminderCard(of, readerOf(coalition)),
      });
      return;
    }
    for (const guest of await listGuests(writing.tx, of, { rsvp: 'yes' })) {
      const member = await firstVoiceOf(writing, coalition, guest);
      if (member) await remindMember(writing, tools, coalition, of, member.id, occurrence);
    }
  },
};

const remindMe: TimedJob = {
  kind: remindMeKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const [meetingId = '', memberId = ''] = subject.split(' ');
    const of = await withTodaysRules(writing, tools, coalition, meetingId as MeetingId);
    if (of) await remindMember(writing, tools, coalition, of, memberId as MemberId, occurrence);
  },
};

async function remindMember(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  memberId: MemberId,
  occurrence: string,
): Promise<void> {
  const member = await findMember(writing.tx, coalition.id, memberId);
  if (!member || !of.startsAt || of.startsAt <= writing.now) return;
  await tools.outreach.reach(writing, {
    coalition,
    member: member.id,
    kind: 'neutral',
    from: 'meetings',
    subject: `${of.id}:remind:${occurrence}`,
    why: say(coalition, 'why.reminder'),
    card: reminderCard(of, member),
    expires: of.startsAt,
  });
}

/** Of two or three, each has to know when one cannot come after all. */
export async function tellOthers(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  who: Guest,
): Promise<void> {
  for (const guest of await listGuests(writing.tx, of)) {
    const member = guest.id === who.id ? null : await firstVoiceOf(writing, coalition, guest);
    if (!member) continue;
    const words = { name: who.name, when: { bold: whenText(of, of.timeZone, member) } };
    await tools.outreach.reach(writing, {
      coalition,
      member: member.id,
      kind: 'neutral',
      from: 'meetings',
      subject: `${of.id}:cannot:${who.id}:${of.sequence}`,
      why: say(coalition, 'why.cannot'),
      card: card(heading(of.title), paragraph(say(member, 'small.cannot', words))),
      ...(of.startsAt ? { expires: of.startsAt } : {}),
    });
  }
}

export const reminderJobs = [check, remind, remindMe];
