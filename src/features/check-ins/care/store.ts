import { foldName } from '../../../core/fold-name.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { ContactKind, Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { Rhythm, Rhythms, Tier } from './rules.ts';

type Care = {
  readonly partnerId: PartnerId;
  readonly ownerId: MemberId | null;
  readonly backupId: MemberId | null;
  readonly tier: Tier;
  readonly idealDays: number | null;
  readonly longestDays: number | null;
  readonly plannedOn: string | null;
  /** Labels that staff gave it; nobody else sees them. */
  readonly tags: readonly string[];
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
  { tags, ...plain }: Partial<Omit<Care, 'partnerId'>>,
): Promise<void> {
  const change = { ...plain, ...(tags ? { tags: [...tags] } : {}) };
  await tx.care.upsert({
    where: { coalitionId_partnerId: { coalitionId, partnerId } },
    create: { coalitionId, partnerId, ...change },
    update: change,
  });
}

export async function listRhythms(reading: Reading, coalitionId: CoalitionId): Promise<Rhythms> {
  const where = { coalitionId };
  const tiers = await reading.rhythm.findMany({ where });
  const tags = await reading.tagRhythm.findMany({ where, orderBy: { tagKey: 'asc' } });
  return {
    tiers: new Map(
      tiers.map(({ tier, idealDays, longestDays }) => [tier as Tier, { idealDays, longestDays }]),
    ),
    tags: new Map(
      tags.map(({ tagKey, tag, idealDays, longestDays }) => [tagKey, { tag, idealDays, longestDays }]),
    ),
  };
}

export async function recordTagRhythm(
  { tx }: Writing,
  coalitionId: CoalitionId,
  tag: string,
  rhythm: Rhythm,
): Promise<void> {
  const tagKey = foldName(tag);
  const { idealDays, longestDays } = rhythm;
  await tx.tagRhythm.upsert({
    where: { coalitionId_tagKey: { coalitionId, tagKey } },
    create: { coalitionId, tagKey, tag, idealDays, longestDays },
    update: { idealDays, longestDays },
  });
}

/** The tag has no days of its own any more; its partners keep it. False when it had none. */
export async function dropTagRhythm(
  { tx }: Writing,
  coalitionId: CoalitionId,
  tag: string,
): Promise<boolean> {
  const dropped = await tx.tagRhythm.deleteMany({ where: { coalitionId, tagKey: foldName(tag) } });
  return dropped.count > 0;
}

/** Every tag in use or with days of its own, in order. */
export async function listTags(reading: Reading, coalitionId: CoalitionId): Promise<string[]> {
  const rows = await reading.$queryRaw<{ tag: string }[]>`
    select distinct on (lower("tag")) "tag" from (
      select unnest("tags") as "tag" from "Care" where "coalitionId" = ${coalitionId}::uuid
      union all select "tag" from "TagRhythm" where "coalitionId" = ${coalitionId}::uuid) as named
    order by lower("tag")`;
  return rows.map(({ tag }) => tag);
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
