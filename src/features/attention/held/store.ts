import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Reading } from '../../../database.ts';
import type { Touch } from './rules.ts';

export type HeldFor = {
  readonly partnerId: PartnerId;
  readonly partner: string;
  readonly asks: number;
  readonly held: number;
  /** The features that ask. */
  readonly what: readonly string[];
};

/** Partners for whom asks are held, those with the most first. */
export async function listHeld(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ shown: HeldFor[]; total: number }> {
  const rows = await reading.$queryRaw<(HeldFor & { total: bigint })[]>`
    select o."partnerId", p."name" as "partner", count(*)::int as "held",
      coalesce(max(b."asksInRow"), 0)::int as "asks", array_agg(distinct o."feature") as "what",
      count(*) over () as "total"
    from "Outreach" o join "Partner" p on p."id" = o."partnerId"
    left join "PartnerBalance" b on b."coalitionId" = o."coalitionId" and b."partnerId" = o."partnerId"
    where o."coalitionId" = ${coalitionId}::uuid and o."state" = 'held'
    group by o."partnerId", p."name" order by count(*) desc, p."name" limit ${most}`;
  return { shown: rows, total: Number(rows[0]?.total ?? 0) };
}

/** Partners who were asked more than once in a row, most first. */
export async function listAskedInRow(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ partner: string; asks: number }[]> {
  return reading.$queryRaw`
    select p."name" as "partner", b."asksInRow" as "asks"
    from "PartnerBalance" b join "Partner" p on p."id" = b."partnerId"
    where b."coalitionId" = ${coalitionId}::uuid and b."asksInRow" > 1 and p."leftAt" is null
    order by b."asksInRow" desc, p."name" limit ${most}`;
}

export async function findAsksInRow(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<number> {
  const where = { coalitionId_partnerId: { coalitionId, partnerId } };
  return (await reading.partnerBalance.findUnique({ where }))?.asksInRow ?? 0;
}

/** Every contact with a partner since then, of the bot's or of people. */
export async function listTouches(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  since: Date,
): Promise<Touch[]> {
  const where = { coalitionId, partnerId, at: { gte: since } };
  const [sent, real] = await Promise.all([
    reading.touchpoint.findMany({ where, select: { kind: true, at: true } }),
    reading.contact.findMany({ where, select: { at: true } }),
  ]);
  return [
    ...sent.map(({ kind, at }) => ({ kind: kind as Touch['kind'], at })),
    ...real.map(({ at }) => ({ kind: 'contact' as const, at })),
  ];
}
