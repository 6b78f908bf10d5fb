// A year of 20 weekly and monthly measures with downtime, for 30 and for 300 partners: opening periods, asking, handing
// over to delivery. The smaller year is the baseline of the larger one: what one reminder costs must not grow with them.

import { closeDatabase, openDatabase } from '../src/database.ts';
import { delivery } from '../src/delivery/delivery.ts';
import { makePausedPosts } from '../src/delivery/pausing.ts';
import { staffTasks } from '../src/identity/staff-tasks.ts';
import { makeLongWork } from '../src/long-work/long-work.ts';
import { makeOutreach } from '../src/outreach/outreach.ts';
import { fireTimer } from '../src/timers/fire.ts';
import { timers } from '../src/timers/timers.ts';
import { makeTools } from '../src/tools.ts';
import { openBenchDatabase } from './support/bench-database.ts';
import { type Lived, type Outcome, simulateYear, yearFeatures } from './support/measures-year.ts';

const [weekly, monthly] = [4, 16];
const connections = 8;
const sizes = { few: 30, many: 300 };
const year = {
  ...{ weekly, monthly, from: '2026-01-05T12:00:00Z', until: '2027-01-04T00:00:00Z' },
  downtimes: [
    ['2026-02-17T10:00:00Z', '2026-02-18T20:00:00Z'],
    // Over the night in which clocks change in America.
    ['2026-03-07T00:00:00Z', '2026-03-13T03:00:00Z'],
    ['2026-07-06T13:30:00Z', '2026-07-06T14:10:00Z'],
    // So long that three weeks and a month are over at once.
    ['2026-08-01T00:00:00Z', '2026-08-24T18:00:00Z'],
    ['2026-10-31T00:00:00Z', '2026-11-02T06:00:00Z'],
  ] as const,
};

/** @param options `--weeks=6`: so many weeks instead of a year, to see that it works */
export async function run(options: readonly string[]): Promise<Record<string, number>> {
  const weeks = Number(options.find((each) => each.startsWith('--weeks='))?.slice('--weeks='.length) ?? 0);
  const until =
    weeks > 0 ? new Date(Date.parse(year.from) + weeks * 7 * 86_400_000).toISOString() : year.until;
  const few = await live(sizes.few, until);
  const many = await live(sizes.many, until);
  const wrong = [few, many].flatMap(({ missing, tooMany }) => [...missing, ...tooMany]);
  if (wrong.length > 0)
    throw new Error(
      `${wrong.length} reminders went out wrongly or not at all, such as ${wrong.slice(0, 5).join('; ')}`,
    );
  return {
    requests: many.requests,
    reminders: many.reminders,
    messages: many.messages,
    remindersPerSecond: Math.round((1000 * many.reminders) / many.workMs),
    missingOrTooMany: wrong.length,
    growthPerReminder: Math.round((100 * perReminder(many)) / perReminder(few)) / 100,
  };
}

const perReminder = ({ workMs, reminders }: Outcome) => workMs / reminders;

async function live(partners: number, until: string): Promise<Outcome> {
  const database = await openBenchDatabase();
  const clock = { now: new Date(year.from) };
  const bot = openLived(database.url, clock);
  try {
    const of = await simulateYear(bot, clock, { ...year, partners, until });
    console.log(
      `${partners} partners: ${of.requests} requests, ${of.reminders} reminders in ${of.messages} messages, ${of.checkIns} check-ins; ${Math.round(of.workMs / 1000)} s of work, ${perReminder(of).toFixed(2)} ms a reminder; as it should be: ${of.missing.length + of.tooMany.length === 0 ? 'yes' : 'no'}.`,
    );
    return of;
  } finally {
    await closeDatabase(bot.database);
    await database.close();
  }
}

/** The bot without its queue, which nobody would work through here: its timers are fired by hand. */
function openLived(url: string, clock: { now: Date }): Lived {
  const database = openDatabase(url, connections);
  const { posts } = makePausedPosts(timers);
  const door = makeOutreach({ delivery, timers, staffTasks, posts, unreachable: async () => {} });
  const features = [...yearFeatures, door.feature];
  const tools = makeTools({
    ...{ database, features, outreach: door.outreach },
    clock: { now: () => clock.now },
    realClock: { now: () => new Date() },
    log: { info: () => {}, warn: () => {}, error: console.error },
    jobs: { wake: async () => {} },
    longWork: makeLongWork(delivery, () => features).longWork,
  });
  const jobs = [...door.jobs, ...features.flatMap((feature) => feature.jobs)];
  const byKind = new Map(jobs.map((job) => [job.kind, job]));
  return { database, tools, fire: (id) => fireTimer(id, byKind, tools) };
}
