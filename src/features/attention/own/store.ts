import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

/** Until when nothing is said to somebody; null ends it. */
export async function recordAbsence(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: MemberId,
  until: { awayUntil?: Date | null; snoozedUntil?: Date | null },
): Promise<void> {
  await tx.member.updateMany({ where: { coalitionId, id, leftAt: null }, data: until });
}

export async function countWaiting(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  return reading.outreach.count({ where: { coalitionId, memberId, state: 'waiting' } });
}
