import type { Database } from '../database.ts';

/** Nobody looked for so long: what is late then comes all at once, and is gathered first. */
const outageMs = 30 * 60_000;
/** For so long after an outage, so that whatever is late is there when the first message goes out. */
const gatherMs = 10 * 60_000;
export const backName = 'back-after-outage';

/**
 * Called by every sweep before it says that it ran. Writes down when the bot came back, if it was away.
 *
 * @param realNow the real clock, in which sweeps are counted
 * @param now the coalition's clock
 */
export async function noteOutage(database: Database, realNow: Date, now: Date): Promise<void> {
  const last = await database.heartbeat.findUnique({ where: { name: 'sweep' } });
  if (!last || realNow.getTime() - last.at.getTime() < outageMs) return;
  await database.heartbeat.upsert({
    where: { name: backName },
    create: { name: backName, at: now },
    update: { at: now },
  });
}

/** Until when things are gathered, while that still matters. @param backAt when the bot came back */
export function gatherUntil(backAt: Date, now: Date): Date | null {
  const until = new Date(backAt.getTime() + gatherMs);
  return until > now ? until : null;
}
