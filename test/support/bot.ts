import { type Bot, openBot } from '../../bot.ts';
import type { Feature } from '../../src/core/command.ts';
import type { PlatformName } from '../../src/core/who.ts';
import { readRows } from '../../src/database.ts';
import { features as allFeatures } from '../../src/features/all.ts';
import { mayRedraw } from '../../src/identity/paused.ts';
import { makeDatabase } from './database.ts';
import { type DrawnKeeper, makeDrawnKeeper } from './drawn.ts';
import { makeTestGroups } from './groups.ts';
import { makeTestMessenger, type Posted, type TestMessenger } from './messenger.ts';
import { makePerson, type Person } from './person.ts';
import { makeKeptLog } from './silent-log.ts';

/**
 * The whole bot on a real database and a real queue, with a clock that a test moves by hand:
 *
 *     const bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
 *     const ana = bot.as('Ana');
 *     await ana.says('/partners list');
 */
export type TestBot = Bot & {
  /** The same name is the same person. */
  as(
    name: string,
    from?: { platform?: PlatformName; workspace?: string; language?: string; timeZone?: string },
  ): Person;
  readonly clockHand: { goTo(at: string | Date): void; forward(ms: number): void; now(): Date };
  /** Lets everything that is due happen: timers, messages, redraws, long work. */
  settle(): Promise<void>;
  /** What stands in a channel, oldest first. */
  channel(name: string, platform?: PlatformName): Posted[];
  readonly messengers: Record<PlatformName, TestMessenger>;
  readonly log: ReturnType<typeof makeKeptLog>;
  /** Everything that anybody was shown. */
  readonly shown: DrawnKeeper;
  readonly databaseUrl: string;
  end(): Promise<void>;
};

const settleWithinMs = 20_000;

export async function openTestBot(
  of: { at?: string; features?: readonly Feature[]; redisUrl?: string } = {},
): Promise<TestBot> {
  const { url, drop } = await makeDatabase();
  let now = new Date(of.at ?? '2026-03-02T15:00:00Z');
  const log = makeKeptLog();
  const shown = makeDrawnKeeper();
  /**
   * Rows do not tell what happened: a job may take its own timer back, and finished work is deleted after a week. A dry
   * run, which has a database of its own, is none.
   */
  const noting = (feature: Feature): Feature => ({
    ...feature,
    jobs: feature.jobs.map((job) => ({
      ...job,
      async run(scope) {
        await job.run(scope);
        if (scope.tools.database === bot.database) shown.did.set(`job ${job.kind}`, null);
      },
    })),
    longWork: feature.longWork.map((work) => ({
      ...work,
      async run(scope) {
        const result = await work.run(scope);
        shown.did.set(`long work ${work.kind}`, null);
        return result;
      },
    })),
  });
  const bot: Bot = await openBot({
    databaseUrl: url,
    redisUrl: of.redisUrl ?? null,
    queueName: `test-${process.pid}-${Date.now().toString(36)}`,
    clock: () => ({ now: () => now }),
    log,
    features: (of.features ?? allFeatures).map(noting),
    poolSize: 6,
  });
  const messengers = {
    slack: makeTestMessenger('slack', shown),
    discord: makeTestMessenger('discord', shown),
    console: makeTestMessenger('console', shown),
  };
  await bot.startWorker(Object.values(messengers), 5, [makeTestGroups('discord')]);
  const people = new Map<string, Person>();

  async function settle(): Promise<void> {
    const until = Date.now() + settleWithinMs;
    for (let calm = 0; calm < 2; ) {
      await bot.sweep();
      const left = await whatIsLeft(bot, now);
      calm = left === null ? calm + 1 : 0;
      if (Date.now() > until)
        throw new Error(`Not settled after ${settleWithinMs} ms: ${left}; ${troubles(log)}`);
      if (left !== null) await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    ...bot,
    messengers,
    log,
    shown,
    databaseUrl: url,
    settle,
    clockHand: {
      now: () => now,
      goTo: (at) => {
        now = new Date(at);
      },
      forward: (ms) => {
        now = new Date(now.getTime() + ms);
      },
    },
    as(name, from = {}) {
      const platform = from.platform ?? 'console';
      const workspace = from.workspace ?? `${platform}-workspace`;
      const key = `${platform}/${workspace}/${name}`;
      const known = people.get(key);
      if (known) return known;
      const person = makePerson({
        ...from,
        name,
        platform,
        workspace,
        bot,
        posted: messengers[platform].posted,
        shown,
      });
      people.set(key, person);
      return person;
    },
    channel: (name, platform = 'console') =>
      messengers[platform].posted.filter((each) => each.placeRef === name),
    async end() {
      shown.write();
      await bot.close(5000);
      await drop();
    },
  };
}

/** Cards that are to be redrawn soon: not those in channels of a coalition that has paused, or that shut us out. */
async function countStale({ database }: Bot): Promise<number> {
  const sql = `select 1 from "Posting" where "stale" and ${mayRedraw('"Posting"."laneId"')}
    and coalesce("redrawAt", now()) < now() + interval '10 minutes'`;
  return (await readRows(database, sql, [])).length;
}

async function whatIsLeft(bot: Bot, now: Date): Promise<string | null> {
  const { database } = bot;
  const [timers, messages, stale, work, busy] = await Promise.all([
    database.timer.count({ where: { doneAt: null, dueAt: { lte: now } } }),
    database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } }),
    countStale(bot),
    database.longWork.count({ where: { state: { in: ['waiting', 'running'] } } }),
    bot.queue.countBusy(),
  ]);
  if (timers + messages + stale + work + busy === 0) return null;
  return `${timers} timers, ${messages} messages, ${stale} stale cards, ${work} long work, ${busy} jobs`;
}

function troubles(log: TestBot['log']): string {
  return JSON.stringify(log.lines.filter((line) => line.level !== 'info').slice(-3), (_, value) =>
    value instanceof Error ? value.stack : value,
  );
}
