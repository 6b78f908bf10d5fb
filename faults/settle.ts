import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/**
 * Lets the minute go by for which a killed worker's places are held for it. Both workers are killed first: nobody is at
 * a message then, as it would be after a minute.
 */
export async function skipLeases({ fleet, server }: Stage): Promise<void> {
  for (const name of ['jobs-1', 'jobs-2'] as const) fleet.kill(name);
  await server.rows(`update "Lane" set "leasedUntil" = null where "leasedUntil" is not null`);
}

/** A worker that was killed while it sent holds its place for a minute. */
const patienceMs = 300_000;
/** What failed often waits for up to ten minutes; whether it comes then is seen sooner. */
const longestWaitSeconds = 15;
const lookEveryMs = 500;
const calmLooks = 3;

/** Waits until nothing is left to do, or patience ends: what is left then is lost. */
export async function settle({ server }: Stage, now: () => Date): Promise<{ left: number; tookMs: number }> {
  const began = Date.now();
  let calm = 0;
  for (;;) {
    await server.rows(
      `update "Lane" set "openAt" = clock_timestamp()
       where "openAt" > clock_timestamp() + make_interval(secs => ${longestWaitSeconds})`,
    );
    const [row] = await server.rows<{ left: number }>(
      `select (select count(*) from "Outgoing" where "state" in ('waiting', 'sending'))
        + (select count(*) from "Posting" where "stale" and "goneAt" is null)
        + (select count(*) from "Timer" where "doneAt" is null and "dueAt" <= $1)
        + (select count(*) from "LongWork" where "state" in ('waiting', 'running')) as "left"`,
      [now()],
    );
    const left = Number(row?.left ?? 0);
    calm = left === 0 ? calm + 1 : 0;
    const tookMs = Date.now() - began;
    if (calm >= calmLooks || tookMs > patienceMs) return { left, tookMs };
    await sleep(lookEveryMs);
  }
}
