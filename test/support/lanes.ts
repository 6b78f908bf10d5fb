import type { TestBot } from './bot.ts';
import { until } from './until.ts';

/** Until a platform has said no for now to one message, and its lane is closed for so long. */
export const untilRefused = ({ database, sweep }: TestBot): Promise<void> =>
  until('it was refused', async () => {
    await sweep();
    return (await database.lane.count({ where: { openAt: { gt: new Date() } } })) === 1;
  });

/** Every lane opens then, by the real clock, whatever its platform said. */
export async function openLanes({ database }: TestBot, inMs = 0): Promise<void> {
  await database.lane.updateMany({ data: { openAt: new Date(Date.now() + inMs) } });
}
