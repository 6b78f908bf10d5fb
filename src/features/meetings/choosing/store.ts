import type { Writing } from '../../../core/ports.ts';
import type { Meeting, Slot } from '../meeting/store.ts';

/** What was said to the time that was taken is each guest's word on whether it comes, and nothing else is. */
export async function recordComing({ tx }: Writing, of: Meeting, slot: Slot): Promise<void> {
  await tx.meetingGuest.updateMany({
    where: { meetingId: of.id, coalitionId: of.coalitionId },
    data: { rsvp: '' },
  });
  await tx.$executeRaw`
    update "MeetingGuest" g set "rsvp" = case when a."answer" = 'no' then 'no' else 'yes' end
    from "MeetingAnswer" a
    where a."guestId" = g."id" and a."slotId" = ${slot.id}::uuid
      and g."meetingId" = ${of.id}::uuid and g."coalitionId" = ${of.coalitionId}::uuid`;
}

/** The time was moved: whoever had said that they come is to say so again. Nothing is deleted. */
export async function askAgain({ tx }: Writing, of: Meeting): Promise<void> {
  const { id: meetingId, coalitionId } = of;
  await tx.meetingGuest.updateMany({
    where: { meetingId, coalitionId, rsvp: { not: '' } },
    data: { lookAgain: true },
  });
  const lookingAgain = await tx.meetingGuest.count({ where: { meetingId, coalitionId, lookAgain: true } });
  await tx.meeting.updateMany({ where: { id: meetingId, coalitionId }, data: { lookingAgain } });
}
