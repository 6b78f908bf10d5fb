import type { CoalitionId, Id, MemberId, PartnerId } from '../../../core/ids.ts';
import { isId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Standing } from '../../../core/who.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { foldName, type PartnerCard, type SizeBand, searchKeys, tidyCard, wantedKeys } from './rules.ts';

export type Partner = PartnerCard & {
  readonly id: PartnerId;
  readonly joinedAt: Date;
  readonly confirmedAt: Date;
  readonly freshnessAskedAt: Date | null;
  readonly leftAt: Date | null;
};

export type SearchId = Id<'partner-search'>;

const keepSearchesMs = 7 * 86_400_000;

/** Also finds one that is no longer a partner, for history. Null for another coalition's. */
export async function findPartner(
  reading: Reading,
  coalitionId: CoalitionId,
  id: string,
): Promise<Partner | null> {
  if (!isId(id)) return null;
  const row = await reading.partner.findFirst({ where: { coalitionId, id }, select: columns });
  return row && partnerOf(row);
}

export async function findPartnerNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  name: string,
): Promise<Partner | null> {
  const nameKey = foldName(name);
  const row = await reading.partner.findUnique({
    where: { coalitionId_nameKey: { coalitionId, nameKey } },
    select: columns,
  });
  return row && partnerOf(row);
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
    ...(keys.length > 0 ? { searchKeys: { hasEvery: keys } } : {}),
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

export async function recordConfirmed(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
): Promise<Partner | null> {
  await tx.partner.updateMany({ where: { coalitionId, id }, data: { confirmedAt: now } });
  return findPartner(tx, coalitionId, id);
}

export async function recordFreshnessAsked(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: PartnerId,
): Promise<void> {
  await tx.partner.updateMany({ where: { coalitionId, id }, data: { freshnessAskedAt: now } });
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
  const rows = await reading.member.findMany({
    where: { coalitionId, partnerId, leftAt: null },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, standing: true },
  });
  const order: readonly string[] = ['representative', 'alternate', 'backbone', 'member', 'guest'];
  return rows
    .map(({ id, name, standing }) => ({ id: id as MemberId, name, standing: standing as Standing }))
    .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

/** New partners of a time, the earliest first, and how many there are in all. */
export async function listNewPartners(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { since: Date; until: Date; most: number },
): Promise<{ partners: Partner[]; total: number }> {
  const where = { coalitionId, leftAt: null, joinedAt: { gte: of.since, lt: of.until } };
  const rows = await reading.partner.findMany({
    where,
    orderBy: [{ joinedAt: 'asc' }, { nameKey: 'asc' }],
    take: of.most,
    select: columns,
  });
  return { partners: rows.map(partnerOf), total: await reading.partner.count({ where }) };
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
} as const;

type Row = Prisma.PartnerGetPayload<{ select: typeof columns }>;

export function partnerOf(row: Row): Partner {
  return { ...row, id: row.id as PartnerId, sizeBand: row.sizeBand as SizeBand | '' };
}
