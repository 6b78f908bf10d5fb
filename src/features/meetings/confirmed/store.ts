import type { CoalitionId, MemberId, WorkspaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { platformsWithCalendar } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import type { Guest, Meeting, MeetingId, Rsvp } from '../meeting/store.ts';

/** Whether a guest comes. False when the meeting has begun or is not on any more. */
export async function recordRsvp(
  { tx, now }: Writing,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  guestId: Guest['id'],
  rsvp: Exclude<Rsvp, ''>,
): Promise<boolean> {
  const { id: meetingId, coalitionId } = of;
  const { count } = await tx.meeting.updateMany({
    where: { id: meetingId, coalitionId, state: 'confirmed', startsAt: { gt: now } },
    data: { lookingAgain: { increment: 0 } },
  });
  if (count === 0) return false;
  await tx.meetingGuest.updateMany({
    where: { id: guestId, meetingId, coalitionId },
    data: { rsvp, lookAgain: false },
  });
  const lookingAgain = await tx.meetingGuest.count({ where: { meetingId, coalitionId, lookAgain: true } });
  await tx.meeting.updateMany({ where: { id: meetingId, coalitionId }, data: { lookingAgain } });
  return true;
}

type Wish = { readonly memberId: MemberId; readonly minutes: number };

export async function recordWish(
  { tx }: Writing,
  { id: meetingId, coalitionId }: Pick<Meeting, 'id' | 'coalitionId'>,
  { memberId, minutes }: Wish,
): Promise<void> {
  const wish = { meetingId, coalitionId, memberId };
  const { count } = await tx.meetingReminder.createMany({
    data: { ...wish, minutes },
    skipDuplicates: true,
  });
  if (count === 0) await tx.meetingReminder.updateMany({ where: wish, data: { minutes } });
}

export async function listWishes(
  reading: Reading,
  coalitionId: CoalitionId,
  meetingId: MeetingId,
): Promise<Wish[]> {
  const rows = await reading.meetingReminder.findMany({ where: { coalitionId, meetingId } });
  return rows.map(({ memberId, minutes }) => ({ memberId: memberId as MemberId, minutes }));
}

/** Workspaces that have a calendar of their own. */
export async function listCalendars(reading: Reading, coalitionId: CoalitionId): Promise<WorkspaceId[]> {
  const rows = await reading.workspace.findMany({
    where: { coalitionId, removedAt: null, platform: { in: [...platformsWithCalendar] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id as WorkspaceId);
}
