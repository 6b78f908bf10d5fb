import { openConsole } from '../../adapters/console/main.ts';
import { type Bot, openBot } from '../../bot.ts';
import { seedDemo } from '../../prisma/seed.ts';
import type { Feature } from '../../src/core/command.ts';
import type { Messenger } from '../../src/core/ports.ts';
import type { DemoClock } from '../../src/time/demo-clock.ts';
import { startWebServer } from '../../web/server.ts';
import { makeDatabase } from './database.ts';
import { makeSampleFeature } from './sample-feature.ts';
import { makeKeptLog } from './silent-log.ts';

/** The console as `main.ts` opens it, on a port of its own, with a clock that stands still until it is moved. */
export type TestConsole = {
  readonly url: string;
  readonly bot: Bot;
  readonly messenger: Messenger;
  readonly log: ReturnType<typeof makeKeptLog>;
  now(): Date;
  end(): Promise<void>;
};

export async function openTestConsole(
  of: {
    at?: string;
    features?: readonly Feature[];
    /** False: no demo coalition and no clock to move, as beside real workspaces. */
    demo?: boolean;
    password?: string;
    publicUrl?: string;
    realNow?: () => number;
  } = {},
): Promise<TestConsole> {
  const { url: databaseUrl, drop } = await makeDatabase();
  const log = makeKeptLog();
  let now = new Date(of.at ?? '2026-03-02T15:00:00Z');
  const clock: DemoClock = {
    now: () => now,
    async moveTo(at) {
      if (at < now) return 'earlier';
      now = at;
      return 'moved';
    },
    refresh: async () => {},
  };
  const bot = await openBot({
    databaseUrl,
    redisUrl: null,
    queueName: `console-${process.pid}-${Date.now().toString(36)}`,
    clock: () => clock,
    log,
    features: of.features ?? [makeSampleFeature()],
    poolSize: 6,
  });
  const isDemo = of.demo ?? true;
  if (isDemo) await seedDemo(bot.tools);
  const console = await openConsole({
    bot,
    demoClock: isDemo ? clock : null,
    password: of.password ?? null,
    publicUrl: of.publicUrl ?? null,
    ...(of.realNow ? { realNow: of.realNow } : {}),
  });
  await bot.startWorker([console.messenger], 5);
  const web = await startWebServer({ bot, host: '127.0.0.1', port: 0, pages: console.pages });
  return {
    url: web.url,
    bot,
    log,
    messenger: console.messenger,
    now: () => now,
    async end() {
      await web.close();
      await console.close();
      await bot.close(5000);
      await drop();
    },
  };
}
