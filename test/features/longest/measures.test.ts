import { test } from 'vitest';
import { measures } from '../../../src/features/measures/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  '/data excuse': notYet,
  '/data import': notYet,
  '/data reopen': notYet,
  'button measures.again': notYet,
  'button measures.answer-ask': notYet,
  'button measures.board-all': notYet,
  'button measures.confirm': notYet,
  'button measures.confirm-file': notYet,
  'button measures.give-choice': notYet,
  'button measures.list': notYet,
  'button measures.mine': notYet,
  'button measures.open': notYet,
  'button measures.preview': notYet,
  'form measures.else-form': notYet,
  'form measures.figures': notYet,
  'form measures.give-parts': notYet,
  'form measures.give-words': notYet,
  'form measures.link-form': notYet,
  'job measures.open': notYet,
  'long work measures.export': notYet,
};

test('whatever there is to do about measures with the longest words is drawn on every platform', async () => {
  await playLongest(
    { features: [measures], except, last: ['data excuse', 'data reopen'], timesEach: 5 },
    async ({ crawl, commands, staff }) => {
      for (let time = 0; time < 4; time += 1) await crawl.says(staff, '/data measure');
      await crawl.sayAll(commands);
      for (let day = 0; day < 8; day += 1) await crawl.wait(36);
      await crawl.sayAll(commands);
      for (let day = 0; day < 4; day += 1) await crawl.wait(72);
    },
  );
}, 300_000);
