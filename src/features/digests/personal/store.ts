import type { Card } from '../../../core/card.ts';
import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

export async function recordWish(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  wanted: boolean,
): Promise<void> {
  if (wanted) await tx.personalDigest.createMany({ data: { coalitionId, memberId }, skipDuplicates: true });
  else await tx.personalDigest.deleteMany({ where: { coalitionId, memberId } });
}

export async function wantsPersonal(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return (await reading.personalDigest.count({ where: { coalitionId, memberId } })) > 0;
}

/** Who wants one, a batch at a time, in the order of their ids. */
export async function listWishes(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { after: string; most: number },
): Promise<MemberId[]> {
  const rows = await reading.personalDigest.findMany({
    where: { coalitionId, ...(of.after === '' ? {} : { memberId: { gt: of.after } }) },
    orderBy: { memberId: 'asc' },
    take: of.most,
  });
  return rows.map(({ memberId }) => memberId as MemberId);
}

/** The digest as it went out, for whoever gets it with their own part. */
export async function findSent(
  reading: Reading,
  coalitionId: CoalitionId,
  occurrence: string,
): Promise<Card | null> {
  const row = await reading.outgoing.findFirst({
    where: { coalitionId, key: { startsWith: `digest:${occurrence}:` } },
    orderBy: { position: 'asc' },
    select: { card: true },
  });
  return row && (row.card as unknown as Card);
}

export async function moveWish({ tx }: Writing, coalitionId: CoalitionId, from: MemberId, into: MemberId) {
  const gone = await tx.personalDigest.deleteMany({ where: { coalitionId, memberId: from } });
  if (gone.count === 0) return;
  await tx.personalDigest.createMany({ data: { coalitionId, memberId: into }, skipDuplicates: true });
}
