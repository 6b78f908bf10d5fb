import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { answers, fivePartners, proposes, read } from '../meetings/meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const joinedAt = '2025-06-01T00:00:00Z';
  const partners = fivePartners.map((partner) => ({ ...partner, joinedAt }));
  here = await makeCoalition(bot, { staff: ['Ana'], partners });
});
afterAll(() => bot.end());

test('whoever came to a meeting was in touch; whoever was only asked was not', async () => {
  const ana = here.person('Ana');
  expect((await ana.says('/checkin due')).text).toContain('5 partners overdue');
  const closing = { deadline: '3 days', closing: 'rule', reminders: 'none' };
  const card = await proposes(bot, ana, { adjust: { 'How it closes': closing } });
  for (const name of ['Ben', 'Cleo', 'Dan']) await answers(here.person(name), card, ['Yes']);
  await bot.settle();
  bot.clockHand.goTo('2026-03-10T20:00:30Z');
  await bot.settle();
  expect((await ana.says('/checkin due')).text).toContain('5 partners overdue');

  const roll = bot.channel('general').at(-1);
  expect(read(roll)).toContain('Nobody is here yet');
  for (const name of ['Ben', 'Cleo']) await here.person(name).presses('We are here', roll);
  const summary = await ana.presses('Finish the meeting', roll);
  await ana.presses('Send it', summary).catch(() => null);
  await bot.settle();
  const due = (await ana.says('/checkin due')).text;
  expect(due).toContain('3 partners overdue');
  for (const absent of ['Library', 'Mosque', 'School']) expect(due).toContain(`${absent}: overdue`);
  for (const present of ['Clinic', 'Food Bank']) expect(due).not.toContain(`${present}: overdue`);
});
