import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { lockPartner } from '../joining/store.ts';
import { isLastStaff, lockStaff } from '../leaving/store.ts';
import { listPeople } from '../partners/store.ts';

export async function recordNaming(
  { tx }: Writing,
  id: CoalitionId,
  of: { name: string; timeZone: string; language: string },
): Promise<void> {
  await tx.coalition.update({ where: { id }, data: of });
}

export async function recordHours(
  { tx }: Writing,
  id: CoalitionId,
  of: { workingDays: readonly number[]; holidays: readonly string[]; start: string; end: string },
): Promise<void> {
  const { workingDays, holidays, start, end } = of;
  await tx.coalition.update({
    where: { id },
    data: {
      workingDays: [...workingDays],
      holidays: [...holidays],
      quietHoursStart: start,
      quietHoursEnd: end,
    },
  });
}

/** Makes somebody backbone staff. They keep their organisation. */
export async function addStaff(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { by: MemberId; member: MemberId },
): Promise<'added' | 'already' | 'not-staff'> {
  await lockStaff(tx, coalitionId);
  if (!(await isStaff(tx, coalitionId, of.by))) return 'not-staff';
  const changed = await tx.member.updateMany({
    where: { coalitionId, id: of.member, leftAt: null, standing: { not: 'backbone' } },
    data: { standing: 'backbone' },
  });
  return changed.count === 1 ? 'added' : 'already';
}

/**
 * Takes somebody off staff, unless nobody would be left. Who asks must still be staff by then: of two who
 * remove each other at the same moment, the second no longer is.
 */
export async function removeStaff(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { by: MemberId; member: MemberId },
): Promise<'removed' | 'already' | 'last-staff' | 'not-staff'> {
  await lockStaff(tx, coalitionId);
  if (!(await isStaff(tx, coalitionId, of.by))) return 'not-staff';
  if (!(await isStaff(tx, coalitionId, of.member))) return 'already';
  if (await isLastStaff(tx, coalitionId, of.member)) return 'last-staff';
  const standing = await standingAfterStaff(tx, coalitionId, of.member);
  await tx.member.updateMany({ where: { coalitionId, id: of.member }, data: { standing } });
  return 'removed';
}

/** Whoever alone spoke for their organisation goes on doing so. */
async function standingAfterStaff(tx: Writing['tx'], coalitionId: CoalitionId, id: MemberId) {
  const row = await tx.member.findFirst({ where: { coalitionId, id }, select: { partnerId: true } });
  if (!row?.partnerId) return 'member';
  const partnerId = row.partnerId as PartnerId;
  await lockPartner(tx, coalitionId, partnerId);
  const people = await listPeople(tx, coalitionId, partnerId);
  return people.some(({ standing }) => standing === 'representative') ? 'alternate' : 'representative';
}

async function isStaff(tx: Writing['tx'], coalitionId: CoalitionId, id: MemberId): Promise<boolean> {
  const found = await tx.member.count({
    where: { coalitionId, id, leftAt: null, standing: 'backbone' },
  });
  return found === 1;
}
