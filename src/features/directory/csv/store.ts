import type { CoalitionId, Id, MemberId } from '../../../core/ids.ts';
import { newId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { foldName, type PartnerCard } from '../partners/rules.ts';
import { columns, type Partner, partnerOf, partnerRow } from '../partners/store.ts';

export type UploadId = Id<'partner-upload'>;

const keepUploadsMs = 7 * 86_400_000;

export async function recordUpload(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { memberId: MemberId; text: string },
): Promise<UploadId> {
  const old = new Date(now.getTime() - keepUploadsMs);
  await tx.partnerUpload.deleteMany({ where: { coalitionId, createdAt: { lt: old } } });
  const row = await tx.partnerUpload.create({ data: { coalitionId, ...of, createdAt: now } });
  return row.id as UploadId;
}

export async function findUpload(
  reading: Reading,
  coalitionId: CoalitionId,
  id: UploadId,
): Promise<{ text: string; startedAt: Date | null } | null> {
  return reading.partnerUpload.findFirst({
    where: { id, coalitionId },
    select: { text: true, startedAt: true },
  });
}

/** True for whoever confirms first. */
export async function claimUpload(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: UploadId,
): Promise<boolean> {
  const claimed = await tx.partnerUpload.updateMany({
    where: { id, coalitionId, startedAt: null },
    data: { startedAt: now },
  });
  return claimed.count === 1;
}

export async function dropUpload({ tx }: Writing, coalitionId: CoalitionId, id: UploadId): Promise<void> {
  await tx.partnerUpload.deleteMany({ where: { id, coalitionId, startedAt: null } });
}

/** Every partner there has been, by folded name. */
export async function mapPartners(reading: Reading, coalitionId: CoalitionId): Promise<Map<string, Partner>> {
  const rows = await reading.partner.findMany({ where: { coalitionId }, select: columns });
  return new Map(rows.map((row) => [foldName(row.name), partnerOf(row)]));
}

/** The partners of today in the order of their names. */
export async function listAllPartners(reading: Reading, coalitionId: CoalitionId): Promise<Partner[]> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, leftAt: null },
    orderBy: { nameKey: 'asc' },
    select: columns,
  });
  return rows.map(partnerOf);
}

/**
 * Writes many partners in one statement: a new one is made, one of that name takes over what is given. So two
 * imports at once, or an import and somebody who joins, end in one partner per name.
 */
export async function recordPartners(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  cards: readonly PartnerCard[],
): Promise<void> {
  const rows = JSON.stringify(cards.map((card) => ({ id: newId(), ...partnerRow(card) })));
  await tx.$executeRaw`
    insert into "Partner" ("id", "coalitionId", "name", "nameKey", "does", "sector", "sizeBand", "area",
      "offers", "needs", "languages", "spotlightConsent", "searchKeys", "joinedAt", "confirmedAt")
    select "id", ${coalitionId}::uuid, "name", "nameKey", "does", "sector", "sizeBand", "area",
      "offers", "needs", "languages", "spotlightConsent", "searchKeys", ${now}, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as given("id" uuid, "name" text, "nameKey" text, "does" text,
      "sector" text, "sizeBand" text, "area" text, "offers" text[], "needs" text[], "languages" text[],
      "spotlightConsent" boolean, "searchKeys" text[])
    on conflict ("coalitionId", "nameKey") do update set
      "name" = excluded."name", "does" = excluded."does", "sector" = excluded."sector",
      "sizeBand" = excluded."sizeBand", "area" = excluded."area", "offers" = excluded."offers",
      "needs" = excluded."needs", "languages" = excluded."languages",
      "spotlightConsent" = excluded."spotlightConsent", "searchKeys" = excluded."searchKeys", "leftAt" = null`;
}
