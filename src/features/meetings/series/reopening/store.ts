import type { Writing } from '../../../../core/ports.ts';
import type { WallTime } from '../../../../time/say-when.ts';
import { recordAnswers } from '../../answering/store.ts';
import { findMeeting, listGuests, listSlots, type Meeting } from '../../meeting/store.ts';
import { slotRow } from '../../proposing/store.ts';

/**
 * Makes a poll of a meeting that has a time: that time is its first slot, and what was said about coming to it is
 * said to that slot. What an earlier poll held is dropped, because it was about other times.
 */
export async function reopenPoll(
  writing: Writing,
  of: Meeting,
  times: readonly WallTime[],
  deadline: Date,
): Promise<Meeting | null> {
  const { tx, now } = writing;
  const { id: meetingId, coalitionId } = of;
  await tx.meetingSlot.deleteMany({ where: { meetingId, coalitionId } });
  await tx.meetingSlot.createMany({ data: times.map((time, index) => slotRow(of, time, index + 1)) });
  await tx.meetingGuest.updateMany({
    where: { meetingId, coalitionId },
    data: { answerCount: 0, lookAgain: false },
  });
  const none = { answered: 0, complete: 0, lookingAgain: 0 };
  await tx.meeting.updateMany({
    where: { id: meetingId, coalitionId },
    data: { ...none, state: 'polling', deadline, changedAt: now },
  });
  const polling = await findMeeting(tx, coalitionId, meetingId);
  if (!polling) return null;
  const [first] = await listSlots(tx, polling);
  for (const { id, rsvp, answeredById } of await listGuests(tx, polling)) {
    if (!first || rsvp === '') continue;
    await recordAnswers(writing, polling, id, new Map([[first.id, rsvp]]), answeredById ?? of.openedById);
  }
  // About the other times nobody has said anything yet.
  await tx.meetingGuest.updateMany({ where: { meetingId, coalitionId }, data: { answeredAt: null } });
  await tx.meeting.updateMany({ where: { id: meetingId, coalitionId }, data: none });
  return findMeeting(tx, coalitionId, meetingId);
}
