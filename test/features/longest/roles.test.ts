import { test } from 'vitest';
import { roles } from '../../../src/features/roles/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  'button roles.accept': notYet,
  'button roles.board-list': notYet,
  'button roles.end-group': notYet,
  'button roles.free-all': notYet,
  'button roles.list': notYet,
  'button roles.not-now': notYet,
  'button roles.take-over': notYet,
  'job roles.offer-ends': notYet,
  'job roles.orphaned': notYet,
};

test('whatever there is to do about roles with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [roles],
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
