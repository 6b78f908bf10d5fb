import pg from 'pg';
import { afterEach, beforeEach } from 'vitest';
import { makeDatabase } from './database.ts';
import { type BotProcess, startBotProcess } from './process.ts';
import { until } from './until.ts';

/**
 * Bots as processes of their own on one database, for a file of fault tests. A process is killed at an exact point by
 * holding a lock on the table it writes to next: it waits there, and is killed while it waits.
 */
export function makeFaults() {
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  let holder: pg.Client;
  const running: BotProcess[] = [];

  beforeEach(async () => {
    database = await makeDatabase();
    holder = new pg.Client({ connectionString: database.url });
    holder.on('error', () => {});
    await holder.connect();
  });
  afterEach(async () => {
    for (const bot of running.splice(0)) await bot.end('SIGKILL');
    await holder.end().catch(() => {});
    await database.drop();
  });

  async function rows<T>(sql: string): Promise<T[]> {
    return (await holder.query(sql)).rows as T[];
  }

  return {
    rows,
    /** @param env by default, on the database of this test */
    async start(env: Record<string, string> = { DATABASE_URL: database.url }): Promise<BotProcess> {
      const bot = await startBotProcess(env);
      running.push(bot);
      return bot;
    },
    /** Lets the bot come to a moment, and kills it when it is about to write to a table. */
    async killBeforeWriting(bot: BotProcess, table: string, at: string): Promise<void> {
      await holder.query(`begin; lock table "${table}" in exclusive mode`);
      const moving = bot.moveClock(at).catch(() => {});
      const waiting = `select from pg_locks where relation = '"${table}"'::regclass and not granted`;
      await until(
        `the bot is about to write to ${table}`,
        async () => (await rows(waiting)).length > 0,
        60_000,
      );
      await bot.end('SIGKILL');
      await moving;
      await holder.query('rollback');
    },
    /** When the next timer of a kind is due. */
    async nextDue(kind: string): Promise<Date> {
      const [timer] = await rows<{ dueAt: Date }>(
        `select "dueAt" from "Timer" where kind = '${kind}' and "doneAt" is null order by "dueAt" limit 1`,
      );
      if (!timer) throw new Error(`Nothing of the kind ${kind} is planned`);
      return timer.dueAt;
    },
    nothingLeftToSend: () =>
      until(
        'nothing is left to send',
        async () => (await rows(`select from "Outgoing" where state in ('waiting', 'sending')`)).length === 0,
        120_000,
      ),
  };
}
