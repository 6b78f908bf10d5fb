import type { Server } from './server.ts';

/** What time it is for the coalition: a row in the database that every process of the bot goes by. */
export type CoalitionClock = {
  now(): Date;
  moveTo(at: Date): Promise<void>;
};

export function makeCoalitionClock(server: Server): CoalitionClock {
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  return {
    now,
    async moveTo(at) {
      if (at <= now()) return;
      offsetMs = at.getTime() - Date.now();
      await server.rows(
        `insert into "ClockOffset" ("id", "offsetMs") values (1, $1)
         on conflict ("id") do update set "offsetMs" = greatest("ClockOffset"."offsetMs", excluded."offsetMs")`,
        [String(Math.round(offsetMs))],
      );
    },
  };
}
