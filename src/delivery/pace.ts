import type { Database } from '../database.ts';

/** How many calls a platform takes in a time, shared by every process by one row of the database. */
export type Pace = {
  /** What is counted, such as `redraw:<workspace>`. */
  readonly key: string;
  /** Average time between two calls, in milliseconds. */
  readonly paceMs: number;
  /** How many calls more may go at once after a quiet time, before they go one after the other. */
  readonly burst: number;
  /** A turn that is no further away than this is taken and waited for, in milliseconds; 0 or none: never. */
  readonly mostWaitMs?: number;
};

/** `taken`: the call is due after `inMs`. `later`: nothing was taken; ask again after `inMs`. */
export type Turn = { readonly turn: 'taken' | 'later'; readonly inMs: number };

/** Takes the next turn there is. One statement, whatever the number of processes that ask. */
export async function takeTurn(database: Database, pace: Pace, now: Date): Promise<Turn> {
  const { key, paceMs, burst, mostWaitMs = 0 } = pace;
  const at = now.getTime();
  const begins = new Date(at - burst * paceMs);
  const taken = await database.$queryRaw<{ freeAt: Date }[]>`
    insert into "SharedPace" as pace ("key", "freeAt")
    values (${key}, ${new Date(begins.getTime() + paceMs)})
    on conflict ("key") do update
      set "freeAt" = greatest(pace."freeAt", ${begins}::timestamptz) + make_interval(secs => ${paceMs / 1000})
      where pace."freeAt" <= ${new Date(at + mostWaitMs)}
    returning "freeAt"`;
  const [row] = taken;
  if (row) return { turn: 'taken', inMs: Math.max(0, row.freeAt.getTime() - paceMs - at) };
  const standing = await database.sharedPace.findUnique({ where: { key } });
  return { turn: 'later', inMs: Math.max(1, (standing?.freeAt ?? now).getTime() - mostWaitMs - at) };
}

/** The platform has had enough: no turn for that long, whoever would take it. */
export async function holdTurns(database: Database, key: string, forMs: number, now: Date): Promise<void> {
  const freeAt = new Date(now.getTime() + forMs);
  await database.$executeRaw`
    insert into "SharedPace" as pace ("key", "freeAt") values (${key}, ${freeAt})
    on conflict ("key") do update set "freeAt" = greatest(pace."freeAt", excluded."freeAt")`;
}
