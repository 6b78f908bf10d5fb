import { roles } from '../../src/features/roles/feature.ts';
import type { LongestStage } from './longest-coalition.ts';

/** What every play about roles is played with. */
export const ofRoles = {
  features: [roles],
  last: ['roles release', 'rosters leave', 'rosters close'],
  others: ['Alternate 1'],
  timesEach: 4,
} as const;

/** Everybody does everything about roles, while weeks go by. */
export async function crawlRoles({ crawl, commands, staff }: LongestStage): Promise<void> {
  for (let time = 0; time < 3; time += 1) await crawl.says(staff, '/roles new');
  await crawl.sayAll(commands);
  for (let time = 0; time < 4; time += 1) await crawl.wait(168);
  await crawl.sayAll(commands);
  for (let time = 0; time < 4; time += 1) await crawl.wait(72);
}
