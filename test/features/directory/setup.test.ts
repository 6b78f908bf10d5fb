import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot();
});
afterAll(() => bot.end());

test('whoever sets a coalition up becomes its backbone staff', async () => {
  const ana = bot.as('Ana');
  const form = await ana.says('/coalition setup');
  expect(form.acknowledged).toBe('with-form');

  const wrong = await ana.fills({ name: 'Ready by Five', zone: 'CEST' });
  expect(wrong.text).toContain('“CEST” is no time zone I know');
  const again = await ana.presses('Open it again');
  expect(again.form?.fields.find((field) => field.name === 'name')?.value).toBe('Ready by Five');

  const done = await ana.fills({ zone: 'America/Winnipeg' });
  expect(done.text).toContain('Ready by Five is set up');

  const late = await bot.as('Ben').says('/coalition setup');
  expect(late.refused).toBe('directory.already-set-up');
});

test('a command that is not there leads to the nearest one', async () => {
  expect((await bot.as('Ana').says('/coalitoin setup')).text).toContain('/coalition');
  expect((await bot.as('Ana').says('/coalition setpu')).text).toContain('Did you mean /coalition setup?');
});

test('the same delivery runs once', async () => {
  const ana = bot.as('Ana');
  await ana.says('/coalition setup');
  expect((await ana.says('/coalition setup', { again: true })).duplicate).toBe(true);
});
