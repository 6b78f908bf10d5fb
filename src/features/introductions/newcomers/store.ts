import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

/** Partners who joined since then and were not welcomed. */
export async function listNewPartners(
  reading: Reading,
  coalitionId: CoalitionId,
  since: Date,
): Promise<PartnerId[]> {
  const welcomed = await reading.introWelcome.findMany({
    where: { coalitionId },
    select: { partnerId: true },
  });
  const rows = await reading.partner.findMany({
    where: {
      coalitionId,
      leftAt: null,
      joinedAt: { gt: since },
      id: { notIn: welcomed.map(({ partnerId }) => partnerId) },
    },
    select: { id: true },
    orderBy: { joinedAt: 'asc' },
  });
  return rows.map(({ id }) => id as PartnerId);
}

/** Says that a partner is welcomed; false when it was before. */
export async function recordWelcome(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<boolean> {
  const data = [{ coalitionId, partnerId, at: now }];
  const made = await tx.introWelcome.createMany({ data, skipDuplicates: true });
  return made.count > 0;
}

/** How often each member has been a buddy. */
export async function countBuddies(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<Map<MemberId, number>> {
  const seats = await reading.introSeat.findMany({
    where: { coalitionId, group: { origin: 'buddy' } },
    select: { memberId: true },
  });
  const served = new Map<MemberId, number>();
  for (const { memberId } of seats) {
    served.set(memberId as MemberId, (served.get(memberId as MemberId) ?? 0) + 1);
  }
  return served;
}
