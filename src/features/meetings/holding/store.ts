import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { changeMeeting, type Guest, listGuests, type Meeting } from '../meeting/store.ts';
import { hardshipOf } from '../ranking/rules.ts';

/** Somebody of a guest is here. False when that was known, or there is no such guest. */
export async function recordPresent(
  { tx }: Writing,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  guestId: Guest['id'],
): Promise<boolean> {
  const { count } = await tx.meetingGuest.updateMany({
    where: { id: guestId, meetingId: of.id, coalitionId: of.coalitionId, present: false },
    data: { present: true },
  });
  return count > 0;
}

/** The meeting is over: what its hour cost whoever came is kept, so that the next hard hour goes to others. */
export async function recordHeld(
  writing: Writing,
  of: Meeting,
  objectionsUntil: Date | null,
): Promise<Guest[]> {
  const { tx, now } = writing;
  await changeMeeting(writing, of, { state: 'held', heldAt: now, objectionsUntil });
  const guests = await listGuests(tx, of);
  const { startsAt, endsAt, time } = of;
  if (!startsAt || !endsAt) return guests;
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  const byCost = new Map<number, string[]>();
  for (const guest of guests.filter(({ present }) => present)) {
    const cost = hardshipOf(guest, { startsAt, minutes, time });
    byCost.set(cost, [...(byCost.get(cost) ?? []), guest.id]);
  }
  for (const [hardship, ids] of byCost) {
    await tx.meetingGuest.updateMany({
      where: { id: { in: ids }, coalitionId: of.coalitionId },
      data: { hardship },
    });
  }
  return guests;
}

/** Meetings held since a moment, and how many of those to which it was invited an organisation came to. */
export async function countAttended(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  since: Date,
): Promise<{ came: number; of: number }> {
  const where = { coalitionId, partnerId, meeting: { state: 'held', small: false, heldAt: { gt: since } } };
  const [came, of] = await Promise.all([
    reading.meetingGuest.count({ where: { ...where, present: true } }),
    reading.meetingGuest.count({ where }),
  ]);
  return { came, of };
}
