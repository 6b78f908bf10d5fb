import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { sendPacks } from '../catching-up/jobs.ts';
import { disarmReminders, endKind, startKind, withTodaysRules } from '../confirmed/jobs.ts';
import { meetingView, readerOf } from '../meeting/cards.ts';
import { listItems } from '../meeting/items/store.ts';
import { findMeeting, listGuests, type Meeting, type MeetingId } from '../meeting/store.ts';
import { say } from '../words.ts';
import { minutesCard, minutesView, rollCard, rollView } from './cards.ts';
import { recordHeld } from './store.ts';

/** Puts the roll into the meeting's channel, once. False when there is none. */
export async function postRoll(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
): Promise<boolean> {
  if (!of.placeId || of.small) return false;
  await tools.delivery.post(writing, {
    coalitionId: coalition.id,
    to: { place: of.placeId },
    why: say(coalition, 'why.roll'),
    ...(of.endsAt ? { expires: of.endsAt } : {}),
    key: `meeting:${of.id}:roll`,
    card: rollCard(of, await listGuests(writing.tx, of), readerOf(coalition)),
    live: { view: rollView, subject: of.id },
  });
  return true;
}

const start: TimedJob = {
  kind: startKind,
  async run({ writing, coalition, subject, tools }) {
    const of = await withTodaysRules(writing, tools, coalition, subject as MeetingId);
    if (of?.startsAt && of.startsAt <= writing.now) await postRoll(writing, tools, coalition, of);
  },
};

const dayMs = 86_400_000;

/**
 * The meeting is over: what came of it stands in the channel, and each organisation that was absent gets its pack.
 * Twice is once: whoever comes second finds it held.
 */
export async function finish(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
): Promise<{ absent: number }> {
  const { coalitionId, id: subject } = of;
  const items = await listItems(writing.tx, of, ['decision', 'action', 'note']);
  const mayObject = of.objectionDays > 0 && items.some(({ kind }) => kind === 'decision');
  const until = mayObject ? new Date(writing.now.getTime() + of.objectionDays * dayMs) : null;
  const guests = await recordHeld(writing, of, until);
  const here = guests.filter(({ present }) => present);
  for (const { partnerId } of here) {
    if (partnerId === null) continue;
    const contact = {
      coalitionId,
      partnerId,
      memberId: null,
      kind: 'meeting',
      subject: `meeting:${of.id}`,
    } as const;
    await tools.contacts.record(writing, { ...contact, at: of.startsAt ?? writing.now });
  }
  const held = await findMeeting(writing.tx, coalitionId, of.id);
  if (!held) return { absent: 0 };
  await disarmReminders(writing, tools, held);
  for (const view of [meetingView, rollView])
    await tools.delivery.redraw(writing, { coalitionId, view, subject });
  // Nobody marked and nothing written: nobody ran it here, and nothing is known that could be told.
  if (of.small || here.length + items.length === 0) return { absent: 0 };
  if (held.placeId) {
    await tools.delivery.post(writing, {
      coalitionId,
      to: { place: held.placeId },
      why: say(coalition, 'why.minutes'),
      key: `meeting:${subject}:minutes`,
      card: minutesCard(held, { items, guests, coalition, reader: readerOf(coalition) }),
      live: { view: minutesView, subject },
    });
  }
  await sendPacks(writing, tools, coalition, held, { guests, items });
  return { absent: guests.length - here.length };
}

/** A day after its end a meeting that nobody finished is finished with what is there. */
const end: TimedJob = {
  kind: endKind,
  async run({ writing, coalition, subject, tools }) {
    const of = await findMeeting(writing.tx, coalition.id, subject as MeetingId);
    if (of?.state === 'confirmed' && of.endsAt && of.endsAt < writing.now)
      await finish(writing, tools, coalition, of);
  },
};

export const holdingJobs = [start, end];
