import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { ContactKind, Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { Rhythm, Tier } from './rules.ts';

export type Care = {
  readonly partnerId: PartnerId;
  readonly ownerId: MemberId | null;
  readonly backupId: MemberId | null;
  readonly tier: Tier;
  readonly idealDays: number | null;
  readonly longestDays: number | null;
  readonly plannedOn: string | null;
};

type Row = Omit<Care, 'partnerId' | 'ownerId' | 'backupId' | 'tier'> & {
  partnerId: string;
  ownerId: string | null;
  backupId: string | null;
  tier: string;
};
const careOf = (row: Row): Care => ({
  ...row,
  partnerId: row.partnerId as PartnerId,
  ownerId: row.ownerId as MemberId | null,
  backupId: row.backupId as MemberId | null,
  tier: row.tier as Tier,
});

export async function findCare(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Care | null> {
  const where = { coalitionId_partnerId: { coalitionId, partnerId } };
  const row = await reading.care.findUnique({ where });
  return row && careOf(row);
}

export async function recordCare(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  change: Partial<Omit<Care, 'partnerId'>>,
): Promise<void> {
  await tx.care.upsert({
    where: { coalitionId_partnerId: { coalitionId, partnerId } },
    create: { coalitionId, partnerId, ...change },
    update: change,
  });
}

export async function listRhythms(reading: Reading, coalitionId: CoalitionId): Promise<Map<Tier, Rhythm>> {
  const rows = await reading.rhythm.findMany({ where: { coalitionId } });
  return new Map(rows.map(({ tier, idealDays, longestDays }) => [tier as Tier, { idealDays, longestDays }]));
}

export async function recordRhythm(
  { tx }: Writing,
  coalitionId: CoalitionId,
  tier: Tier,
  rhythm: Rhythm,
): Promise<void> {
  await tx.rhythm.upsert({
    where: { coalitionId_tier: { coalitionId, tier } },
    create: { coalitionId, tier, ...rhythm },
    update: rhythm,
  });
}

export type Watched = {
  readonly id: PartnerId;
  readonly name: string;
  readonly joinedAt: Date;
  readonly lastAt: Date | null;
  readonly lastKind: ContactKind | null;
  readonly care: Care | null;
};

/** Every partner with its last real contact. @param ownerId only those whom this person on staff looks after */
export async function listWatched(
  reading: Reading,
  coalitionId: CoalitionId,
  ownerId: MemberId | null,
): Promise<Watched[]> {
  const rows = await reading.$queryRaw<
    { id: PartnerId; name: string; joinedAt: Date; lastAt: Date | null; lastKind: ContactKind | null }[]
  >`
    select p."id", p."name", p."joinedAt", last."at" as "lastAt", last."kind" as "lastKind"
    from "Partner" p left join lateral (
      select c."at", c."kind" from "Contact" c
      where c."coalitionId" = p."coalitionId" and c."partnerId" = p."id" order by c."at" desc limit 1
    ) last on true
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null`;
  const cares = new Map(
    (await reading.care.findMany({ where: { coalitionId } })).map((row) => [row.partnerId, careOf(row)]),
  );
  return rows
    .map((row) => ({ ...row, care: cares.get(row.id) ?? null }))
    .filter(({ care }) => ownerId === null || care?.ownerId === ownerId || care?.backupId === ownerId);
}

/** Who on staff answers for a partner: its owner, else the backup. Null when neither is here any more. */
export async function findOwner(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<MemberId | null> {
  const care = await findCare(reading, coalitionId, partnerId);
  const ids = [care?.ownerId, care?.backupId].flatMap((id) => id ?? []);
  const here = await reading.member.findMany({
    where: { coalitionId, id: { in: ids }, leftAt: null, standing: 'backbone' },
    select: { id: true },
  });
  return ids.find((id) => here.some((each) => each.id === id)) ?? null;
}

/** Whoever leaves staff looks after nobody any more; the backup takes over. */
export async function recordOwnerGone(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<void> {
  await tx.$executeRaw`
    update "Care" set "ownerId" = "backupId", "backupId" = null
    where "coalitionId" = ${coalitionId}::uuid and "ownerId" = ${id}::uuid`;
  await tx.care.updateMany({ where: { coalitionId, backupId: id }, data: { backupId: null } });
}

export async function listNames(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, string>> {
  const rows = await reading.member.findMany({
    where: { coalitionId, id: { in: ids.flatMap((id) => id ?? []) } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
