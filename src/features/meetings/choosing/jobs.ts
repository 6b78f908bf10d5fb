import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember, listBackbone } from '../../../identity/store.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { closeKind, disarm } from '../answering/jobs.ts';
import { tellTime } from '../confirmed/jobs.ts';
import { meetingView, readerOf, wantedOf } from '../meeting/cards.ts';
import {
  changeMeeting,
  countGuests,
  findMeeting,
  listSlotsAhead,
  lockMeeting,
  type Meeting,
  type MeetingId,
  type Slot,
} from '../meeting/store.ts';
import { rankSlots } from '../ranking/rules.ts';
import { say } from '../words.ts';
import { chooseCard } from './cards.ts';
import { recordComing } from './store.ts';

/** The close: at the deadline, when everybody has answered, or when a time has everybody it needs. */
export const close: TimedJob = {
  kind: closeKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const of = await lockMeeting(writing, coalition.id, subject as MeetingId);
    if (of?.state !== 'polling') return;
    const early = /^(everybody|rule)/.exec(occurrence)?.[1];
    if (!early && of.deadline > writing.now) return;
    const required = await countGuests(writing.tx, of, { required: true });
    const slots = await listSlotsAhead(writing.tx, of, writing.now);
    const [best] = rankSlots(slots, wantedOf(of, required));
    const meets = best?.standing.meets === true;
    if (early === 'rule' && !meets) return;
    if (early === 'everybody' && of.complete < of.guestCount) return;
    if (meets) await takeTime(writing, tools, coalition, of, best.slot);
    else await askToChoose(writing, tools, coalition, of);
  },
};

/** Takes a slot: from here on the meeting has a time. */
export async function takeTime(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  slot: Slot,
): Promise<Meeting> {
  // By the zone's rules as they are now: they may have changed since the poll was sent.
  const startsAt = atWallClock(slot.date, slot.time ?? '00:00', of.timeZone);
  const lastsMs = slot.time === null ? 86_400_000 : slot.minutes * 60_000;
  await recordComing(writing, of, slot);
  await changeMeeting(writing, of, {
    state: 'confirmed',
    date: slot.date,
    time: slot.time,
    startsAt,
    endsAt: new Date(startsAt.getTime() + lastsMs),
    // One that had a time before is in calendars already.
    raise: of.startsAt !== null,
  });
  await disarm(writing, tools, of);
  await tools.staffTasks.close(writing, taskOf(of));
  const taken = await findMeeting(writing.tx, coalition.id, of.id);
  if (!taken) throw new Error(`Meeting ${of.id} is gone while its time is taken`);
  await tellTime(writing, tools, coalition, taken, 'confirmed');
  return taken;
}

const taskOf = (of: Meeting) => ({ coalitionId: of.coalitionId, kind: 'meetings.choose', subject: of.id });

/** No time has everybody it needs: whoever proposed it is asked to choose one, or to ask longer. */
async function askToChoose(writing: Writing, tools: Tools, coalition: Coalition, of: Meeting): Promise<void> {
  await changeMeeting(writing, of, { state: 'choosing' });
  await disarm(writing, tools, of);
  await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
  const closed: Meeting = { ...of, state: 'choosing' };
  const slots = await listSlotsAhead(writing.tx, of, writing.now);
  const required = await countGuests(writing.tx, of, { required: true });
  const opener = await findMember(writing.tx, coalition.id, of.openedById);
  const [staff] = await listBackbone(writing.tx, coalition.id);
  const member = opener ?? staff;
  if (member)
    await tools.outreach.reach(writing, {
      coalition,
      member: member.id,
      kind: 'ask',
      from: 'meetings',
      subject: `${of.id}:choose:${of.deadline.toISOString()}`,
      why: say(coalition, 'why.choose'),
      card: chooseCard(closed, { slots, required, reader: member, above: say(member, 'choose.ask') }),
    });
  if (of.small) return;
  const text = say(readerOf(coalition), 'task.choose', { number: of.number, title: of.title });
  await tools.staffTasks.open(writing, { ...taskOf(of), text });
}
