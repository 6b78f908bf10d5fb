import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlatformName } from '../../../src/core/who.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { asks, cardText, makeFive, prepares, winnipeg } from './asking.ts';
import { type Answering, endings, everybody, shuttle } from './endings.ts';

const eightDays = 8 * 86_400_000;
describe.each(['slack', 'discord'] as const)('on %s', (platform: PlatformName) => {
  let bot: TestBot;
  let here: TestCoalition;
  beforeAll(async () => {
    bot = await openTestBot();
    here = await makeFive(bot, platform);
  });
  afterAll(() => bot.end());

  const lastSaid = () => {
    const last = bot.channel('general', platform).at(-1);
    return last ? cardText(last.card, winnipeg) : '';
  };

  async function answer(card: Posted, answers: Answering): Promise<void> {
    for (const [index, said] of answers.entries()) {
      if (said === null) continue;
      const person = here.person(everybody[index] ?? '');
      const pressed = await person.presses(typeof said === 'string' ? said : said.button, card);
      const reply = typeof said === 'string' ? pressed : await person.fills(said.fills);
      expect(reply.refused, reply.text).toBeNull();
    }
  }

  test.each(endings)('%s', async (_, asking, answers, says) => {
    const card = await asks(bot, here.person('Ana'), asking, 'general', platform);
    await answer(card, answers);
    bot.clockHand.forward(eightDays);
    await bot.settle();
    expect(lastSaid()).toContain(says);
    expect(cardText(card.card, winnipeg)).toContain(says);
    expect(card.card.parts.some((part) => part.part === 'buttons')).toBe(false);
    expect((await here.person('Ben').says('/decide verify')).text).toContain('as it was written');
  });

  test('on advice, the one who was named decides, in their own words, after hearing the others', async () => {
    const asking = { rule: 'advice', adjust: { 'Who decides': { decider: 'Cleo' } } };
    const card = await asks(bot, here.person('Ana'), asking, 'general', platform);
    expect(cardText(card.card, winnipeg)).toContain('Cleo decides after hearing everybody');
    await answer(card, ['For it', null, 'Against it', null, null]);
    bot.clockHand.forward(eightDays);
    await bot.settle();
    const number = /Decision (\d+)/.exec(lastSaid())?.[1];
    const task = await bot.database.staffTask.findFirst({ where: { kind: 'decisions.heard' } });
    expect(JSON.stringify(task?.text)).toContain('Cleo');

    await here.person('Ana').says(`/decide show ${number}`);
    await here.person('Ana').presses('Say it in words');
    expect((await here.person('Ana').fills({ statement: 'Yes' })).refused).toBe('decisions.decider');
    await here.person('Cleo').says(`/decide show ${number}`);
    await here.person('Cleo').presses('Say it in words');
    await here
      .person('Cleo')
      .fills({ statement: 'We open it in May.', tasks: 'Sign the lease, Tell the school' });
    await bot.settle();
    expect(cardText(card.card, winnipeg)).toContain('We open it in May.');
    const page = await here.person('Dan').says(`/decide show ${number}`);
    expect(page.text).toContain('Sign the lease');
    expect((await here.person('Dan').presses('Done: Sign the lease', page)).text).toContain('Thank you');
    expect((await here.person('Dan').says(`/decide show ${number}`)).text).toContain('Sign the lease (done)');
  });
});

test('a preview shows the rule in one sentence before anybody votes, and can be thrown away', async () => {
  const bot = await openTestBot();
  const here = await makeFive(bot);
  const ana = here.person('Ana');
  const preview = await prepares(ana, { rule: 'two-thirds' });
  expect(preview.text).toContain('Preview: Shall we open a second hub?');
  expect(preview.text).toContain(
    'Passes when at least 2/3 of those who vote yes or no say yes; abstaining counts neither way.',
  );
  expect(preview.text).toContain('5 voices as of now');
  expect((await ana.says('/decide drafts')).text).toContain('Shall we open a second hub?');
  await ana.presses('Throw away', preview);
  expect((await ana.says('/decide drafts')).text).toContain('No draft');
  expect((await ana.says('/decide list')).text).toContain('There are no decisions yet');
  await bot.end();
});

test('a ranking that does not fit is told, and what was typed is kept for another try', async () => {
  const bot = await openTestBot();
  const here = await makeFive(bot);
  const card = await asks(bot, here.person('Ana'), { ...shuttle, rule: 'runoff' });
  const ben = here.person('Ben');
  for (const typed of ['7 1', '1 1', 'Van first']) {
    await ben.presses('Rank the options', card);
    expect((await ben.fills({ marks: typed, reason: 'It is cheaper.' })).text).toContain('does not fit');
    const again = await ben.presses('Open it again');
    expect(again.form?.fields.map(({ value }) => value)).toEqual([typed, 'It is cheaper.']);
  }
  expect((await ben.fills({ marks: '2 > 1' })).text).toContain('Clinic says: 2 > 1');
  await bot.end();
});
