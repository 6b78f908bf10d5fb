import { test } from 'vitest';
import { tagLimits } from '../../../src/features/check-ins/care/rules.ts';
import { checkIns } from '../../../src/features/check-ins/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';

const formOnly = 'no play leads there yet; its form is drawn in forms.test.ts';
const except = {
  'form check-ins.pulse-form': formOnly,
  'form check-ins.thread': formOnly,
};

const uncalled = {
  'features/check-ins/care/store.ts findOwner': 'when a partner falls silent whose owner left',
};

test('whatever there is to do about check-ins with the longest words is drawn on every platform', async () => {
  await playLongest(
    { features: [checkIns], except, uncalled, timesEach: 4, others: ['Voice 3', 'Voice 4', 'Voice 5'] },
    async ({ crawl, commands, staff }) => {
      await crawl.says(staff, '/checkin pulse months:1');
      await crawl.says(staff, '/checkin rhythm tier:close ideal:20 longest:40');
      await crawl.says(staff, `/checkin rhythm tag:${letters(tagLimits.each)} ideal:20 longest:40`);
      await crawl.says(staff, `/checkin rhythm tag:${letters(tagLimits.each)} drop:yes`);
      await crawl.sayAll(commands);
      for (let time = 0; time < 6; time += 1) await crawl.wait(120);
      await crawl.sayAll(commands);
      await crawl.wait(168);
    },
  );
}, 300_000);
