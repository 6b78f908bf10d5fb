import { Hono } from 'hono';
import { openConsole, openConsoleMessenger } from './adapters/console/main.ts';
import { type Bot, openBot } from './bot.ts';
import { type EmbeddedServer, startEmbeddedServer } from './prisma/embedded-server.ts';
import { migrate } from './prisma/migrate.ts';
import { seedDemo } from './prisma/seed.ts';
import { type Config, ConfigError, readConfig } from './src/config.ts';
import { ExpectedError } from './src/core/errors.ts';
import type { Groups } from './src/core/groups.ts';
import type { Messenger } from './src/core/ports.ts';
import { features } from './src/features/all.ts';
import { readByToken } from './src/features/measures/feature.ts';
import { makeLog } from './src/log.ts';
import { projectRoot } from './src/project-root.ts';
import { type DemoClock, makeDemoClock } from './src/time/demo-clock.ts';
import { dataPages } from './web/data.ts';
import { startWebServer } from './web/server.ts';

/** How long running work may take to finish once we are asked to stop. */
const stopWithinMs = 10_000;
const followEveryMs = 500;

const tell = (line: string) => process.stdout.write(`${line}\n`);
/** What was started, last first: the order in which it is stopped. */
const running: { what: string; stop(): Promise<void> }[] = [];

async function start(): Promise<void> {
  const config = readConfig(projectRoot);
  const log = makeLog(config.logLevel);

  const databaseUrl = config.databaseUrl ?? (await startDatabase(config.dataDir)).url;
  await migrate(databaseUrl);

  // Where there is only the console, its clock is everybody's: a process that does jobs alone goes by it too.
  const isDemo = !config.slack.botToken && !config.slack.clientId && !config.discord.token;
  const isMovable = isDemo || config.movableClock;
  let demoClock: DemoClock | null = null;
  const bot = await openBot({
    databaseUrl,
    redisUrl: config.redisUrl,
    clock: (database, realClock) => {
      if (isMovable) demoClock = makeDemoClock(database, realClock);
      return demoClock ?? realClock;
    },
    log,
    features,
    sweepEveryMs: config.sweepEveryMs,
  });
  running.unshift({ what: 'bot', stop: () => bot.close(stopWithinMs) });
  await (demoClock as DemoClock | null)?.refresh();
  if (config.movableClock) followClock(demoClock);
  if (isDemo && config.run.has('console')) await seedDemo(bot.tools);

  const messengers: Messenger[] = [];
  const console = config.run.has('console')
    ? await openConsole({ bot, demoClock, password: config.web.password, publicUrl: config.publicUrl })
    : null;
  messengers.push(console?.messenger ?? openConsoleMessenger(bot));
  if (console) {
    running.unshift({ what: 'console', stop: console.close });
  }
  const slack = await joinSlack(bot, config);
  if (slack) messengers.push(slack.messenger);
  const discord = await joinDiscord(bot, config);
  if (discord) messengers.push(discord.messenger);

  const groups = [slack?.groups, discord?.groups].filter((each): each is Groups => each !== undefined);
  if (config.run.has('jobs')) await bot.startWorker(messengers, config.jobsConcurrency, groups);

  const pages = new Hono();
  pages.route(
    '/',
    dataPages((token) => readByToken(bot.tools, token)),
  );
  if (slack?.pages) pages.route('/', slack.pages);
  if (console) pages.route('/', console.pages);
  const { host, port, metricsToken } = config.web;
  const away = () => [slack, discord].flatMap((each) => (each?.isAway() ? [each.messenger.platform] : []));
  const serving = { bot, host, port, pages, metricsToken, away };
  const web = await startWebServer(serving).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portTaken(port) : error;
  });
  running.unshift({ what: 'web', stop: web.close });
  await slack?.start();
  if (console) {
    tell(`Common Thread is running: ${web.url}`);
    tell(
      'Open it in a browser, pick who you are, and type /coalition help. Ctrl-C stops it; your data stays.',
    );
    if (isDemo)
      tell('Move the clock at the top to Wednesday, and the weekly digest arrives in #announcements.');
  } else {
    tell(`Common Thread is running (${[...config.run].join(', ')}); health: ${web.url}/healthz`);
  }
}

const portTaken = (port: number) =>
  new ConfigError(
    `WEB_PORT: another program listens on port ${port}. Stop it, or choose another, such as WEB_PORT=${port + 1}`,
  );

/** A process that does jobs alone sends to Slack too; it only takes nothing from there. */
async function joinSlack(bot: Bot, config: Config) {
  const { run, slack } = config;
  const receives = run.has('slack');
  const isConfigured = Boolean(slack.botToken || slack.clientId);
  if (!receives && !(isConfigured && run.has('jobs'))) return null;
  // Loaded when it is needed: a client library costs start-up and memory.
  const { openSlack } = await import('./adapters/slack/main.ts');
  const joined = await openSlack({ bot, config, receives });
  running.unshift({ what: 'Slack', stop: () => joined.close(stopWithinMs) });
  return joined;
}

/** The same for Discord; its gateway connection is opened only where it receives. */
async function joinDiscord(bot: Bot, config: Config) {
  const { run, discord } = config;
  const receives = run.has('discord');
  if (discord.token === null || !(receives || run.has('jobs'))) return null;
  const settings = { ...discord, token: discord.token };
  const { openDiscord, openDiscordGroups, openDiscordMessenger } = await import('./adapters/discord/main.ts');
  const messenger = openDiscordMessenger(settings, bot.tools);
  const joined = receives ? await openDiscord({ bot, messenger, settings, tell }) : null;
  if (joined) running.unshift({ what: 'Discord', stop: () => joined.close(stopWithinMs) });
  const isAway = () => joined?.isAway() ?? false;
  return { messenger, groups: openDiscordGroups(settings, bot.tools), isAway };
}

/** A process that does no jobs would not hear that the clock was moved. */
function followClock(clock: DemoClock | null): void {
  setInterval(() => void clock?.refresh().catch(() => {}), followEveryMs).unref();
}

async function startDatabase(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer(folder);
  running.unshift({ what: 'database', stop: server.stop });
  return server;
}

let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const { what, stop } of running) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`Stopping ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  process.stderr.write(
    `${error instanceof ExpectedError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  await stop(1);
}
