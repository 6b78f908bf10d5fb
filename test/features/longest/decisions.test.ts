import { test } from 'vitest';
import { charterRuleNames } from '../../../src/features/decisions/charter/rules.ts';
import { decisions } from '../../../src/features/decisions/feature.ts';
import { longestOption, longestQuestion } from '../../../src/features/decisions/opening/rules.ts';
import { longestReason } from '../../../src/features/decisions/voting/forms.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { asks, prepares } from '../decisions/asking.ts';

const question = letters(longestQuestion);
const options = Array.from({ length: 10 }, (_, n) => longName(`${n}`, longestOption));
const secretly = { anonymous: 'yes', visibility: 'open', reasons: 'optional', fewest: '3' };

/** Everybody agrees to a charter that has every rule, so that whatever else is asked can still be. */
async function changeCharter({ bot, coalition, staff }: LongestStage): Promise<void> {
  await staff.says('/decide charter', { in: 'general' });
  const rules = charterRuleNames.join(', ');
  const preview = await staff.fills({ opener: 'voices', rules, rule: 'majority', until: '7 days' });
  await does(staff, 'Open it', preview);
  await bot.settle();
  const card = bot.channel('general').at(-1);
  for (const n of [1, 2, 3, 4]) await does(coalition.person(`Voice ${n}`), 'Yes', card);
}

/** Voices rank, vote secretly, object and answer in words; staff close, write it down and give out what follows. */
async function decide(stage: LongestStage): Promise<void> {
  const { bot, coalition, staff, voices, crawl } = stage;
  const [one = staff, two = staff] = voices;
  const ranked = await asks(bot, staff, { question, options, rule: 'transferable' });
  const reason = letters(longestReason);
  await does(one, 'decide.marks', ranked, { marks: '2 > 1', reason });
  const secret = await asks(bot, staff, {
    question,
    rule: 'majority',
    adjust: { 'Who sees what': secretly },
  });
  for (const voice of voices) {
    const cast = await does(voice, 'decide.secret', secret, { answer: 'yes', reason });
    const code = /(\w{4}-){3}\w{4}/.exec(cast.text)?.[0] ?? '';
    await does(voice, 'decide.secret', secret, { answer: 'no', reason, code });
    await voice.says('/decide receipt');
    await voice.fills({ number: '2', code });
  }
  const consent = await asks(bot, staff, { question, rule: 'consent' });
  await does(one, 'Object', consent, { reason });
  await does(two, 'decide.look', await two.says('/decide mine'));
  const adjust = { Time: { until: '7 days', review: '5' } };
  const open = await asks(bot, staff, { question, rule: 'majority', adjust });
  for (const voice of voices) await does(voice, 'Yes', open);
  await staff.says(`/decide spoken decision:4 partner:${partnerName(4)} answer:Yes`);
  await bot.settle();
  const fourth = coalition.person('Voice 4');
  await does(fourth, 'decide.undo-spoken', fourth.inbox().at(-1));
  await does(fourth, 'Yes', open);
  await staff.says(`/decide close 4 "${letters(100)}"`);
  await bot.settle();
  const said = { statement: letters(500), tasks: ['1', '2', '3'].map((n) => longName(n, 80)).join(', ') };
  await does(staff, 'Say it in words', await staff.says('/decide show 4'), said);
  const due = { who: `<@${one.ref}>`, due: '2026-03-01' };
  await does(staff, 'decide.assign', await staff.says('/decide show 4'), due);
  await bot.settle();
  await crawl.presses(one, one.inbox().at(-1), 'decide.followed');
  const later = { who: `<@${two.ref}>`, due: '2026-02-25' };
  await does(staff, 'decide.assign', await staff.says('/decide show 4'), later);
  const { ref } = coalition.person('Member 3');
  await does(staff, 'decide.assign', await staff.says('/decide show 4'), { ...due, who: `<@${ref}>` });
  await does(staff, 'decide.discard', await prepares(staff, { question, rule: 'majority' }));
  await asks(bot, staff, { question, rule: 'majority' });
  await staff.says(`/decide withdraw 5 "${letters(100)}"`);
  await changeCharter(stage);
  for (const day of ['2026-02-20', '2026-02-24', '2026-02-28', '2026-03-02']) {
    bot.clockHand.goTo(`${day}T15:00:00Z`);
    await bot.settle();
  }
}

test('whatever there is to do about decisions with the longest words is drawn on every platform', async () => {
  await playLongest(
    { features: [decisions], at: '2026-02-16T15:00:00Z', last: ['decide withdraw'], timesEach: 5 },
    async (stage) => {
      const { crawl, commands, staff } = stage;
      await decide(stage);
      for (let time = 0; time < 9; time += 1) await crawl.says(staff, '/decide new');
      await crawl.sayAll(commands);
      for (let time = 0; time < 3; time += 1) await crawl.wait(72);
      await crawl.sayAll(commands);
      for (const hours of [240, 240, 2400]) await crawl.wait(hours);
      await crawl.says(staff, '/decide drafts');
    },
  );
}, 300_000);
