import type { CoalitionId, MemberId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import type { Reading } from '../../../../database.ts';

/** What a member was asked or answered, for their export. */
export async function listTurnsOf(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.spotlightTurn.findMany({
    where: { coalitionId, OR: [{ askedId: memberId }, { answeredId: memberId }] },
    orderBy: { id: 'asc' },
    omit: { coalitionId: true, openKey: true, askedId: true, answeredId: true },
  });
}

export async function forgetAsked(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  await tx.spotlightTurn.updateMany({ where: { coalitionId, askedId: memberId }, data: { askedId: null } });
  await tx.spotlightTurn.updateMany({
    where: { coalitionId, answeredId: memberId },
    data: { answeredId: null },
  });
}

export async function moveTurns(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.spotlightTurn.updateMany({ where: { coalitionId, askedId: from }, data: { askedId: into } });
  await tx.spotlightTurn.updateMany({ where: { coalitionId, answeredId: from }, data: { answeredId: into } });
}
