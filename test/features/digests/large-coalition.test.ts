import { afterAll, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { setUp } from '../../support/joining.ts';

let bot: TestBot;
afterAll(() => bot.end());

test('staff import five thousand partners, and the week’s digest tells of them, once', async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const ana = await setUp(bot);
  const rows = Array.from({ length: 5000 }, (_, n) => `Organisation ${n};Sector ${n % 30};Thing ${n}`);
  const csv = `\uFEFF${['Name;Sector;Offers', ...rows].join('\r\n')}`;
  await ana.says('/partners import');
  const preview = await ana.fills({ file: csv });
  expect(preview.text).toContain('5,000 partners are created');
  await ana.presses('Import 5,000 partners', preview);
  await bot.settle();
  await ana.says('/digest schedule wednesday 09:00 general');
  bot.clockHand.goTo('2026-03-04T15:00:00Z');
  await bot.settle();

  const reader = { language: 'en', timeZone: 'America/Winnipeg' };
  const [digest, ...others] = bot.channel('general').map(({ card }) => cardText(card, reader));
  expect(others).toEqual([]);
  expect(digest).toContain('Organisation 0 · Sector 0');
  expect(digest).toContain('4,992 more partners joined');

  await ana.says('/digest announce Back to work');
  bot.clockHand.goTo('2026-03-11T14:00:00Z');
  await bot.settle();
  const next = bot.channel('general').map(({ card }) => cardText(card, reader))[1];
  expect(next).toContain('Back to work');
  expect(next).not.toContain('more partners joined');
}, 60_000);
