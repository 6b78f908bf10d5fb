import { foldName } from '../../../core/fold-name.ts';
import type { CoalitionId, Id, MemberId, PartnerId } from '../../../core/ids.ts';
import { isId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Standing } from '../../../core/who.ts';
import { type Prisma, type Reading, readRows, writeRows } from '../../../database.ts';
import { beginningsIn, type PartnerCard, type SizeBand, searchKeys, tidyCard, wantedKeys } from './rules.ts';

export type Partner = PartnerCard & {
  readonly id: PartnerId;
  readonly joinedAt: Date;
  readonly confirmedAt: Date;
  readonly freshnessAskedAt: Date | null;
  readonly leftAt: Date | null;
  readonly roleTitles: readonly string[];
};

type SearchId = Id<'partner-search'>;

const keepSearchesMs = 7 * 86_400_000;

/** Also finds one that is no longer a partner, for history. Null for another coalition's. */
export async function findPartner(
  reading: Reading,
  coalitionId: CoalitionId,
  id: string,
): Promise<Partner | null> {
  if (!isId(id)) return null;
  const [row] = await readRows<Row>(reading, findPartnerSql, [coalitionId, id]);
  return row ? partnerOf(row) : null;
}

export async function findPartnerNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  name: string,
): Promise<Partner | null> {
  const [row] = await readRows<Row>(reading, findPartnerNamedSql, [coalitionId, foldName(name)]);
  return row ? partnerOf(row) : null;
}

/** Every name, for finding out which one was meant: only asked when none fits. */
export async function listPartnerNames(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<{ id: PartnerId; name: string }[]> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, leftAt: null },
    select: { id: true, name: true },
    orderBy: { nameKey: 'asc' },
  });
  return rows.map(({ id, name }) => ({ id: id as PartnerId, name }));
}

export type Page = { readonly way: 'after' | 'before'; readonly at: string } | null;

/**
 * One page in the order of names, found from the partner it follows or precedes, so that the last page costs
 * what the first does.
 */
export async function listPartners(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { search: string; page: Page; take: number },
): Promise<{ partners: Partner[]; total: number; hasBefore: boolean; hasAfter: boolean }> {
  const keys = wantedKeys(of.search);
  const where: Prisma.PartnerWhereInput = {
    coalitionId,
    leftAt: null,
    // Each word is found on the card or among the roles held, so two of them may be one on either side.
    AND: keys.map((key) => ({ OR: [{ searchKeys: { has: key } }, { roleKeys: { has: key } }] })),
  };
  // Words were typed but none can be searched by, such as punctuation: that is nothing found, not everything.
  if (keys.length === 0 && of.search.trim() !== '')
    return { partners: [], total: 0, hasBefore: false, hasAfter: false };
  const from =
    of.page && isId(of.page.at)
      ? await reading.partner.findFirst({ where: { coalitionId, id: of.page.at }, select: { nameKey: true } })
      : null;
  const backwards = of.page?.way === 'before' && from !== null;
  const rows = await reading.partner.findMany({
    where: {
      ...where,
      ...(from ? { nameKey: backwards ? { lt: from.nameKey } : { gt: from.nameKey } } : {}),
    },
    orderBy: { nameKey: backwards ? 'desc' : 'asc' },
    take: of.take + 1,
    select: columns,
  });
  const more = rows.length > of.take;
  const shown = rows.slice(0, of.take).map(partnerOf);
  if (backwards) shown.reverse();
  return {
    partners: shown,
    total: await reading.partner.count({ where }),
    hasBefore: backwards ? more : from !== null,
    hasAfter: backwards ? true : more,
  };
}

/** The first few whose card has what was typed so far. */
export async function listPartnersLike(
  reading: Reading,
  coalitionId: CoalitionId,
  typed: string,
  most: number,
): Promise<Partner[]> {
  const { partners } = await listPartners(reading, coalitionId, { search: typed, page: null, take: most });
  return partners;
}

export async function recordSearch(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  typed: string,
): Promise<SearchId> {
  const old = new Date(now.getTime() - keepSearchesMs);
  await tx.partnerSearch.deleteMany({ where: { coalitionId, createdAt: { lt: old } } });
  const row = await tx.partnerSearch.upsert({
    where: { coalitionId_typed: { coalitionId, typed } },
    create: { coalitionId, typed, createdAt: now },
    update: { createdAt: now },
  });
  return row.id as SearchId;
}

export async function findSearch(
  reading: Reading,
  coalitionId: CoalitionId,
  id: string,
): Promise<string | null> {
  if (!isId(id)) return null;
  const row = await reading.partnerSearch.findFirst({ where: { coalitionId, id } });
  return row?.typed ?? null;
}

/** Makes a partner, or finds the one of that name; one that had left is a partner again. */
export async function openPartner(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  card: PartnerCard,
): Promise<{ partner: Partner; opened: boolean }> {
  const made = await tx.partner.createManyAndReturn({
    data: { coalitionId, ...partnerRow(card), joinedAt: now, confirmedAt: now },
    skipDuplicates: true,
    select: columns,
  });
  if (made[0]) return { partner: partnerOf(made[0]), opened: true };
  const row = await tx.partner.update({
    where: { coalitionId_nameKey: { coalitionId, nameKey: foldName(card.name) } },
    data: { leftAt: null },
    select: columns,
  });
  return { partner: partnerOf(row), opened: false };
}

/** Changes what is given, and counts as confirming the rest. */
export async function changePartner(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
  changes: Partial<PartnerCard>,
): Promise<{ ok: true; partner: Partner } | { ok: false; why: 'gone' | 'name-taken' }> {
  const before = await findPartner(tx, coalitionId, id);
  if (!before) return { ok: false, why: 'gone' };
  const row = partnerRow({ ...before, ...changes });
  const taken = await tx.partner.count({ where: { coalitionId, nameKey: row.nameKey, id: { not: id } } });
  if (taken > 0) return { ok: false, why: 'name-taken' };
  const after = await tx.partner.update({
    where: { id },
    data: { ...row, confirmedAt: now },
    select: columns,
  });
  return { ok: true, partner: partnerOf(after) };
}

/** Its name, or null when it is no partner any more. One statement, so it needs no transaction. */
export async function recordConfirmed(
  writing: Reading,
  coalitionId: CoalitionId,
  id: PartnerId,
  now: Date,
): Promise<string | null> {
  const [row] = await writeRows<{ name: string }>(
    writing,
    `update "Partner" set "confirmedAt" = $3
     where "coalitionId" = $1::uuid and "id" = $2::uuid and "leftAt" is null returning "name"`,
    [coalitionId, id, now],
  );
  return row?.name ?? null;
}

export async function recordFreshnessAsked(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
): Promise<void> {
  await tx.partner.updateMany({ where: { coalitionId, id }, data: { freshnessAskedAt: now } });
}

/** Which roles a partner holds: shown on its card, and what it is also found by. */
export async function recordRolesHeld(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
  titles: readonly string[],
): Promise<void> {
  await tx.partner.updateMany({
    where: { coalitionId, id },
    data: { roleTitles: [...titles], roleKeys: beginningsIn(titles) },
  });
}

/** Says whether it still is a partner. Its people stay members and its history stays its own. */
export async function recordStanding(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
  isPartner: boolean,
): Promise<Partner | null> {
  await tx.partner.updateMany({
    where: { coalitionId, id, leftAt: isPartner ? { not: null } : null },
    data: { leftAt: isPartner ? null : now },
  });
  return findPartner(tx, coalitionId, id);
}

export type PartnerPerson = {
  readonly id: MemberId;
  readonly name: string;
  readonly standing: Standing;
};

/** The people of a partner: its representative first, then alternates, staff and members, by seniority. */
export async function listPeople(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<PartnerPerson[]> {
  const rows = await readRows<{ id: string; name: string; standing: string }>(
    reading,
    `select "id", "name", "standing" from "Member"
     where "coalitionId" = $1::uuid and "partnerId" = $2::uuid and "leftAt" is null
     order by "joinedAt", "id"`,
    [coalitionId, partnerId],
  );
  const order: readonly string[] = ['representative', 'alternate', 'backbone', 'member', 'guest'];
  return rows
    .map(({ id, name, standing }) => ({ id: id as MemberId, name, standing: standing as Standing }))
    .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

/**
 * Partners that no digest has told of, the earliest first: the first few, and the ids of the others. Asked by what
 * was told and not by time: somebody's row may be there only after the moment that it carries.
 */
export async function listUntoldPartners(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ partners: Partner[]; others: PartnerId[] }> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, leftAt: null, told: null },
    orderBy: [{ joinedAt: 'asc' }, { nameKey: 'asc' }],
    select: { id: true },
  });
  const first = await reading.partner.findMany({
    where: { coalitionId, id: { in: rows.slice(0, most).map(({ id }) => id) } },
    orderBy: [{ joinedAt: 'asc' }, { nameKey: 'asc' }],
    select: columns,
  });
  return { partners: first.map(partnerOf), others: rows.slice(most).map(({ id }) => id as PartnerId) };
}

export async function recordPartnersTold(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  ids: readonly string[],
): Promise<void> {
  // One parameter, however many they are.
  await tx.$executeRaw`
    insert into "PartnerTold" ("coalitionId", "partnerId", "toldAt")
    select "coalitionId", "id", ${now} from "Partner"
    where "coalitionId" = ${coalitionId}::uuid and "id" = any(${[...ids]}::uuid[])
    on conflict do nothing`;
}

/** The columns of a partner's card, with what it is compared and found by. */
export function partnerRow(untidy: PartnerCard) {
  const card = tidyCard(untidy);
  const { name, does, sector, sizeBand, area, spotlightConsent } = card;
  return {
    name,
    nameKey: foldName(name),
    does,
    sector,
    sizeBand,
    area,
    offers: [...card.offers],
    needs: [...card.needs],
    languages: [...card.languages],
    spotlightConsent,
    searchKeys: searchKeys(card),
  };
}

/** All but the search keys, which are many and never read. */
export const columns = {
  ...{ id: true, name: true, does: true, sector: true, sizeBand: true, area: true },
  ...{ offers: true, needs: true, languages: true, spotlightConsent: true },
  ...{ joinedAt: true, confirmedAt: true, freshnessAskedAt: true, leftAt: true },
  roleTitles: true,
} as const;

const columnsSql = Object.keys(columns)
  .map((column) => `"${column}"`)
  .join(', ');
const findPartnerSql = `select ${columnsSql} from "Partner" where "coalitionId" = $1::uuid and "id" = $2::uuid`;
const findPartnerNamedSql = `select ${columnsSql} from "Partner" where "coalitionId" = $1::uuid and "nameKey" = $2`;
type Row = Prisma.PartnerGetPayload<{ select: typeof columns }>;

export function partnerOf(row: Row): Partner {
  return { ...row, id: row.id as PartnerId, sizeBand: row.sizeBand as SizeBand | '' };
}
