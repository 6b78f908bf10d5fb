import type { CoalitionId, MemberId, PartnerId } from '../core/ids.ts';
import type { Outreach, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma, Reading, Tx } from '../database.ts';
import { backName, gatherUntil } from '../time/outage.ts';
import {
  afterMessage,
  type Balance,
  noBalance,
  ofOneAsk,
  type Situation,
  usualCaps,
  type Waiting,
  weekMs,
} from './rules.ts';

export type Row = NonNullable<Awaited<ReturnType<Writing['tx']['outreach']['findUnique']>>>;

/** More than this never wait for one person in earnest; the rest follows when these have gone. */
export const mostWaiting = 200;

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

/**
 * A later reminder takes the place of earlier ones of the same ask that have not gone out. What staff let go stays
 * let go.
 */
export async function replaceEarlier({ tx, now }: Writing, row: Row): Promise<void> {
  const ask = ofOneAsk(row.subject);
  if (!ask) return;
  const { coalitionId, memberId, feature } = row;
  const earlier = await tx.outreach.updateManyAndReturn({
    where: {
      ...{ coalitionId, memberId, feature },
      id: { not: row.id },
      state: { in: ['waiting', 'held'] },
      subject: { startsWith: ask },
    },
    data: { state: 'expired', settledAt: now },
    select: { releasedAt: true, releasedById: true },
  });
  const released = earlier.find(({ releasedAt }) => releasedAt !== null);
  if (released) await tx.outreach.update({ where: { id: row.id, coalitionId }, data: released });
}

/** Decisions about one person happen one after the other, so that two cannot spend the same allowance. */
export async function lockPerson(tx: Tx, memberId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`person ${memberId}`}, 0))::text`;
}

export type Person = Situation & {
  readonly language: string;
  readonly timeZone: string;
  /** Whose balance a message to them counts in; null for staff and for whoever represents nobody. */
  readonly countsFor: PartnerId | null;
};

type PersonRow = {
  language: string;
  timeZone: string;
  standing: string;
  partnerId: PartnerId | null;
  quietHoursStart: string | null;
  quietHoursEnd: string | null;
  awayUntil: Date | null;
  snoozedUntil: Date | null;
  perWeek: number | null;
  perDay: number | null;
  asksInRow: number | null;
  pausedAt: Date | null;
  sentAt: Date[];
  backAt: Date | null;
};

/** Everything a decision about one person needs, in one round trip; every part of it is found by an index. */
export async function readPerson(
  { tx, now }: Writing,
  coalition: Coalition,
  memberId: string,
  rows: readonly Row[],
): Promise<Person> {
  const coalitionId = coalition.id;
  const weekAgo = new Date(now.getTime() - weekMs);
  const [of] = await tx.$queryRaw<PersonRow[]>`
    select m."language", m."timeZone", m."standing", m."partnerId", m."quietHoursStart", m."quietHoursEnd",
      m."awayUntil", m."snoozedUntil", s."perWeek", s."perDay", s."asksInRow", s."pausedAt",
      array(select o."at" from "OutreachMessage" o
        where o."coalitionId" = m."coalitionId" and o."memberId" = m."id" and o."at" > ${weekAgo}) as "sentAt",
      (select h."at" from "Heartbeat" h where h."name" = ${backName}) as "backAt"
    from "Member" m left join "Attention" s on s."coalitionId" = m."coalitionId"
    where m."id" = ${memberId}::uuid and m."coalitionId" = ${coalitionId}::uuid`;
  if (!of) throw new Error(`Member ${memberId} is gone`);
  const countsFor = of.standing === 'backbone' ? null : of.partnerId;
  const asks = rows.some(({ kind }) => kind === 'ask');
  const { language, timeZone } = of;
  return {
    now,
    language,
    timeZone,
    countsFor,
    waiting: rows.map(waitingOf),
    sentAt: of.sentAt,
    hours: {
      timeZone,
      quietHoursStart: of.quietHoursStart ?? coalition.quietHoursStart,
      quietHoursEnd: of.quietHoursEnd ?? coalition.quietHoursEnd,
      workingDays: coalition.workingDays,
      holidays: coalition.holidays,
      awayUntil: latest(of.awayUntil, of.snoozedUntil),
    },
    caps: {
      perWeek: of.perWeek ?? usualCaps.perWeek,
      perDay: of.perDay ?? usualCaps.perDay,
      asksInRow: of.asksInRow ?? usualCaps.asksInRow,
    },
    balance: countsFor && asks ? await lockBalance(tx, coalitionId, countsFor) : null,
    paused: of.pausedAt !== null,
    gatherUntil: of.backAt && gatherUntil(of.backAt, now),
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

/** Not ordered: an order tempts the planner to walk everything of the coalition that waits; the rules put it right. */
export async function listWaitingFor(tx: Tx, coalitionId: CoalitionId, memberId: string): Promise<Row[]> {
  return tx.outreach.findMany({ where: { coalitionId, memberId, state: 'waiting' }, take: mostWaiting });
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
  of: { urgent: boolean; countsFor: PartnerId | null },
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { urgent, countsFor: partnerId } = of;
  const data = { id: first.id, coalitionId, memberId: first.memberId, urgent, at: now };
  await tx.outreachMessage.createMany({ data, skipDuplicates: true });
  if (!partnerId) return;
  if (rows.some(({ kind }) => kind !== 'ask')) return recordBalance(tx, coalitionId, partnerId, noBalance);
  const before = await lockBalance(tx, coalitionId, partnerId);
  await recordBalance(tx, coalitionId, partnerId, afterMessage(before, rows.map(waitingOf)));
}

export async function recordBalance(
  tx: Tx,
  coalitionId: CoalitionId,
  partnerId: string,
  { asksInRow, lastAsk }: Balance,
): Promise<void> {
  await tx.$executeRaw`
    insert into "PartnerBalance" as had ("coalitionId", "partnerId", "asksInRow", "lastAsk")
    values (${coalitionId}::uuid, ${partnerId}::uuid, ${asksInRow}, ${lastAsk})
    on conflict ("coalitionId", "partnerId")
      do update set "asksInRow" = excluded."asksInRow", "lastAsk" = excluded."lastAsk"
      where had."asksInRow" <> excluded."asksInRow" or had."lastAsk" <> excluded."lastAsk"`;
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
  coalitionId: CoalitionId,
  ids: readonly string[],
  state: 'expired' | 'held' | 'sent' | 'unreachable',
  more: { messageId?: string } = {},
): Promise<void> {
  if (ids.length === 0) return;
  await tx.outreach.updateMany({
    where: { coalitionId, id: { in: [...ids] } },
    data: { state, ...(state === 'held' ? {} : { settledAt: now }), ...more },
  });
}

export const memberOfRow = (row: Row) => row.memberId as MemberId;
