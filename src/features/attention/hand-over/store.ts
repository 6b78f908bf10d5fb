import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { HandOver, HandOverId, HandOverReason } from './rules.ts';

/** Opens a hand-over; null when one is open for this person already, or was turned down since. */
export async function openHandOver(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; memberId: MemberId; why: HandOverReason },
): Promise<HandOverId | null> {
  const made = await tx.handOver.createManyAndReturn({
    data: { coalitionId, ...of, openedAt: now },
    skipDuplicates: true,
  });
  return (made[0]?.id as HandOverId | undefined) ?? null;
}

export async function findHandOver(
  reading: Reading,
  coalitionId: CoalitionId,
  id: HandOverId,
): Promise<HandOver | null> {
  const row = await reading.handOver.findFirst({ where: { id, coalitionId } });
  return row && ((await named(reading, coalitionId, [row]))[0] ?? null);
}

export async function listOpen(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ open: HandOver[]; total: number }> {
  const where = { coalitionId, open: true };
  const rows = await reading.handOver.findMany({ where, orderBy: { openedAt: 'asc' }, take: most });
  return { open: await named(reading, coalitionId, rows), total: await reading.handOver.count({ where }) };
}

type Row = NonNullable<Awaited<ReturnType<Reading['handOver']['findFirst']>>>;

async function named(reading: Reading, coalitionId: CoalitionId, rows: readonly Row[]): Promise<HandOver[]> {
  const members = await reading.member.findMany({
    where: { coalitionId, id: { in: rows.map(({ memberId }) => memberId) } },
    select: { id: true, name: true },
  });
  const partners = await reading.partner.findMany({
    where: { coalitionId, id: { in: rows.map(({ partnerId }) => partnerId) } },
    select: { id: true, name: true },
  });
  const nameOf = (all: { id: string; name: string }[], id: string) =>
    all.find((each) => each.id === id)?.name ?? '';
  return rows.map((row) => ({
    id: row.id as HandOverId,
    partnerId: row.partnerId as PartnerId,
    partner: nameOf(partners, row.partnerId),
    memberId: row.memberId as MemberId,
    name: nameOf(members, row.memberId),
    why: row.why as HandOverReason,
    successorId: row.successorId as MemberId | null,
    open: row.open === true,
  }));
}

export async function recordProposed(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: HandOverId,
  of: { successorId: MemberId; proposedById: MemberId },
): Promise<boolean> {
  const named = await tx.handOver.updateMany({ where: { id, coalitionId, open: true }, data: of });
  return named.count > 0;
}

/** Ends a hand-over; false when somebody was quicker. */
export async function closeHandOver(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: HandOverId,
  of: { outcome: 'moved' | 'kept'; by: MemberId },
): Promise<boolean> {
  const data = { open: null, outcome: of.outcome, settledById: of.by, settledAt: now };
  const closed = await tx.handOver.updateMany({ where: { id, coalitionId, open: true }, data });
  return closed.count > 0;
}

/** The successor speaks for the partner, and whoever did before does not any more. */
export async function recordSuccession(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; from: MemberId; to: MemberId },
): Promise<void> {
  const { partnerId, from, to } = of;
  await tx.member.updateMany({
    where: { coalitionId, id: from, partnerId, standing: 'representative' },
    data: { standing: 'alternate' },
  });
  await tx.member.updateMany({
    where: { coalitionId, id: to, partnerId, standing: { not: 'backbone' } },
    data: { standing: 'representative' },
  });
}

/** Representatives who did nothing since a day, though asked so often since then, and whose hand-over is not open. */
export async function listSilent(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { since: Date; asks: number; most: number },
): Promise<{ memberId: MemberId; partnerId: PartnerId }[]> {
  const day = of.since.toISOString().slice(0, 10);
  return reading.$queryRaw`
    select m."id" as "memberId", m."partnerId" from "Member" m
    join "Partner" p on p."id" = m."partnerId" and p."leftAt" is null
    where m."coalitionId" = ${coalitionId}::uuid and m."standing" = 'representative' and m."leftAt" is null
      and m."joinedAt" < ${of.since} and (m."awayUntil" is null or m."awayUntil" < ${of.since})
      and not exists (select from "Account" a where a."memberId" = m."id" and a."actedOn" >= ${day})
      and not exists (select from "Contact" c where c."coalitionId" = m."coalitionId" and c."memberId" = m."id"
        and c."at" >= ${of.since})
      and (select count(*) from "Touchpoint" t where t."coalitionId" = m."coalitionId" and t."memberId" = m."id"
        and t."kind" = 'ask' and t."at" >= ${of.since}) >= ${of.asks}
      and not exists (select from "HandOver" h where h."coalitionId" = m."coalitionId" and h."memberId" = m."id"
        and (h."open" or h."settledAt" >= ${of.since}))
    order by m."id" limit ${of.most}`;
}
