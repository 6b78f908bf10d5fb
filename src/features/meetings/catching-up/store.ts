import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { type Guest, type GuestId, guestOf, type Meeting, meetingOf } from '../meeting/store.ts';

/** Marks a guest as caught up. False when it was before. */
export async function recordCaughtUp(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  guestId: GuestId,
  by: MemberId,
): Promise<boolean> {
  const { count } = await tx.meetingGuest.updateMany({
    where: { id: guestId, coalitionId, present: false, caughtUpAt: null },
    data: { caughtUpAt: now, caughtUpById: by },
  });
  return count > 0;
}

/** Meetings held since a moment that an organisation missed and is not caught up with, latest first. */
export async function listMissed(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  since: Date,
): Promise<{ of: Meeting; guest: Guest }[]> {
  const rows = await reading.meetingGuest.findMany({
    where: {
      coalitionId,
      partnerId,
      present: false,
      caughtUpAt: null,
      meeting: { state: 'held', small: false, heldAt: { gt: since } },
    },
    include: { meeting: true },
    orderBy: { meeting: { heldAt: 'desc' } },
    take: 5,
  });
  return rows.map((row) => ({ of: meetingOf(row.meeting), guest: guestOf(row) }));
}
