import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Bot } from '../bot.ts';
import type { PlatformName } from '../src/core/who.ts';
import { checkHealth } from './health.ts';
import { guardMetrics } from './metrics-guard.ts';

export type WebServer = {
  readonly url: string;
  close(): Promise<void>;
};

/** The process's one HTTP server: health, metrics, and whatever pages the adapters bring. */
export async function startWebServer(of: {
  bot: Bot;
  host: string;
  port: number;
  pages?: Hono;
  /** What opens the measurements to other machines; null: nothing does. */
  metricsToken?: string | null;
  /** The platforms that cannot be reached at this moment. */
  away?(): readonly PlatformName[];
}): Promise<WebServer> {
  const app = new Hono();
  const metrics = makeMetrics(of.bot);
  app.get('/healthz', async (context) => {
    const health = await checkHealth(of.bot, of.away?.());
    return context.json(health, health.healthy ? 200 : 503);
  });
  app.get('/metrics', guardMetrics(of.metricsToken ?? null), async (context) => {
    const queue = await of.bot.queue.metrics().catch(() => '');
    return context.text(`${await metrics.metrics()}\n${queue}`, 200, { 'content-type': metrics.contentType });
  });
  if (of.pages) app.route('/', of.pages);

  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: of.host, port: of.port }, (address) => {
      const host = address.address.includes(':') ? `[${address.address}]` : address.address;
      resolve({
        url: `http://${host}:${address.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // Open event streams never end by themselves.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', reject);
  });
}

function makeMetrics(bot: Bot): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'common_thread_' });
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name: `common_thread_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read().catch(() => Number.NaN));
      },
    });
  const { database, clock } = bot.tools;
  gauge('timers_overdue', 'Timers whose time has come and that have not happened', () =>
    database.timer.count({ where: { doneAt: null, dueAt: { lte: clock.now() } } }),
  );
  gauge('messages_waiting', 'Messages written and not yet sent', () =>
    database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } }),
  );
  gauge('last_sweep_seconds', 'Unix time of the last sweep', async () => {
    const beat = await database.heartbeat.findUnique({ where: { name: 'sweep' } });
    return beat ? beat.at.getTime() / 1000 : Number.NaN;
  });
  return registry;
}
