import type { Clock } from '../core/ports.ts';
import { type Database, readRows } from '../database.ts';

/** The database's clock, by which all processes agree about leases, paces and what is due. */
export type SharedClock = Clock & {
  /** Looks at the database's clock again, as it does by itself twice a minute. */
  refresh(): Promise<void>;
  close(): void;
};

const lookEveryMs = 30_000;
/** At the start the best of several looks counts: one may have waited for a busy machine. */
const firstLooks = 5;
/** How much less sure it is after each millisecond: two crystals may drift apart by so much. */
const drift = 0.0002;
/** Milliseconds since 1970 in UTC. */
const clockSql = 'select extract(epoch from clock_timestamp())::float8 * 1000 as "at"';

/**
 * A machine whose own clock is wrong, or is put right while the bot runs, would let a message go twice or a reminder
 * come on the wrong day. So a process only counts how long ago it looked at the database's clock, by a counter that
 * nobody can set. A look is as exact as its way there and back was short.
 */
export async function openSharedClock(database: Database): Promise<SharedClock> {
  let startedAt = Date.now() - performance.now();
  let errorMs = Number.POSITIVE_INFINITY;
  let lookedAt = performance.now();

  async function look(): Promise<void> {
    const asked = performance.now();
    const [row] = await readRows<{ at: number }>(database, clockSql, []);
    const answered = performance.now();
    if (!row) return;
    const found = row.at - (asked + answered) / 2;
    const foundErrorMs = (answered - asked) / 2;
    const unsureMs = errorMs + (answered - lookedAt) * drift;
    const isSet = Math.abs(found - startedAt) > foundErrorMs + unsureMs;
    if (!isSet && foundErrorMs >= unsureMs) return;
    startedAt = found;
    errorMs = foundErrorMs;
    lookedAt = answered;
  }

  for (let times = 0; times < firstLooks; times += 1) await look();
  // A database that is away is noticed by everything else; until then the counter goes on.
  const looking = setInterval(() => void look().catch(() => {}), lookEveryMs).unref();
  return {
    now: () => new Date(startedAt + performance.now()),
    refresh: look,
    close: () => clearInterval(looking),
  };
}
