import type { TimedJob } from '../../../core/command.ts';
import { PersonError } from '../../../core/errors.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { nudgeTimes } from '../../../time/nudge-times.ts';
import { drawMeeting, gather, meetingView, readerOf, wantedOf } from '../meeting/cards.ts';
import {
  countGuests,
  findMeeting,
  type Guest,
  listGuests,
  listSlots,
  listSlotsAhead,
  type Meeting,
  type MeetingId,
  type SlotId,
} from '../meeting/store.ts';
import { rankSlots } from '../ranking/rules.ts';
import { say } from '../words.ts';
import { answersCard } from './cards.ts';
import type { SlotAnswer } from './rules.ts';
import { listAnswersOf, listAskedFor, recordAnswers } from './store.ts';

export const closeKind = 'meetings.close';
const nudgeKind = 'meetings.nudge';
/** Reminders to whoever has not answered. */
const mostNudges = 2;

/** Asks everybody: the card in the channel, a message to each guest, the deadline and its reminders. */
export async function inviteAll(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  /** Who need not be asked, because they answer in the same moment. */
  except?: MemberId,
): Promise<void> {
  await postCard(writing, tools, coalition, of);
  await armDeadline(writing, tools, of, writing.now);
  for (const guest of await listGuests(writing.tx, of)) {
    if (except && guest.memberId === except) continue;
    await askGuest(writing, tools, coalition, of, guest, {
      about: 'ask',
      above: (member) => say(member, of.small ? 'ask.small' : 'ask.first', { guest: guest.name }),
    });
  }
}

/** Puts the live card into the meeting's channel, once. */
export async function postCard(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
): Promise<void> {
  if (!of.placeId || of.small) return;
  await tools.delivery.post(writing, {
    coalitionId: coalition.id,
    to: { place: of.placeId },
    why: say(coalition, 'why.poll'),
    key: `meeting:${of.id}:${of.placeId}`,
    card: drawMeeting(await gather(writing.tx, of), coalition, readerOf(coalition)),
    live: { view: meetingView, subject: of.id },
  });
}

/** The close at the deadline and the reminders before it. Set anew when the deadline moves, in either direction. */
export async function armDeadline(writing: Writing, tools: Tools, of: Meeting, from: Date): Promise<void> {
  const { coalitionId, id: subject, deadline } = of;
  const round = deadline.toISOString();
  await tools.timers.cancel(writing, { coalitionId, kind: closeKind, subject });
  await tools.timers.cancel(writing, { coalitionId, kind: nudgeKind, subject });
  await tools.timers.set(writing, {
    coalitionId,
    kind: closeKind,
    subject,
    occurrence: round,
    dueAt: deadline,
  });
  for (const [index, dueAt] of nudgeTimes(from, deadline, mostNudges).entries()) {
    const occurrence = `${round} ${index + 1}`;
    await tools.timers.set(writing, { coalitionId, kind: nudgeKind, subject, occurrence, dueAt });
  }
}

/** The poll is over or nobody is to be asked any more: no reminder, no message that waits. */
export async function disarm(writing: Writing, tools: Tools, of: Meeting): Promise<void> {
  const { coalitionId, id: subject } = of;
  await tools.timers.cancel(writing, { coalitionId, kind: closeKind, subject });
  await tools.timers.cancel(writing, { coalitionId, kind: nudgeKind, subject });
  await tools.outreach.takeBack(writing, { coalitionId, from: 'meetings', subjectPrefix: `${subject}:ask` });
}

/** Only those who have said nothing; whoever answered hears no more. */
export const nudge: TimedJob = {
  kind: nudgeKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const of = await findMeeting(writing.tx, coalition.id, subject as MeetingId);
    if (of?.state !== 'polling' || of.deadline <= writing.now) return;
    for (const guest of await listGuests(writing.tx, of, { silent: true })) {
      await askGuest(writing, tools, coalition, of, guest, {
        about: `ask#${occurrence}`,
        above: (member) => say(member, 'ask.again', { guest: guest.name }),
      });
    }
  },
};

/** A message to whoever speaks first for a guest, with the buttons to answer. */
export async function askGuest(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  guest: Guest,
  { about, above }: { about: string; above(member: Member): Text },
): Promise<void> {
  const member = await firstVoiceOf(writing, coalition, guest);
  if (!member) return;
  const slots = await listSlots(writing.tx, of);
  const answers = await listAnswersOf(writing.tx, coalition.id, guest);
  await tools.outreach.reach(writing, {
    coalition,
    member: member.id,
    kind: 'ask',
    from: 'meetings',
    subject: `${of.id}:${about}`,
    card: answersCard(of, {
      slots,
      guest,
      answers,
      page: 0,
      coalition,
      reader: member,
      above: above(member),
    }),
    why: say(coalition, about.startsWith('ask#') ? 'why.asked-again' : 'why.asked'),
    expires: of.deadline,
  });
}

export async function firstVoiceOf(
  { tx }: Writing,
  coalition: Coalition,
  guest: Pick<Guest, 'partnerId' | 'memberId'>,
): Promise<Member | null> {
  if (guest.memberId) return findMember(tx, coalition.id, guest.memberId);
  if (!guest.partnerId) return null;
  const [first] = await listVoices(tx, coalition.id, guest.partnerId);
  return first ?? null;
}

/** Everything that answers comes through here. Throws `late` when the poll has closed meanwhile. */
export async function answer(
  writing: Writing,
  tools: Tools,
  of: Meeting,
  guest: Guest,
  said: ReadonlyMap<SlotId, SlotAnswer>,
  by: Member,
): Promise<void> {
  const result = await recordAnswers(writing, of, guest.id, said, by.id);
  if (result.answered === 'late') throw new PersonError('meetings.late', say(by, 'refused.late'));
  if (result.answered === 'again') return;
  const { coalitionId, id: subject } = of;
  await tools.delivery.redraw(writing, { coalitionId, view: meetingView, subject });
  const members = await listAskedFor(writing.tx, coalitionId, guest);
  // Whoever answered has no use for a reminder that still waits for the end of their quiet hours.
  await tools.outreach.takeBack(writing, {
    coalitionId,
    from: 'meetings',
    subjectPrefix: `${subject}:ask`,
    members,
  });
  const why = await closesNow(writing, result.meeting);
  if (why) {
    // Named by the moment, so that a poll that was opened again can close again.
    const occurrence = `${why} ${writing.now.toISOString()}`;
    await tools.timers.set(writing, {
      coalitionId,
      kind: closeKind,
      subject,
      occurrence,
      dueAt: writing.now,
    });
  }
}

/** Whether the poll's own rule closes it at this moment. */
async function closesNow({ tx, now }: Writing, of: Meeting): Promise<'everybody' | 'rule' | null> {
  if (of.lookingAgain > 0) return null;
  if (of.closing === 'answered' && of.complete >= of.guestCount) return 'everybody';
  if (of.closing !== 'rule') return null;
  const required = await countGuests(tx, of, { required: true });
  const [best] = rankSlots(await listSlotsAhead(tx, of, now), wantedOf(of, required));
  return best?.standing.meets ? 'rule' : null;
}
