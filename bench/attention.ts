// 10,000 members, mixed outreach for a week, through the real door on a real PostgreSQL: how many messages go out where
// one for each event would, what a decision costs, and whether anybody got more than their cap or anything was lost.
// The second half of the members decides in a database twice as full as the first, which shows whether the cost is flat.
import type { Card } from '../src/core/card.ts';
import { type CoalitionId, newId } from '../src/core/ids.ts';
import type { Tools, Writing } from '../src/core/ports.ts';
import { type Database, inTransaction, openDatabase } from '../src/database.ts';
import { delivery } from '../src/delivery/delivery.ts';
import { makePausedPosts } from '../src/delivery/pausing.ts';
import { staffTasks } from '../src/identity/staff-tasks.ts';
import { makeOutreach } from '../src/outreach/outreach.ts';
import { usualCaps } from '../src/outreach/rules.ts';
import { nextContact } from '../src/time/contact-hours.ts';
import { fireTimer } from '../src/timers/fire.ts';
import { timers } from '../src/timers/timers.ts';
import { seeded } from '../test/support/seeded.ts';
import { type Event, makeEvents, memberZones } from './support/attention-events.ts';
import { openBenchDatabase } from './support/bench-database.ts';

const usualMembers = 10_000;
const membersOfPartner = 4;
const chunk = 2_000;
const atOnce = 4;
const hourMs = 3_600_000;
const start = new Date('2026-03-02T00:00:00Z');
/** The week, and then until nothing waits any more. */
const hours = { week: 7 * 24, most: 30 * 24 };

export async function run(options: readonly string[]): Promise<Record<string, number>> {
  const members = Number(options[0] ?? usualMembers);
  const server = await openBenchDatabase();
  const database = openDatabase(server.url, atOnce + 2);
  try {
    return await measure(database, members);
  } finally {
    await database.$disconnect();
    await server.close();
  }
}

async function measure(database: Database, members: number) {
  let now = start;
  const door = makeOutreach({
    delivery,
    timers,
    staffTasks,
    posts: makePausedPosts(timers).posts,
    unreachable: async () => {},
  });
  const jobs = new Map(door.jobs.map((job) => [job.kind, job]));
  const tools = {
    database,
    write: <T>(work: (writing: Writing) => Promise<T>) =>
      inTransaction(database, (tx) => work({ tx, now, realNow: now, wake() {} })),
  } as unknown as Tools;
  const { coalitionId, people } = await seed(database, members);
  const events = makeEvents(people, start, seeded(11));
  let next = 0;
  const spent: number[] = [];
  /** What a transaction with nothing in it costs at the same time: the baseline on a busy machine. */
  const empty: number[] = [];

  for (let hour = 0; hour < hours.most; hour += 1) {
    now = new Date(start.getTime() + hour * hourMs);
    const wanted = [];
    while (next < events.length && (events[next]?.at ?? now) <= now) wanted.push(events[next++]);
    await want(
      database,
      coalitionId,
      wanted.flatMap((event) => event ?? []),
      now,
    );
    for (;;) {
      const due = await database.timer.findMany({
        where: { doneAt: null, dueAt: { lte: now } },
        orderBy: { dueAt: 'asc' },
        take: chunk,
        select: { id: true },
      });
      if (due.length === 0) break;
      await inParallel(due, async ({ id }) => {
        const began = performance.now();
        await fireTimer(id, jobs, tools);
        spent.push(performance.now() - began);
        if (spent.length % 20 !== 0) return;
        const from = performance.now();
        await tools.write(({ tx }) => tx.$queryRaw`select 1 as "one"`);
        empty.push(performance.now() - from);
      });
    }
    if (hour >= hours.week && (await database.outreach.count({ where: { state: 'waiting' } })) === 0) break;
  }

  const messages = await database.outreachMessage.count();
  const over = await database.$queryRaw<{ over: bigint }[]>`
    select count(*) as "over" from (
      select "urgent", count(*) over (partition by "memberId" order by "at"
        range between '6 days 23:59:59.999' preceding and current row) as "inWeek" from "OutreachMessage"
    ) as each where not "urgent" and "inWeek" > ${usualCaps.perWeek}`;
  const overDay = await database.$queryRaw<{ over: bigint }[]>`
    select count(*) as "over" from (
      select o."urgent", count(*) over (partition by o."memberId", (o."at" at time zone m."timeZone")::date
        order by o."at") as "onDay" from "OutreachMessage" o join "Member" m on m."id" = o."memberId"
    ) as each where not "urgent" and "onDay" > ${usualCaps.perDay}`;
  const settled = await database.outreach.count({
    where: { state: { in: ['sent', 'expired', 'held', 'unreachable'] } },
  });
  const half = Math.floor(spent.length / 2);
  return {
    members,
    events: events.length,
    messages,
    messagesShare: rounded(messages / events.length),
    msPerDecision: rounded(mean(spent)),
    msPerEmptyTransaction: rounded(mean(empty)),
    msFirstHalf: rounded(mean(spent.slice(0, half))),
    msSecondHalf: rounded(mean(spent.slice(half))),
    overCap: Number(over[0]?.over ?? 0),
    overDay: Number(overDay[0]?.over ?? 0),
    lost: events.length - settled,
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length);

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const worker = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

type Person = { readonly id: string; readonly partnerId: string; readonly timeZone: string };

async function seed(database: Database, members: number) {
  const coalitionId = newId<CoalitionId>();
  const at = { createdAt: start };
  await database.coalition.create({ data: { id: coalitionId, name: 'Bench', timeZone: 'UTC', ...at } });
  const workspaceId = newId();
  const workspace = { id: workspaceId, coalitionId, platform: 'console', ref: 'bench', name: 'Bench', ...at };
  await database.workspace.create({ data: workspace });
  const partners = Array.from({ length: Math.ceil(members / membersOfPartner) }, (_, number) => ({
    id: newId() as string,
    coalitionId,
    name: `Partner ${number}`,
    nameKey: `partner ${number}`,
    joinedAt: start,
    confirmedAt: start,
  }));
  await inChunks(partners, (data) => database.partner.createMany({ data }));
  const people: Person[] = Array.from({ length: members }, (_, number) => ({
    id: newId() as string,
    partnerId: partners[Math.floor(number / membersOfPartner)]?.id ?? '',
    timeZone: memberZones[number % memberZones.length] ?? 'UTC',
  }));
  await inChunks(people, (some) =>
    database.member.createMany({
      data: some.map((one, number) => ({
        ...one,
        coalitionId,
        name: `Member ${number}`,
        standing: 'representative',
        language: 'en',
        joinedAt: start,
      })),
    }),
  );
  await inChunks(people, (some) =>
    database.account.createMany({
      data: some.map(({ id }) => ({ coalitionId, workspaceId, memberId: id, ref: id, name: id })),
    }),
  );
  return { coalitionId, people };
}

async function inChunks<T>(all: readonly T[], write: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += chunk) await write(all.slice(from, from + chunk));
}

/** What `reach` writes, for many at once: the rows and the timer of each. */
async function want(
  database: Database,
  coalitionId: CoalitionId,
  events: readonly Event<Person>[],
  now: Date,
): Promise<void> {
  const card: Card = { parts: [{ part: 'text', text: ['One thing'] }] };
  const rows = events.map((event) => ({ ...event, id: newId() as string }));
  await inChunks(rows, (some) =>
    database.outreach.createMany({
      data: some.map(({ id, person, kind, subject, expiresAt, urgent }) => ({
        id,
        coalitionId,
        memberId: person.id,
        partnerId: person.partnerId,
        kind,
        feature: 'bench',
        subject,
        card: card as never,
        ...(urgent ? { urgent: ['It begins now.'] } : {}),
        wantedAt: now,
        expiresAt,
      })),
    }),
  );
  await inChunks(rows, (some) =>
    database.timer.createMany({
      data: some.map(({ id, person, urgent }) => ({
        coalitionId,
        kind: 'outreach.send',
        subject: id,
        occurrence: 'first',
        dueAt: urgent ? now : nextContact(now, hoursOf(person)),
      })),
    }),
  );
}

const hoursOf = ({ timeZone }: Person) => ({
  timeZone,
  quietHoursStart: '18:00',
  quietHoursEnd: '08:00',
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  awayUntil: null,
});
