import type { Card } from '../core/card.ts';
import { type CoalitionId, type MemberId, newId, type PartnerId } from '../core/ids.ts';
import { isJoinable } from '../core/joined-id.ts';
import type { Reaching, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma, Reading, Tx } from '../database.ts';
import type { ContactHours } from '../time/contact-hours.ts';
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

export type MemberRow = NonNullable<Awaited<ReturnType<Writing['tx']['member']['findUnique']>>>;

/**
 * Writes down what is wanted, without what was before and who has left; with the members, by id. All of it is of one
 * coalition.
 */
export async function record(
  { tx, now }: Writing,
  messages: readonly Reaching[],
  state: 'waiting' | 'together',
): Promise<{ rows: Row[]; members: ReadonlyMap<string, MemberRow> }> {
  const [first] = messages;
  if (!first) return { rows: [], members: new Map() };
  const coalitionId = first.coalition.id;
  const ids = [...new Set(messages.map(({ member }) => member))];
  const found = await tx.member.findMany({ where: { id: { in: ids }, coalitionId, leftAt: null } });
  const members = new Map(found.map((member) => [member.id, member]));
  const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
  const data = messages.flatMap((message) => {
    const to = members.get(message.member);
    if (!to) return [];
    return {
      id: newId(),
      coalitionId,
      memberId: to.id,
      partnerId: to.partnerId,
      kind: message.kind,
      feature: message.from,
      subject: message.subject,
      card: json(message.card),
      state,
      matters: message.matters ?? 'usual',
      ...(message.urgent ? { urgent: json(message.urgent) } : {}),
      why: json(message.why),
      confidential: message.confidential ?? false,
      releasedAt: message.released?.at ?? null,
      releasedById: message.released?.by ?? null,
      wantedAt: now,
      expiresAt: message.expires ?? null,
    };
  });
  if (data.length === 0) return { rows: [], members };
  const made = await tx.outreach.createManyAndReturn({ data, skipDuplicates: true });
  const byId = new Map(made.map((row) => [row.id, row]));
  return { rows: data.flatMap(({ id }) => byId.get(id) ?? []), members };
}

/**
 * A later reminder takes the place of earlier ones of the same ask that have not gone out. What staff let go stays
 * let go.
 */
export async function replaceEarlier({ tx, now }: Writing, rows: readonly Row[]): Promise<void> {
  const later = rows.flatMap(({ id, coalitionId, memberId, feature, subject }) => {
    const ask = ofOneAsk(subject);
    return ask ? { id, coalitionId, memberId, feature, ask } : [];
  });
  if (later.length === 0) return;
  const earlier = await tx.$queryRaw<{ id: string; releasedAt: Date | null; releasedById: string | null }[]>`
    update "Outreach" o set "state" = 'expired', "settledAt" = ${now}
    from jsonb_to_recordset(${JSON.stringify(later)}::jsonb)
      as l("id" uuid, "coalitionId" uuid, "memberId" uuid, "feature" text, "ask" text)
    where o."coalitionId" = l."coalitionId" and o."memberId" = l."memberId" and o."feature" = l."feature"
      and o."id" <> l."id" and o."state" in ('waiting', 'held') and starts_with(o."subject", l."ask")
    returning l."id", o."releasedAt", o."releasedById"`;
  const coalitionOf = new Map(rows.map(({ id, coalitionId }) => [id, coalitionId]));
  for (const { id, ...released } of earlier) {
    const coalitionId = coalitionOf.get(id);
    if (released.releasedAt && coalitionId)
      await tx.outreach.update({ where: { id, coalitionId }, data: released });
  }
}

/** Decisions about one person happen one after the other, so that two cannot spend the same allowance. */
export async function lockPerson(tx: Tx, memberId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`person ${memberId}`}, 0))::text`;
}

export type Turn = Pick<Row, 'id' | 'coalitionId' | 'memberId' | 'state' | 'wantedAt' | 'expiresAt'>;

/** What is due, with its person locked; null when it is gone. */
export async function lockTurn(tx: Tx, coalitionId: CoalitionId, id: string): Promise<Turn | null> {
  const [row] = await tx.$queryRaw<Turn[]>`
    select "id", "coalitionId", "memberId", "state", "wantedAt", "expiresAt",
      pg_advisory_xact_lock(hashtextextended('person ' || "memberId", 0))::text
    from "Outreach" where "id" = ${id}::uuid and "coalitionId" = ${coalitionId}::uuid`;
  return row ?? null;
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

/**
 * Everything a decision about one person needs, in one round trip; every part of it is found by an index.
 *
 * @param besides a message that does not count in their allowance, because it is the one decided about
 */
export async function readPerson(
  { tx, now }: Writing,
  coalition: Coalition,
  memberId: string,
  rows: readonly Row[],
  besides: string | null = null,
): Promise<Person> {
  const coalitionId = coalition.id;
  const weekAgo = new Date(now.getTime() - weekMs);
  const [of] = await tx.$queryRaw<PersonRow[]>`
    select m."language", m."timeZone", m."standing", m."partnerId", m."quietHoursStart", m."quietHoursEnd",
      m."awayUntil", m."snoozedUntil", s."perWeek", s."perDay", s."asksInRow", s."pausedAt",
      array(select o."at" from "OutreachMessage" o
        where o."coalitionId" = m."coalitionId" and o."memberId" = m."id" and o."at" > ${weekAgo}
          and o."id" is distinct from ${besides}::uuid) as "sentAt",
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
    hours: hoursOf(coalition, of),
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

type OwnHours = Pick<
  MemberRow,
  'timeZone' | 'quietHoursStart' | 'quietHoursEnd' | 'awayUntil' | 'snoozedUntil'
>;

/** When somebody may be contacted: by their own hours, and by the coalition's where they have none. */
export const hoursOf = (coalition: Coalition, of: OwnHours): ContactHours => ({
  timeZone: of.timeZone,
  quietHoursStart: of.quietHoursStart ?? coalition.quietHoursStart,
  quietHoursEnd: of.quietHoursEnd ?? coalition.quietHoursEnd,
  workingDays: coalition.workingDays,
  holidays: coalition.holidays,
  awayUntil: latest(of.awayUntil, of.snoozedUntil),
});

export type Allowance = Pick<Situation, 'hours' | 'sentAt' | 'caps'>;

/** What several people's hours are and what they have had in the last week, in as many statements as for one. */
export async function mapAllowances(
  reading: Reading,
  coalition: Coalition,
  memberIds: readonly MemberId[],
  now: Date,
): Promise<Map<MemberId, Allowance>> {
  const ids = [...new Set(memberIds)];
  const coalitionId = coalition.id;
  const weekAgo = new Date(now.getTime() - weekMs);
  const [members, messages, caps] = await Promise.all([
    reading.member.findMany({ where: { coalitionId, id: { in: ids } } }),
    reading.outreachMessage.findMany({
      where: { coalitionId, memberId: { in: ids }, at: { gt: weekAgo } },
    }),
    findAttention(reading, coalitionId),
  ]);
  const sentAt = new Map<string, Date[]>();
  for (const { memberId, at } of messages) sentAt.set(memberId, [...(sentAt.get(memberId) ?? []), at]);
  return new Map(
    members.map((member) => [
      member.id as MemberId,
      { hours: hoursOf(coalition, member), sentAt: sentAt.get(member.id) ?? [], caps },
    ]),
  );
}

export const waitingOf = (row: Row): Waiting => ({
  id: row.id,
  kind: row.kind as Waiting['kind'],
  feature: row.feature,
  subject: row.subject,
  matters: row.matters as Waiting['matters'],
  wantedAt: row.wantedAt,
  expiresAt: row.expiresAt,
  urgent: row.urgent !== null,
  joinable: isJoinable(row.card as unknown as Card),
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

/** Whoever was never contacted gets their row now: a row that is not there cannot be locked. */
export async function lockBalance(tx: Tx, coalitionId: CoalitionId, partnerId: string): Promise<Balance> {
  const lock = () => tx.$queryRaw<Balance[]>`
    select "asksInRow", "lastAsk" from "PartnerBalance"
    where "coalitionId" = ${coalitionId}::uuid and "partnerId" = ${partnerId}::uuid for update`;
  const [had] = await lock();
  if (had) return had;
  await tx.partnerBalance.createMany({
    data: { coalitionId, partnerId, ...noBalance },
    skipDuplicates: true,
  });
  const [made] = await lock();
  return made ?? noBalance;
}

/**
 * Counts one message to somebody: against their allowance, and in the balance of their partner, which it gives as it
 * is then; what is confidential counts in no balance, which staff see. `before`: that balance, locked; null where it
 * is not known. `sent`: what of it is on its way now.
 */
export async function recordMessage(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  rows: readonly Row[],
  of: { urgent: boolean; countsFor: PartnerId | null; before: Balance | null; sent: boolean },
): Promise<Balance | null> {
  const [first] = rows;
  if (!first) return of.before;
  const { urgent } = of;
  const counted = rows.filter(({ confidential }) => !confidential);
  const partnerId = counted.length > 0 ? of.countsFor : null;
  const onlyAsks = counted.every(({ kind }) => kind === 'ask');
  const before =
    partnerId && onlyAsks ? (of.before ?? (await lockBalance(tx, coalitionId, partnerId))) : null;
  const after = before ? afterMessage(before, counted.map(waitingOf)) : noBalance;
  const sent = of.sent ? rows.map(({ id }) => id) : [];
  await tx.$executeRaw`
    with message as (
      insert into "OutreachMessage" ("id", "coalitionId", "memberId", "urgent", "at")
      values (${first.id}::uuid, ${coalitionId}::uuid, ${first.memberId}::uuid, ${urgent}, ${now})
      on conflict do nothing
    ), settled as (
      update "Outreach" set "state" = 'sent', "settledAt" = ${now}, "messageId" = ${first.id}::uuid
      where "id" = any(${sent}::uuid[]) and "coalitionId" = ${coalitionId}::uuid
    )
    insert into "PartnerBalance" as had ("coalitionId", "partnerId", "asksInRow", "lastAsk")
    select ${coalitionId}::uuid, p, ${after.asksInRow}, ${after.lastAsk}
    from (select ${partnerId}::uuid) as counted(p) where p is not null
    on conflict ("coalitionId", "partnerId")
      do update set "asksInRow" = excluded."asksInRow", "lastAsk" = excluded."lastAsk"
      where had."asksInRow" <> excluded."asksInRow" or had."lastAsk" <> excluded."lastAsk"`;
  return of.before && (counted.length > 0 ? after : of.before);
}

/** What stands in one message, in no order of its own. */
export async function listIn(reading: Reading, messageId: string): Promise<Row[]> {
  return reading.outreach.findMany({ where: { messageId } });
}

/** That somebody was reached; of what is confidential their partner's balance tells nothing. */
export async function recordTouchpoint({ tx, now }: Writing, row: Row): Promise<void> {
  const { coalitionId, memberId, kind, feature, subject, id } = row;
  const partnerId = row.confidential ? null : row.partnerId;
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
): Promise<void> {
  if (ids.length === 0) return;
  await tx.outreach.updateMany({
    where: { coalitionId, id: { in: [...ids] } },
    data: { state, ...(state === 'held' ? {} : { settledAt: now }) },
  });
}

export const memberOfRow = (row: Row) => row.memberId as MemberId;

/** An account as a way to its person; `away`: the bot is not in its workspace at the moment. */
type Way = { readonly closedWhy: string | null; readonly workspace: 'here' | 'away' | 'unlinked' };

export async function listWays(tx: Tx, coalitionId: CoalitionId, memberId: string): Promise<Way[]> {
  const accounts = await tx.account.findMany({
    where: { coalitionId, memberId },
    include: { workspace: { select: { removedAt: true, unlinkedAt: true } } },
    orderBy: { unreachableSince: { sort: 'desc', nulls: 'last' } },
  });
  return accounts.map(({ unreachableSince, unreachableWhy, workspace: { removedAt, unlinkedAt } }) => ({
    closedWhy: unreachableSince && (unreachableWhy ?? 'other'),
    workspace: unlinkedAt ? 'unlinked' : removedAt ? 'away' : 'here',
  }));
}
