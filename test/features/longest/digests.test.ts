import { test } from 'vitest';
import { digests } from '../../../src/features/digests/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';

const formOnly = 'no play leads there yet; its form is drawn in forms.test.ts';
const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  'button announcement.put-back': notYet,
  'button spotlight.approve': notYet,
  'button spotlight.decline': notYet,
  'button spotlight.edit': notYet,
  'button spotlight.postpone': notYet,
  'form spotlight.words': formOnly,
};

const uncalled = {
  'features/digests/spotlight/store.ts recordWords': 'by chance: whose turn the spotlight is',
  'features/digests/issue/store.ts recordPassed': 'when a digest is passed over',
  'features/digests/spotlight/store.ts recordAsked': 'when a partner without words is asked for them',
};

test('whatever there is to do about digests with the longest words is drawn on every platform', async () => {
  await playLongest(
    { features: [digests], except, uncalled, last: ['digest stop'] },
    async ({ crawl, commands, staff, voices }) => {
      await staff.says('/digest schedule weekday:friday time:15:00 channel:general');
      for (const each of voices) await each.says(`/digest announce ${letters(600)}`);
      for (let time = 0; time < 3; time += 1) await crawl.wait(36);
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(36);
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(48);
    },
  );
}, 300_000);
