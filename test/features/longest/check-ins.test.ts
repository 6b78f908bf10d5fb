import { expect, test } from 'vitest';
import { tagLimits } from '../../../src/features/check-ins/care/rules.ts';
import { mostWords } from '../../../src/features/check-ins/concerns/rules.ts';
import { checkIns } from '../../../src/features/check-ins/feature.ts';
import { answerPress } from '../../../src/features/check-ins/pulse/cards.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';

/** A partner answers the pulse under its name, and somebody goes on with what they raised without one. */
async function answer({ bot, coalition, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  await staff.says('/checkin pulse months:1');
  bot.clockHand.forward(2 * 86_400_000);
  await bot.settle();
  const asked = voice.inbox().findLast(({ card }) => JSON.stringify(card).includes(answerPress.name));
  await does(voice, 'check-ins.pulse', asked, { score: '1', words: letters(600), how: 'shared' });

  const at = (name: string) => `<@${coalition.person(name).ref}>`;
  const leaver = coalition.person('Alternate 5');
  const words = letters(mostWords);
  for (const how of ['named', 'secret']) {
    await voice.says('/checkin concern');
    const raised = await voice.fills({ to: at('Alternate 5'), words, how });
    expect(raised.refused, raised.text).toBeNull();
    if (how === 'named') continue;
    const code = /(\w{4}-){3}\w{4}/.exec(raised.text)?.[0] ?? '';
    const goesOn = async (values: Record<string, string>) => {
      await voice.says('/checkin thread');
      const thread = await voice.fills({ code, ...values });
      expect(thread.refused, thread.text).toBeNull();
    };
    for (let time = 0; time < 3; time += 1) await goesOn({ words });
    await goesOn({ page: '1' });
    await does(leaver, 'check-ins.box', await leaver.says('/checkin concerns'), { words });
    await leaver.says('/coalition leave');
    await leaver.presses('Leave the coalition');
    await goesOn({});
    await goesOn({ words, to: at('Staff 1') });
  }
}

test('whatever there is to do about check-ins with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [checkIns],
      at: '2026-02-23T15:00:00Z',
      timesEach: 4,
      others: ['Voice 3', 'Voice 4', 'Voice 5'],
    },
    async (stage) => {
      const { bot, crawl, commands, staff } = stage;
      await answer(stage);
      bot.clockHand.goTo('2026-03-02T15:00:00Z');
      await bot.settle();
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
