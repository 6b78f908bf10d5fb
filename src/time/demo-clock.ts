import type { Clock } from '../core/ports.ts';
import type { Database } from '../database.ts';

/** A clock that can be moved forward, for trying out a week in a minute. Kept in the database over restarts. */
export type DemoClock = Clock & {
  /** Moves to a later moment; an earlier one is refused, because what has happened has happened. */
  moveTo(at: Date): Promise<'moved' | 'earlier'>;
  /** Takes over what another process set. */
  refresh(): Promise<void>;
};

export function makeDemoClock(database: Database, realClock: Clock): DemoClock {
  let offsetMs = 0;
  const now = () => new Date(realClock.now().getTime() + offsetMs);
  return {
    now,
    async moveTo(at) {
      if (at < now()) return 'earlier';
      offsetMs = at.getTime() - realClock.now().getTime();
      const set = { offsetMs: BigInt(offsetMs) };
      await database.clockOffset.upsert({ where: { id: 1 }, create: { id: 1, ...set }, update: set });
      return 'moved';
    },
    async refresh() {
      const row = await database.clockOffset.findUnique({ where: { id: 1 } });
      // It only ever moves on: what was read while this process moved it is older.
      offsetMs = Math.max(offsetMs, Number(row?.offsetMs ?? 0));
    },
  };
}
