import { test } from 'vitest';
import { agreement } from '../../../src/features/agreement/feature.ts';
import { mostText } from '../../../src/features/agreement/versions/rules.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';

const texts = ['time', 'duration', 'gives', 'gets', 'changes'];
const section = Object.fromEntries(texts.map((each) => [each, letters(mostText)]));

/** A version is in force before the next one is put to a vote; voices sign, and sign again. */
async function adopt({ bot, coalition, staff, voices }: LongestStage): Promise<void> {
  for (const renew of ['1', '12']) {
    await staff.says('/agreement draft');
    const draft = await staff.fills(section);
    const staying = letters(mostText);
    await does(staff, 'Staying and promises', draft, { staying, roles: '1', meetings: '50', data: '50' });
    await does(staff, 'Signing', await staff.says('/agreement review'), { renew, needed: 'yes' });
    await coalition.person('Voice 3').says('/agreement');
    await does(staff, 'Adopt it', await staff.says('/agreement adopt'), { why: letters(500) });
    await bot.settle();
    for (const voice of voices) {
      const asked = voice.inbox().at(-1);
      if (renew === '12') await does(voice, 'What changed', asked);
      await does(voice, 'Sign for my organisation', asked);
    }
    await does(staff, 'agreement.signers', await staff.says('/agreement signatures'));
    await staff.says('/agreement export');
  }
  await staff.says('/agreement draft');
  const other = await staff.fills({ time: letters(mostText - 1) });
  await does(staff, 'See the next draft', await staff.says('/agreement'));
  await does(staff, 'Throw it away', await does(staff, 'Throw away', other));
}

test('whatever there is to do about the agreement with the longest words is drawn on every platform', async () => {
  await playLongest({ features: [agreement], timesEach: 6 }, async (stage) => {
    const { crawl, commands, staff } = stage;
    await adopt(stage);
    await crawl.sayAll(commands);
    await crawl.wait(24);
    await crawl.says(staff, '/agreement draft');
    await crawl.sayAll(commands);
    for (let week = 0; week < 6; week += 1) await crawl.wait(168);
    await crawl.says(staff, '/agreement draft');
    await crawl.says(staff, '/agreement review');
  });
}, 300_000);
