import { test } from 'vitest';
import { introductions } from '../../../src/features/introductions/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const formOnly = 'no play leads there yet; its form is drawn in forms.test.ts';
const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  'button introductions.join': notYet,
  'button introductions.line': notYet,
  'button introductions.lock': notYet,
  'button introductions.outcome': notYet,
  'button introductions.remove': notYet,
  'button introductions.write': notYet,
  'form introductions.note': formOnly,
  'form introductions.outcome-line': formOnly,
};

const elsewhere = 'done by nobody here; test/features/introductions does it';
const uncalled = {
  'features/introductions/groups/store.ts closeSeat': elsewhere,
  'features/introductions/groups/store.ts recordOutcome': elsewhere,
  'features/introductions/groups/store.ts recordOutcomeLine': elsewhere,
  'features/introductions/groups/store.ts countMade': elsewhere,
  'features/introductions/newcomers/store.ts recordWelcome': elsewhere,
  'features/introductions/newcomers/store.ts countBuddies': elsewhere,
};

test('whatever there is to do about introductions with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [introductions],
      except,
      uncalled,
      last: ['intros stop'],
      others: ['Alternate 2', 'Alternate 3'],
      partners: 7,
    },
    async ({ crawl, commands, staff }) => {
      await crawl.says(staff, '/intros start cadence:weekly size:2 who:everybody preview:24');
      await crawl.wait(26);
      await crawl.sayAll(commands);
      for (let day = 0; day < 24; day += 1) {
        await crawl.wait(24);
        await crawl.says(staff, '/intros preview');
      }
      await crawl.sayAll(commands);
      await crawl.says(staff, '/intros start cadence:weekly size:2 who:willing preview:24');
      for (let day = 0; day < 8; day += 1) await crawl.wait(24);
    },
  );
}, 300_000);
