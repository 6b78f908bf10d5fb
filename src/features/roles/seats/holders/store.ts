import type { CoalitionId, MemberId, PartnerId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import type { Reading } from '../../../../database.ts';
import { recordRolesHeld } from '../../../directory/feature.ts';
import type { RoleId } from '../../catalogue/rules.ts';

/** Brings what partners are shown and found by in step with the seats they hold. */
export async function recordTitles(
  writing: Writing,
  coalitionId: CoalitionId,
  partners: ReadonlySet<PartnerId>,
): Promise<void> {
  for (const partnerId of partners) {
    const terms = await writing.tx.roleTerm.findMany({
      where: { coalitionId, partnerId, current: true },
      select: { role: { select: { title: true } } },
    });
    const titles = terms.map(({ role }) => role.title).sort();
    await recordRolesHeld(writing, coalitionId, partnerId, titles);
  }
}

/** A role has another title now. */
export async function recordNewTitle(
  writing: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
): Promise<void> {
  const terms = await writing.tx.roleTerm.findMany({
    where: { coalitionId, roleId, current: true },
    select: { partnerId: true },
  });
  await recordTitles(writing, coalitionId, new Set(terms.map((term) => term.partnerId as PartnerId)));
}

/** What the last holder left for the next one to know. */
export async function findHandOver(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
): Promise<string> {
  const row = await reading.roleTerm.findFirst({
    where: { coalitionId, roleId, current: null, handOver: { not: '' } },
    orderBy: { endedAt: 'desc' },
  });
  return row?.handOver ?? '';
}

/** Writes the note into the partner's last term that has ended, or the one it holds. */
export async function recordHandOver(
  { tx }: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
  handOver: string,
): Promise<boolean> {
  const row = await tx.roleTerm.findFirst({
    where: { coalitionId, roleId, partnerId },
    orderBy: { startedAt: 'desc' },
  });
  if (row) await tx.roleTerm.update({ where: { id: row.id }, data: { handOver } });
  return row !== null;
}

/** Who sits for the partner, and who steps in. False when the partner does not hold a seat. */
export async function recordPeople(
  { tx }: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
  people: { memberId: MemberId; alternateId: MemberId | null },
): Promise<boolean> {
  const { count } = await tx.roleTerm.updateMany({
    where: { coalitionId, roleId, partnerId, current: true },
    data: people,
  });
  return count > 0;
}

/** Who sat, or sits, for a partner in this role most lately. */
export async function findLastHolder(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
): Promise<MemberId | null> {
  const row = await reading.roleTerm.findFirst({
    where: { coalitionId, roleId, partnerId },
    orderBy: { startedAt: 'desc' },
  });
  return (row?.memberId ?? null) as MemberId | null;
}
