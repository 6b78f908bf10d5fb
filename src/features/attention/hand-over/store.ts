import type { Card } from '../../../core/card.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { memberOf } from '../../../identity/store.ts';
import type { HandOver, HandOverId, HandOverReason } from './rules.ts';

/** Opens a hand-over; null when one is open for this person already: then it is why they left, if they did. */
export async function openHandOver(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; memberId: MemberId; why: HandOverReason },
): Promise<HandOverId | null> {
  const made = await tx.handOver.createManyAndReturn({
    data: { coalitionId, ...of, openedAt: now },
    skipDuplicates: true,
  });
  if (!made[0] && of.why === 'left') {
    const { memberId, why } = of;
    await tx.handOver.updateMany({ where: { coalitionId, memberId, open: true }, data: { why } });
  }
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
    select: { id: true, name: true, leftAt: true, partnerId: true },
  });
  const partners = await reading.partner.findMany({
    where: { coalitionId, id: { in: rows.map(({ partnerId }) => partnerId) } },
    select: { id: true, name: true },
  });
  const nameOf = (all: readonly { id: string; name: string }[], id: string) =>
    all.find((each) => each.id === id)?.name ?? '';
  return rows.map((row) => ({
    id: row.id as HandOverId,
    partnerId: row.partnerId as PartnerId,
    partner: nameOf(partners, row.partnerId),
    memberId: row.memberId as MemberId,
    name: nameOf(members, row.memberId),
    why: row.why as HandOverReason,
    gone: members.every(
      ({ id, leftAt, partnerId }) => id !== row.memberId || leftAt !== null || partnerId !== row.partnerId,
    ),
    elsewhere: members.some(
      ({ id, leftAt, partnerId }) => id === row.memberId && leftAt === null && partnerId !== row.partnerId,
    ),
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
  of: { outcome: 'moved' | 'kept' | 'ended'; by: MemberId | null },
): Promise<boolean> {
  const data = { open: null, outcome: of.outcome, settledById: of.by, settledAt: now };
  const closed = await tx.handOver.updateMany({ where: { id, coalitionId, open: true }, data });
  return closed.count > 0;
}

/** Everything that is open at a partner, or about one person. */
export async function listOpenOf(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId } | { memberId: MemberId },
): Promise<HandOver[]> {
  const rows = await reading.handOver.findMany({ where: { coalitionId, ...of, open: true } });
  return named(reading, coalitionId, rows);
}

/** A member as they were, also after they have left: for what they still hold. */
export async function findFormer(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<Member | null> {
  const row = await reading.member.findFirst({
    where: { coalitionId, id },
    include: {
      partner: { select: { id: true, name: true, leftAt: true } },
      accounts: { take: 1, orderBy: { id: 'asc' } },
    },
  });
  return row && memberOf(row);
}

type Sent = { readonly id: string; readonly memberId: MemberId };

/** Messages about somebody's hand-overs, so that what names them can be removed. */
export async function listAskedAbout(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<(Sent & { handOver: HandOver })[]> {
  const all = await named(
    reading,
    coalitionId,
    await reading.handOver.findMany({ where: { coalitionId, memberId } }),
  );
  const found: (Sent & { handOver: HandOver })[] = [];
  for (const handOver of all) {
    const subject = { in: [`hand-over:${handOver.id}`, `handed-over:${handOver.id}`] };
    const rows = await reading.outreach.findMany({ where: { coalitionId, feature: 'attention', subject } });
    for (const row of rows) found.push({ id: row.id, memberId: row.memberId as MemberId, handOver });
  }
  return found;
}

/** Organisations of which one person was to be handed over. */
export async function listPartnersOf(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<PartnerId[]> {
  const rows = await reading.handOver.findMany({
    where: { coalitionId, memberId },
    distinct: ['partnerId'],
    select: { partnerId: true },
  });
  return rows.map(({ partnerId }) => partnerId as PartnerId);
}

/** The task of one organisation in words that name nobody; one that is done is of no use any more. */
export async function renameTask(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  text: Text,
): Promise<void> {
  const where = { coalitionId, kind: 'hand-over', subject: partnerId };
  await tx.staffTask.deleteMany({ where: { ...where, doneAt: { not: null } } });
  const stored = JSON.parse(JSON.stringify(text)) as Prisma.InputJsonValue;
  await tx.staffTask.updateMany({ where, data: { text: stored } });
}

export async function listStored(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.handOver.findMany({
    where: { coalitionId, memberId },
    select: { why: true, openedAt: true, settledAt: true, outcome: true },
  });
}

/** Another card in the place of one that named somebody; what was sent of it is kept by nobody here. */
export async function replaceCard(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: string,
  card: Card,
): Promise<void> {
  const row = await tx.outreach.findFirst({ where: { id, coalitionId } });
  if (!row) return;
  const stored = JSON.parse(JSON.stringify(card)) as Prisma.InputJsonValue;
  await tx.outreach.update({ where: { id }, data: { card: stored } });
  const key = { startsWith: `outreach:${row.messageId ?? row.id}:` };
  await tx.outgoing.deleteMany({ where: { coalitionId, key } });
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
