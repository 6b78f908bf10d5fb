import type { Bot } from '../../bot.ts';
import { type CoalitionId, type MemberId, newId, type PartnerId } from '../../src/core/ids.ts';
import type { Coalition } from '../../src/core/who.ts';
import type { Database } from '../../src/database.ts';
import type { MeasureId } from '../../src/features/measures/definition/rules.ts';
import { findMeasure } from '../../src/features/measures/definition/store.ts';
import { measures } from '../../src/features/measures/feature.ts';
import { planOpening } from '../../src/features/measures/periods/jobs.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { addDays, atWallClock, localDate } from '../../src/time/wall-clock.ts';

/**
 * Months of weekly and monthly measures on a clock moved by hand, with times in which the bot is down. Whatever was
 * reminded of is compared with what should have been, worked out here from the dates alone.
 */
type Year = {
  readonly partners: number;
  readonly weekly: number;
  readonly monthly: number;
  readonly from: string;
  readonly until: string;
  /** Nothing happens from the first to the second. */
  readonly downtimes: readonly (readonly [string, string])[];
};

export type Outcome = {
  readonly requests: number;
  readonly reminders: number;
  readonly messages: number;
  readonly checkIns: number;
  /** Reminders that should have gone out and did not, and those that did and should not. */
  readonly missing: readonly string[];
  readonly tooMany: readonly string[];
  /** Time spent in timers: opening periods, asking and handing over to delivery. */
  readonly workMs: number;
};

const zones = ['America/Winnipeg', 'Europe/Berlin', 'America/Vancouver', 'Asia/Tokyo'] as const;
const coalitionZone = 'America/Winnipeg';
const hourMs = 3_600_000;
const workers = 4;
const due = { weekly: { dueDays: 3, lead: 2 }, monthly: { dueDays: 10, lead: 5 } } as const;

type Rhythm = keyof typeof due;
/** When a partner answers: before it is asked, after the first notice, after the day it was due, or never. */
type Habit = 'early' | 'after-notice' | 'after-due' | 'never';
type Partner = {
  readonly id: PartnerId;
  readonly zone: string;
  readonly first: MemberId;
  readonly second: MemberId | null;
};

/** A bot whose timers are fired by hand. */
export type Lived = Pick<Bot, 'database' | 'tools' | 'fire'>;

export async function simulateYear(bot: Lived, clock: { now: Date }, of: Year): Promise<Outcome> {
  const { database } = bot;
  clock.now = new Date(of.from);
  const coalition = await writeCoalition(bot, clock.now);
  const partners = await writePartners(bot, coalition.id, of.partners, clock.now);
  const rhythms = await writeMeasures(bot, coalition, of);
  const downtimes = of.downtimes.map(([from, to]) => [new Date(from), new Date(to)] as const);
  /** The first moment from here on at which the bot is up. */
  const up = (at: Date): Date => {
    const down = downtimes.find(([from, to]) => from <= at && at < to);
    return down ? down[1] : at;
  };

  /** To whom and when, by request and step. */
  const expected = new Map<string, string>();
  const answers: { at: Date; id: string }[] = [];
  let [seen, workMs] = ['00000000-0000-0000-0000-000000000000', 0];
  const end = new Date(of.until);
  let analyseAt = new Date(clock.now.getTime() + 8 * 24 * hourMs);
  for (;;) {
    const timer = await database.timer.findFirst({
      where: { doneAt: null },
      orderBy: { dueAt: 'asc' },
      select: { dueAt: true },
    });
    const [answer] = answers;
    const times = [timer && up(timer.dueAt), answer?.at].filter((each) => each instanceof Date);
    const next = times.reduce<Date | null>(
      (first, each) => (first === null || each < first ? each : first),
      null,
    );
    if (next === null || next > end) break;
    clock.now = next > clock.now ? next : clock.now;
    if (clock.now >= analyseAt) {
      // In a year that takes a year the database does so by itself.
      await database.$executeRaw`analyze`;
      analyseAt = new Date(clock.now.getTime() + 14 * 24 * hourMs);
    }
    workMs += await fireAllDue(bot, clock.now);
    const fresh = await database.measureRequest.findMany({
      where: { coalitionId: coalition.id, id: { gt: seen } },
      include: { period: { select: { endsOn: true, key: true } } },
      orderBy: { id: 'asc' },
    });
    seen = fresh.at(-1)?.id ?? seen;
    for (const request of fresh) {
      const partner = partners.get(request.partnerId);
      const rhythm = rhythms.get(request.measureId);
      if (!partner || !rhythm) throw new Error('A request of nobody here');
      const key = { measure: request.measureId, period: request.period.key, partner };
      const plan = planFor(key, rhythm, request.period.endsOn, clock.now, up);
      if (plan.answerAt) answers.push({ at: plan.answerAt, id: request.id });
      for (const { step, at, to } of plan.steps)
        if (at <= end) expected.set(`${request.id} ${step}`, happening(to, at));
    }
    if (fresh.length > 0) answers.sort((a, b) => a.at.getTime() - b.at.getTime());
    await giveUntil(bot, coalition.id, answers, clock.now);
  }

  const rows = await database.measureReminder.findMany({ where: { coalitionId: coalition.id } });
  const tasks = await database.staffTask.findMany({
    where: { coalitionId: coalition.id, kind: 'data-check-in' },
  });
  const happened = new Map<string, string>([
    ...rows.map((row): [string, string] => [`${row.requestId} ${row.step}`, happening(row.memberId, row.at)]),
    ...tasks.map((task): [string, string] => [`${task.subject} check-in`, happening(null, task.openedAt)]),
  ]);
  const { sent, twice } = await listSent(database, coalition.id);
  const notSent = rows.filter((row) => sent.get(row.message) !== happening(row.memberId, row.at));
  return {
    requests: await database.measureRequest.count({ where: { coalitionId: coalition.id } }),
    reminders: rows.length,
    messages: sent.size,
    checkIns: tasks.length,
    missing: [
      ...[...expected].filter(([key, to]) => happened.get(key) !== to).map(([key]) => key),
      ...notSent.map(({ requestId, step }) => `${requestId} ${step} in no message of that moment`),
    ],
    tooMany: [...[...happened.keys()].filter((key) => !expected.has(key)), ...twice],
    workMs,
  };
}

/**
 * To whom and when each message of reminders was handed over to delivery, by its subject; and whoever got two at one
 * moment, where one card would do.
 */
async function listSent(database: Database, coalitionId: CoalitionId) {
  const messages = await database.outreach.findMany({
    where: { coalitionId, subject: { startsWith: 'remind:' }, state: 'sent' },
    select: { id: true, subject: true },
  });
  const outgoing = await database.outgoing.findMany({
    where: { coalitionId },
    select: { key: true, memberId: true, createdAt: true },
  });
  const byKey = new Map(outgoing.map((row) => [row.key, happening(row.memberId, row.createdAt)]));
  const moments = outgoing.map((row) => happening(row.memberId, row.createdAt));
  const seen = new Set<string>();
  return {
    sent: new Map(messages.map(({ id, subject }) => [subject, byKey.get(`outreach:${id}:1`)])),
    twice: moments.filter((moment) => seen.size === seen.add(moment).size).map((each) => `twice: ${each}`),
  };
}

const happening = (to: string | null, at: Date): string => `${to ?? 'staff'} ${at.toISOString()}`;

/** What is due happens, as several workers would do it, and what that makes due, until nothing is. */
async function fireAllDue(bot: Lived, now: Date): Promise<number> {
  const began = performance.now();
  for (;;) {
    const due = await bot.database.timer.findMany({
      where: { doneAt: null, dueAt: { lte: now } },
      orderBy: { dueAt: 'asc' },
      take: 200,
      select: { id: true },
    });
    if (due.length === 0) return performance.now() - began;
    const work = async () => {
      for (let next = due.shift(); next; next = due.shift()) await bot.fire(next.id);
    };
    await Promise.all(Array.from({ length: workers }, work));
  }
}

/** Figures that came in by now: those of one moment in one statement, because not they are measured here. */
async function giveUntil(
  bot: Lived,
  coalitionId: CoalitionId,
  answers: { at: Date; id: string }[],
  now: Date,
) {
  let count = 0;
  while (count < answers.length && (answers[count]?.at ?? now) <= now) count += 1;
  const ids = answers.splice(0, count).map(({ id }) => id);
  if (ids.length === 0) return;
  await bot.database.measureRequest.updateMany({
    where: { coalitionId, id: { in: ids } },
    data: { submittedAt: now, nextAt: null },
  });
  await bot.database.staffTask.updateMany({
    where: { coalitionId, subject: { in: ids } },
    data: { doneAt: now },
  });
}

/** Which steps are to be taken about a request, worked out without any of the code that takes them. */
function planFor(
  of: { measure: string; period: string; partner: Partner },
  rhythm: Rhythm,
  endsOn: string,
  openedAt: Date,
  up: (at: Date) => Date,
) {
  const { zone, first, second } = of.partner;
  const { dueDays, lead } = due[rhythm];
  const gap = Math.max(1, Math.floor(lead / 2));
  const dueOn = addDays(endsOn, dueDays);
  const nine = (date: string) => atWallClock(date, '09:00', zone);
  const later = (a: Date, b: Date) => (a > b ? a : b);
  const habit = habitOf(`${of.measure}${of.period}${of.partner.id}`);
  const days = { notice: addDays(dueOn, -lead), before: addDays(dueOn, -gap), due: dueOn };
  const answers: Record<Habit, Date | null> = {
    early: later(new Date(openedAt.getTime() + 60_000), new Date(nine(days.notice).getTime() - 119 * 60_000)),
    'after-notice': new Date(later(nine(days.notice), openedAt).getTime() + 7 * hourMs + 60_000),
    'after-due': new Date(later(nine(days.due), openedAt).getTime() + 30 * hourMs + 60_000),
    never: null,
  };
  const wanted = answers[habit];
  // Whoever answers while the bot is down answers a minute after it is back.
  const back = wanted && up(wanted);
  const answerAt = wanted && back && (back > wanted ? new Date(back.getTime() + 60_000) : wanted);
  const isOpen = (at: Date) => answerAt === null || at < answerAt;
  const steps: { step: string; at: Date; to: MemberId | null }[] = [];
  let said: Date | null = null;
  for (const step of ['notice', 'before', 'due'] as const) {
    const at = up(later(nine(days[step]), openedAt));
    if (!isOpen(at)) break;
    const last = steps.at(-1);
    // Of several that come due while the bot is down, the last one is said.
    if (last && last.at.getTime() === at.getTime()) steps.pop();
    steps.push({ step, at, to: first });
    said = at;
  }
  if (said === null || steps.at(-1)?.step !== 'due') return { steps, answerAt };
  const overdue = (since: Date) => {
    const day = localDate(since, zone);
    return up(nine(addDays(day > dueOn ? day : dueOn, gap)));
  };
  let asked = overdue(said);
  if (!isOpen(asked)) return { steps, answerAt };
  if (second) {
    steps.push({ step: 'alternate', at: asked, to: second });
    asked = overdue(asked);
  }
  if (isOpen(asked)) steps.push({ step: 'check-in', at: asked, to: null });
  return { steps, answerAt };
}

/** Out of twenty: fourteen answer early, three after the notice, two late, one never. */
function habitOf(key: string): Habit {
  let hash = 0;
  for (const sign of key) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  const of = hash % 20;
  return of < 14 ? 'early' : of < 17 ? 'after-notice' : of < 19 ? 'after-due' : 'never';
}

async function writeCoalition({ database }: Lived, createdAt: Date): Promise<Coalition> {
  const always = { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] };
  const row = await database.coalition.create({
    data: { name: 'A year', timeZone: coalitionZone, createdAt, ...always },
  });
  // Every reminder goes out when it is due: what is held back and what is put off is measured with attention.
  await database.attention.create({ data: { coalitionId: row.id, perWeek: 50, perDay: 20, asksInRow: 0 } });
  return getCoalition(database, row.id as CoalitionId);
}

async function writePartners({ database }: Lived, coalitionId: CoalitionId, count: number, at: Date) {
  const workspace = await database.workspace.create({
    data: { coalitionId, platform: 'console', ref: newId(), name: 'Year', createdAt: at },
  });
  const partners = new Map<string, Partner>();
  for (let index = 0; index < count; index += 1) {
    const [id, first] = [newId<PartnerId>(), newId<MemberId>()];
    const zone = zones[index % zones.length] ?? coalitionZone;
    const second = index % 7 === 0 ? null : newId<MemberId>();
    partners.set(id, { id, zone, first, second });
    const name = `Partner ${index}`;
    await database.partner.create({
      data: { id, coalitionId, name, nameKey: name.toLowerCase(), joinedAt: at, confirmedAt: at },
    });
    const people = [
      { id: first, standing: 'representative' },
      ...(second ? [{ id: second, standing: 'alternate' }] : []),
    ];
    for (const { id: memberId, standing } of people) {
      const who = { coalitionId, name: `${standing} ${index}`, language: 'en', timeZone: zone, joinedAt: at };
      await database.member.create({ data: { id: memberId, partnerId: id, standing, ...who } });
      const account = { workspaceId: workspace.id, memberId, ref: `${standing}-${index}`, name: who.name };
      await database.account.create({ data: { coalitionId, ...account } });
    }
  }
  return partners;
}

async function writeMeasures({ database, tools }: Lived, coalition: Coalition, of: Year) {
  const rhythms = new Map<string, Rhythm>();
  const all = [
    ...Array.from({ length: of.weekly }, () => 'weekly' as const),
    ...Array.from({ length: of.monthly }, () => 'monthly' as const),
  ];
  for (const [index, frequency] of all.entries()) {
    const name = `Measure ${index}`;
    const now = tools.clock.now();
    const row = await database.measure.create({
      data: {
        ...{ coalitionId: coalition.id, name, nameKey: name.toLowerCase(), purpose: 'To know', frequency },
        ...{ kind: 'number', dueDays: due[frequency].dueDays, state: 'asking', madeAt: now, startedAt: now },
      },
    });
    rhythms.set(row.id, frequency);
    await tools.write(async (writing) => {
      const measure = await findMeasure(writing.tx, coalition.id, row.id as MeasureId);
      if (measure) await planOpening(writing, tools, coalition, measure);
    });
  }
  return rhythms;
}

export const yearFeatures = [measures];
