import { type Card, note } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { CoalitionId, MemberId, PartnerId } from '../core/ids.ts';
import type { JoinedItemId } from '../core/joined-id.ts';
import type { PausedPosts } from '../core/paused-posts.ts';
import type { Delivery, StaffTasks, Timers, Writing } from '../core/ports.ts';
import type { Reader } from '../core/reader.ts';
import type { Text } from '../core/text.ts';
import { code } from '../core/text.ts';
import type { Coalition } from '../core/who.ts';
import { getCoalition } from '../identity/store.ts';
import { restoreBalance } from './balance.ts';
import { type Item, joinedCard } from './joined.ts';
import { decide, inOrder, lastsUntil, nextFree, type Verdict } from './rules.ts';
import {
  listIn,
  listWaitingFor,
  listWays,
  lockTurn,
  memberOfRow,
  mostWaiting,
  type Person,
  type Row,
  readPerson,
  recordMessage,
  recordState,
  recordTouchpoint,
  type Turn,
  waitingOf,
} from './store.ts';
import { say } from './words.ts';

export const sendKind = 'outreach.send';
export type Ports = {
  delivery: Delivery;
  timers: Timers;
  staffTasks: StaffTasks;
  posts: PausedPosts;
  /** Tells the features that no way to somebody is left, and that this is not the bot's own trouble. */
  unreachable(writing: Writing, coalition: Coalition, memberId: MemberId): Promise<void>;
};

/** Looks at somebody's waiting things again at a moment. `because` tells two plans for one moment apart. */
export async function plan(
  ports: Ports,
  writing: Writing,
  row: Pick<Row, 'id' | 'coalitionId'>,
  dueAt: Date,
  because = '',
): Promise<void> {
  await planEach(ports, writing, [[row, dueAt]], because);
}

/** The same for several in one statement. */
export async function planEach(
  ports: Ports,
  writing: Writing,
  planned: readonly (readonly [Pick<Row, 'id' | 'coalitionId'>, Date])[],
  because = '',
): Promise<void> {
  const timers = planned.map(([row, dueAt]) => ({
    ...{ coalitionId: row.coalitionId as CoalitionId, kind: sendKind, subject: row.id, dueAt },
    occurrence: `${dueAt.toISOString()}${because}`,
  }));
  await ports.timers.setEach(writing, timers);
}

/**
 * Any thing that is due makes a person's turn: everything that waits for them is decided about together. So at
 * least one timer stands for whoever has anything waiting, and one is enough.
 */
export function makeSend(ports: Ports): TimedJob {
  return {
    kind: sendKind,
    async run({ writing, coalition, subject }) {
      const { tx } = writing;
      const row = await lockTurn(tx, coalition.id, subject);
      if (!row || (row.state !== 'waiting' && row.state !== 'held')) return;
      if (row.state === 'held') return expireHeld(ports, writing, row);
      await sendWaiting(ports, writing, coalition, row.memberId);
    },
  };
}

/** One person's turn, under their lock: decides about everything that waits for them, and sends what may go. */
async function sendWaiting(
  ports: Ports,
  writing: Writing,
  coalition: Coalition,
  memberId: string,
): Promise<void> {
  for (;;) {
    const rows = await listWaitingFor(writing.tx, coalition.id, memberId);
    if (rows.length === 0) return;
    const person = await readPerson(writing, coalition, memberId, rows);
    const verdict = decide(person);
    await apply(ports, writing, coalition, rows, person, verdict);
    if (verdict.again) {
      const gone = new Set([...verdict.expired, ...verdict.urgent]);
      const waiting = rows.find(({ id }) => !gone.has(id));
      if (waiting) await plan(ports, writing, waiting, verdict.again.at);
      return;
    }
    const left = verdict.more || rows.length === mostWaiting;
    if (verdict.joined.length === 0 || !left) return;
    // What could not stand among others is still waiting, and follows if their allowance has room.
  }
}

/** Does what was decided. */
async function apply(
  ports: Ports,
  writing: Writing,
  coalition: Coalition,
  rows: readonly Row[],
  person: Person,
  verdict: Verdict,
): Promise<void> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const those = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  await recordState(writing, coalition.id, verdict.expired, 'expired');
  await hold(ports, writing, coalition, those(verdict.held));
  let { balance } = person;
  for (const row of those(verdict.urgent))
    balance = await send(ports, writing, coalition, [row], { ...person, balance });
  await send(ports, writing, coalition, those(verdict.joined), { ...person, balance });
}

/** Sends things as one message by the best account that still works. Gives the balance after it. */
async function send(
  ports: Ports,
  writing: Writing,
  coalition: Coalition,
  rows: readonly Row[],
  person: Person,
): Promise<Person['balance']> {
  const [first] = rows;
  const { countsFor, balance: before } = person;
  if (!first) return before;
  const drawn = messageCard(rows, person, brokenRule(first, person));
  // What nobody can get is no contact: it counts in no balance.
  if (!(await post(ports, writing, first, drawn, []))) {
    await recordUnreachable(ports, writing, rows, null);
    return before;
  }
  return recordMessage(writing, coalition.id, rows, {
    ...{ countsFor, before, sent: true },
    urgent: first.urgent !== null,
  });
}

/** Why it comes although their hours or limits speak against it; null when they do not. */
const brokenRule = (first: Row, person: Person): Text | null =>
  first.urgent !== null && nextFree(person).at > person.now ? (first.urgent as unknown as Text) : null;

async function post(
  ports: Ports,
  writing: Writing,
  first: Row,
  drawn: Card,
  /** The lanes by which it did not arrive. */
  notBy: readonly string[],
): Promise<boolean> {
  const coalitionId = first.coalitionId as CoalitionId;
  const { posted } = await ports.delivery.post(writing, {
    coalitionId,
    to: { member: memberOfRow(first), notBy },
    key: `outreach:${first.id}:${notBy.length + 1}`,
    card: drawn,
  });
  return posted;
}

/** One thing is its own card; several stand in one. */
function messageCard(rows: readonly Row[], reader: Reader, breaksRule: Text | null): Card {
  const [first] = rows;
  if (!first) throw new Error('A message of nothing');
  const drawn = rows.length === 1 ? cardOf(first) : joinedCard(reader, itemsOf(rows), 0);
  if (!breaksRule) return drawn;
  return { ...drawn, parts: [...drawn.parts, note(say(reader, 'urgent', { reason: breaksRule }))] };
}

export const itemsOf = (rows: readonly Row[]): Item[] =>
  rows.map((row) => ({ id: row.id as JoinedItemId, asks: row.kind === 'ask', card: cardOf(row) }));

export const cardOf = (row: Row): Card => row.card as unknown as Card;

/** The things of a message in the order in which they stand in it, the first one leading. */
export async function inMessage(tx: Writing['tx'], messageId: string): Promise<Row[]> {
  const rows = await listIn(tx, messageId);
  return rows.sort((a, b) => inOrder(waitingOf(a), waitingOf(b)));
}

/** More accounts than anybody has: one message is tried once by each. */
const mostTries = 20;

/** A message has arrived, or failed by one account: then the next is tried, and after the last a person has to. */
export async function settleMessage(
  ports: Ports,
  writing: Writing,
  messageId: string,
  failure: string | null,
): Promise<void> {
  const rows = await inMessage(writing.tx, messageId);
  const first = rows.find(({ id }) => id === messageId);
  if (!first) return;
  const coalitionId = first.coalitionId as CoalitionId;
  if (failure === null) {
    for (const row of rows) await recordTouchpoint(writing, row);
    await ports.staffTasks.close(writing, {
      coalitionId,
      kind: 'member-unreachable',
      subject: first.memberId,
    });
    return;
  }
  const coalition = await getCoalition(writing.tx, coalitionId);
  // It is in their allowance already, and does not speak against itself.
  const person = await readPerson(writing, coalition, first.memberId, rows, first.id);
  // Whole keys, which the index finds; the beginning of a key would read every message of the coalition.
  const keys = Array.from({ length: mostTries }, (_, index) => `outreach:${first.id}:${index + 1}`);
  const tries = await writing.tx.outgoing.findMany({
    where: { coalitionId, key: { in: keys } },
    select: { laneId: true },
  });
  const notBy = tries.map(({ laneId }) => laneId);
  const drawn = messageCard(rows, person, brokenRule(first, person));
  if (await post(ports, writing, first, drawn, notBy)) return;
  await recordUnreachable(ports, writing, rows, failure);
  if (person.countsFor) await countAnew(ports, writing, coalitionId, person.countsFor);
}

/** A message counted and never arrived: the balance is what it would be without it, and so is what is held. */
async function countAnew(
  ports: Ports,
  writing: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<void> {
  const { before, after } = await restoreBalance(writing, coalitionId, partnerId);
  if (after.asksInRow < before.asksInRow) await letHeldGo(ports, writing, coalitionId, partnerId);
}

/** Whoever has something held for a partner has their turn at once; what still may not go is held again. */
export async function letHeldGo(
  ports: Ports,
  writing: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  released?: { releasedAt: Date; releasedById: MemberId },
): Promise<number> {
  const held = await writing.tx.outreach.updateManyAndReturn({
    where: { coalitionId, partnerId, state: 'held' },
    data: { state: 'waiting', ...released },
  });
  for (const row of held) await plan(ports, writing, row, writing.now, '-let-go');
  await ports.staffTasks.close(writing, { coalitionId, kind: 'asks-held', subject: partnerId });
  return held.length;
}

/** What never arrived is on record, and staff hear why: of the person, or of the workspace that has a task of its own. */
async function recordUnreachable(
  ports: Ports,
  writing: Writing,
  rows: readonly Row[],
  failure: string | null,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { tx } = writing;
  const ids = rows.map(({ id }) => id);
  await recordState(writing, first.coalitionId as CoalitionId, ids, 'unreachable');
  // What never arrived does not count against anybody.
  await tx.outreachMessage.deleteMany({ where: { id: first.messageId ?? first.id } });
  const coalition = await getCoalition(tx, first.coalitionId as CoalitionId);
  const member = await tx.member.findUniqueOrThrow({ where: { id: first.memberId } });
  const ways = await listWays(tx, coalition.id, first.memberId);
  const works = ways.some((way) => way.closedWhy === null && way.workspace === 'here');
  if (!works && ways.some((way) => way.closedWhy === null && way.workspace === 'away')) return;
  const closedWhy = ways.find((way) => way.closedWhy !== null)?.closedWhy ?? 'none';
  const known = `why.${failure === null || failure === 'disconnected' ? closedWhy : failure}`;
  const why = say.plain(coalition, say.has(known) ? (known as 'why.none') : 'why.other');
  const named = { member: member.id as MemberId, name: member.name };
  const text = say(coalition, 'unreachable', { member: named, why });
  const task = { coalitionId: coalition.id, kind: 'member-unreachable', subject: member.id, text };
  await ports.staffTasks.open(writing, task);
  if (!works) await ports.unreachable(writing, coalition, named.member);
}

/** Asks that would follow nothing but asks: staff decide, and each is dropped when its time is up. */
async function hold(
  ports: Ports,
  writing: Writing,
  coalition: Coalition,
  rows: readonly Row[],
): Promise<void> {
  const [first] = rows;
  if (!first?.partnerId) return;
  const ids = rows.map(({ id }) => id);
  await recordState(writing, coalition.id, ids, 'held');
  for (const row of rows) await plan(ports, writing, row, lastsUntil(row), '-held');
  const { coalitionId, partnerId } = first;
  const partner = await writing.tx.partner.findUniqueOrThrow({ where: { id: partnerId } });
  const balance = await writing.tx.partnerBalance.findUnique({
    where: { coalitionId_partnerId: { coalitionId, partnerId } },
  });
  const text = say(coalition, 'held.task', {
    partner: partner.name,
    asks: balance?.asksInRow ?? 0,
    log: code('/checkin log'),
    held: code('/attention held'),
  });
  const task = { coalitionId: coalition.id, kind: 'asks-held', subject: partnerId, text };
  await ports.staffTasks.open(writing, task);
}

async function expireHeld(ports: Ports, writing: Writing, row: Turn): Promise<void> {
  const until = lastsUntil(row);
  if (until > writing.now) return plan(ports, writing, row, until, '-held');
  await recordState(writing, row.coalitionId as CoalitionId, [row.id], 'expired');
}
