import { afterAll, beforeAll, expect, test } from 'vitest';
import { directory } from '../../src/features/directory/feature.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { planning } from '../support/sample-days.ts';

let bot: TestBot;
beforeAll(async () => {
  // Sunday evening in Winnipeg, Monday morning in Paris.
  bot = await openTestBot({ at: '2026-11-23T05:30:00Z', features: [directory, planning] });
  const ana = bot.as('Ana', { workspace: 'ours' });
  await ana.says('/coalition setup');
  await ana.fills({ name: 'Ready by Five', zone: 'Europe/Paris' });
});
afterAll(() => bot.end());

async function suggested(option: string, typed: string) {
  const sender = {
    platform: 'console',
    workspace: { ref: 'ours', name: '' },
    account: { ref: bot.as('Ana', { workspace: 'ours' }).ref, name: '' },
    place: null,
  } as const;
  return bot.dispatch.suggest(sender, { command: 'plan day', option, typed });
}

test('the days that people mostly mean are suggested, by their names or as they are typed', async () => {
  const all = await suggested('on', '');
  expect(all.map(({ value }) => value)).toEqual([
    ...['2026-11-23', '2026-11-24', '2026-11-30', '2026-12-07', '2026-12-23'],
  ]);
  expect(all[1]?.label).toBe('Tomorrow: Tuesday, 24 November 2026');
  expect((await suggested('on', 'mon')).map(({ value }) => value)).toEqual(['2026-11-23']);
  expect(await suggested('on', '3 april')).toEqual([
    { value: '2027-04-03', label: '3 april: Saturday, 3 April 2027' },
  ]);
  expect(await suggested('on', '2050-01-01')).toEqual([]);
  expect(await suggested('on', 'zzz')).toEqual([]);
});

test('a time is suggested with the day it belongs to, by the coalition’s clock', async () => {
  expect(await suggested('at', 'tomorrow 3pm')).toEqual([
    { value: '2026-11-24T15:00', label: 'tomorrow 3pm: Tuesday, 24 November 2026, 15:00' },
  ]);
});

test('what has been already is asked again with the next such time', async () => {
  const ana = bot.as('Ana', { workspace: 'ours' });
  const told = await ana.says('/plan day on:today at:today 5am');
  expect(told.text).toContain('“today 5am” has been already. The next such time is Monday, 30 November 2026');
  const { form } = await ana.presses('Open it again');
  expect(form?.fields.map(({ value }) => value)).toEqual(['2026-11-23', '2026-11-30T05:00']);

  for (const typed of ['yesterday', '2026-11-20 10:00'])
    expect((await ana.says(`/plan day on:today at:${typed}`)).text).toContain(
      'has been already. Choose a time to come',
    );
});
