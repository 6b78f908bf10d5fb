import { test } from 'vitest';
import { decisions } from '../../../src/features/decisions/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  '/decide withdraw': notYet,
  'button decide.assign': notYet,
  'button decide.discard': notYet,
  'button decide.followed': notYet,
  'button decide.look': notYet,
  'button decide.marks': notYet,
  'button decide.reasoned': notYet,
  'button decide.secret': notYet,
  'button decide.undo-spoken': notYet,
  'form decide.assign-form': notYet,
  'form decide.ballot': notYet,
  'form decide.receipt': notYet,
  'form decide.secret-ballot': notYet,
  'job decisions.close': notYet,
  'job decisions.follow-up': notYet,
  'job decisions.nudge': notYet,
};

test('whatever there is to do about decisions with the longest words is drawn on every platform', async () => {
  await playLongest(
    { features: [decisions], except, last: ['decide withdraw'], timesEach: 5 },
    async ({ crawl, commands, staff }) => {
      for (let time = 0; time < 9; time += 1) await crawl.says(staff, '/decide new');
      await crawl.sayAll(commands);
      for (let time = 0; time < 3; time += 1) await crawl.wait(72);
      await crawl.sayAll(commands);
      for (const hours of [240, 240, 2400]) await crawl.wait(hours);
      await crawl.says(staff, '/decide drafts');
    },
  );
}, 300_000);
