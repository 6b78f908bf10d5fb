import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Outreach, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma, Reading, Tx } from '../database.ts';
import { backAfterOutage, gatherMs } from '../time/outage.ts';
import {
  afterMessage,
  type Balance,
  noBalance,
  type Situation,
  usualCaps,
  type Waiting,
  weekMs,
} from './rules.ts';

export type Row = NonNullable<Awaited<ReturnType<Writing['tx']['outreach']['findUnique']>>>;

/** More than this never wait for one person in earnest; the rest follows when these have gone. */
const mostWaiting = 200;

/** Writes down what is wanted; null when it was before, or the person has left. */
export async function record(
  writing: Writing,
  message: Parameters<Outreach['reach']>[1],
  state: 'waiting' | 'together',
): Promise<Row | null> {
  const { coalition, member, from, subject } = message;
  const to = await writing.tx.member.findFirst({
    where: { id: member, coalitionId: coalition.id, leftAt: null },
  });
  if (!to) return null;
  const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
  const made = await writing.tx.outreach.createManyAndReturn({
    data: {
      coalitionId: coalition.id,
      memberId: member,
      partnerId: to.partnerId,
      kind: message.kind,
      feature: from,
      subject,
      card: json(message.card),
      state,
      matters: message.matters ?? 'usual',
      ...(message.urgent ? { urgent: json(message.urgent) } : {}),
      ...(message.why ? { why: json(message.why) } : {}),
      wantedAt: writing.now,
      expiresAt: message.expires ?? null,
    },
    skipDuplicates: true,
  });
  return made[0] ?? null;
}

/** Decisions about one person happen one after the other, so that two cannot spend the same allowance. */
export async function lockPerson(tx: Tx, memberId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`person ${memberId}`}, 0))::text`;
}

export type Person = Situation & { readonly language: string; readonly timeZone: string };

/** Everything a decision about one person needs. Every part of it is found by an index. */
export async function readPerson(
  { tx, now }: Writing,
  coalition: Coalition,
  memberId: string,
  rows: readonly Row[],
): Promise<Person> {
  const coalitionId = coalition.id;
  const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  const settings = await findAttention(tx, coalitionId);
  const sent = await tx.outreachMessage.findMany({
    where: { coalitionId, memberId, at: { gt: new Date(now.getTime() - weekMs) } },
    select: { at: true },
  });
  const partnerId = member.standing === 'backbone' ? null : member.partnerId;
  const asks = rows.some(({ kind }) => kind === 'ask');
  const backAt = await backAfterOutage(tx, now);
  return {
    now,
    language: member.language,
    timeZone: member.timeZone,
    waiting: rows.map(waitingOf),
    sentAt: sent.map(({ at }) => at),
    hours: {
      timeZone: member.timeZone,
      quietHoursStart: member.quietHoursStart ?? coalition.quietHoursStart,
      quietHoursEnd: member.quietHoursEnd ?? coalition.quietHoursEnd,
      workingDays: coalition.workingDays,
      holidays: coalition.holidays,
      awayUntil: latest(member.awayUntil, member.snoozedUntil),
    },
    caps: settings,
    balance: partnerId && asks ? await lockBalance(tx, coalitionId, partnerId) : null,
    paused: settings.pausedAt !== null,
    gatherUntil: backAt && new Date(backAt.getTime() + gatherMs),
  };
}

const latest = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));

export const waitingOf = (row: Row): Waiting => ({
  id: row.id,
  kind: row.kind as Waiting['kind'],
  feature: row.feature,
  subject: row.subject,
  matters: row.matters as Waiting['matters'],
  wantedAt: row.wantedAt,
  expiresAt: row.expiresAt,
  urgent: row.urgent !== null,
  released: row.releasedAt !== null,
});

export async function findAttention(reading: Reading, coalitionId: CoalitionId) {
  const row = await reading.attention.findUnique({ where: { coalitionId } });
  return row ?? { coalitionId, ...usualCaps, pausedAt: null, pausedById: null };
}

export async function listWaitingFor(tx: Tx, coalitionId: CoalitionId, memberId: string): Promise<Row[]> {
  return tx.outreach.findMany({
    where: { coalitionId, memberId, state: 'waiting' },
    orderBy: [{ wantedAt: 'asc' }, { id: 'asc' }],
    take: mostWaiting,
  });
}

async function lockBalance(tx: Tx, coalitionId: CoalitionId, partnerId: string): Promise<Balance> {
  const rows = await tx.$queryRaw<Balance[]>`
    select "asksInRow", "lastAsk" from "PartnerBalance"
    where "coalitionId" = ${coalitionId}::uuid and "partnerId" = ${partnerId}::uuid for update`;
  return rows[0] ?? noBalance;
}

/** Counts one message to somebody: against their allowance, and in the balance of their partner. */
export async function recordMessage(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  rows: readonly Row[],
  urgent: boolean,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await tx.outreachMessage.createMany({
    data: { id: first.id, coalitionId, memberId: first.memberId, urgent, at: now },
    skipDuplicates: true,
  });
  if (first.partnerId) {
    const before = await lockBalance(tx, coalitionId, first.partnerId);
    await recordBalance(tx, coalitionId, first.partnerId, afterMessage(before, rows.map(waitingOf)));
  }
}

export async function recordBalance(
  tx: Tx,
  coalitionId: CoalitionId,
  partnerId: string,
  balance: Balance,
): Promise<void> {
  await tx.partnerBalance.upsert({
    where: { coalitionId_partnerId: { coalitionId, partnerId } },
    create: { coalitionId, partnerId, ...balance },
    update: balance,
  });
}

/** What stands in one message, in the order of their joining. */
export async function listIn(reading: Reading, messageId: string): Promise<Row[]> {
  return reading.outreach.findMany({ where: { messageId } });
}

/** That somebody was reached. */
export async function recordTouchpoint({ tx, now }: Writing, row: Row): Promise<void> {
  const { coalitionId, memberId, partnerId, kind, feature, subject, id } = row;
  await tx.touchpoint.createMany({
    data: { coalitionId, memberId, partnerId, kind, feature, subject, outreachId: id, at: now },
    skipDuplicates: true,
  });
}

export async function recordState(
  { tx, now }: Writing,
  ids: readonly string[],
  state: 'expired' | 'held' | 'sent' | 'unreachable',
  more: { messageId?: string } = {},
): Promise<void> {
  if (ids.length === 0) return;
  await tx.outreach.updateMany({
    where: { id: { in: [...ids] } },
    data: { state, ...(state === 'held' ? {} : { settledAt: now }), ...more },
  });
}

export const memberOfRow = (row: Row) => row.memberId as MemberId;
