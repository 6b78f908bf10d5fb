import { test } from 'vitest';
import { agreement } from '../../../src/features/agreement/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  '/agreement adopt': notYet,
  '/agreement export': notYet,
  '/agreement show': notYet,
  '/agreement signatures': notYet,
  'button agreement.adopt': notYet,
  'button agreement.changes': notYet,
  'button agreement.see-draft': notYet,
  'button agreement.sign': notYet,
  'button agreement.signers': notYet,
  'button agreement.throw-confirm': notYet,
  'form agreement.adopt-form': notYet,
  'job agreement.ask': notYet,
  'job agreement.renewal': notYet,
};

test('whatever there is to do about the agreement with the longest words is drawn on every platform', async () => {
  await playLongest({ features: [agreement], except, timesEach: 6 }, async ({ crawl, commands, staff }) => {
    await crawl.sayAll(commands);
    await crawl.wait(24);
    await crawl.says(staff, '/agreement draft');
    await crawl.sayAll(commands);
    for (let week = 0; week < 6; week += 1) await crawl.wait(168);
    await crawl.says(staff, '/agreement draft');
    await crawl.says(staff, '/agreement review');
  });
}, 300_000);
