import { test } from 'vitest';
import { roles } from '../../../src/features/roles/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const inOtherPlay = 'roles-all.test.ts leads there';
const except = {
  'button roles.accept': inOtherPlay,
  'button roles.board-list': inOtherPlay,
  'button roles.end-group': inOtherPlay,
  'button roles.free-all': inOtherPlay,
  'button roles.list': inOtherPlay,
  'button roles.not-now': inOtherPlay,
  'button roles.take-over': inOtherPlay,
  'job roles.offer-ends': inOtherPlay,
  'job roles.orphaned': inOtherPlay,
};

test('whatever there is to do about roles with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [roles],
      besides: true,
      except,
      last: ['roles release', 'rosters leave', 'rosters close'],
      others: ['Alternate 1'],
      timesEach: 4,
    },
    async ({ crawl, commands, staff }) => {
      for (let time = 0; time < 3; time += 1) await crawl.says(staff, '/roles new');
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(168);
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(72);
    },
  );
}, 300_000);
