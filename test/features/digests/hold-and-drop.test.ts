import { afterEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
afterEach(() => bot.end());

/** Monday 2 March 2026, 09:00 in Winnipeg. */
async function begin() {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben'] }],
  });
  return { ana: coalition.person('Ana'), ben: coalition.person('Ben') };
}

async function passTo(at: string) {
  bot.clockHand.goTo(at);
  await bot.settle();
}

const readOut = () =>
  bot.channel('general').map((each) => cardText(each.card, { language: 'en', timeZone: 'America/Winnipeg' }));

test('people who are not staff cannot schedule, preview, hold or drop', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  const resumeOnly = [
    '/digest schedule monday 09:00 general',
    '/digest preview',
    '/digest hold',
    '/digest drop',
  ];
  for (const typed of [...resumeOnly, '/digest resume', '/digest stop', '/digest order']) {
    expect((await ben.says(typed)).refused, typed).toBe('core.backbone');
  }
  const held = await ana.says('/digest hold');
  const letGo = held.card?.parts.find((part) => part.part === 'buttons')?.buttons.at(-1)?.id ?? '';
  expect((await ben.pressesId(letGo)).refused).toBe('core.backbone');
  expect((await ben.says('/digest')).text).not.toContain('The last ones');
});

test('staff hold a digest and let it go before its time', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  expect((await ana.says('/digest hold')).text).toContain('Held');
  expect((await ana.says('/digest hold')).text).toContain('Held');
  expect((await ana.presses('Let it go')).text).toContain('The next digest goes out');
  await passTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
});

test('a held digest that is let go after its time goes out at once, and only once', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  await ana.says('/digest hold');
  await passTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(0);
  bot.clockHand.goTo('2026-03-05T15:00:00Z');
  const status = await ana.says('/digest');
  expect((await ana.presses('Let it go', status)).text).toContain('on its way');
  expect((await ana.presses('Let it go', status)).refused).toBe('digests.issue-over');
  await bot.settle();
  expect(readOut()).toHaveLength(1);
  expect(readOut()[0]).toContain('late');
  await ben.says('/digest announce Two');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[1]).toContain('Two');
});

test('what was held is told by the next digest', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  await ana.says('/digest hold');
  await passTo('2026-03-04T15:00:00Z');
  await passTo('2026-03-11T14:00:00Z');
  const [digest, ...others] = readOut();
  expect(others).toEqual([]);
  expect(digest).toContain('One');
  expect(digest).not.toContain('late');
  expect((await ana.says('/digest')).text).toContain('Wednesday, 4 March 2026: held by staff');
});

test('staff drop an item and put it back; dropped twice is dropped once', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce First');
  await ben.says('/digest announce Second');
  const list = await ana.says('/digest drop');
  const select = list.card?.parts.find((part) => part.part === 'select')?.select;
  const first = select?.choices.find(({ label }) => label.includes('First'))?.value ?? '';
  expect((await ana.picks(first, list)).text).toContain(
    'Dropped from this digest: Announcements: Food Bank: First',
  );
  await ana.picks(first, list);
  expect((await ana.says('/digest drop second')).text).toContain('2 drops by staff');
  await ana.presses('Put back: Announcements: Food Bank: Second');
  expect((await ana.says('/digest preview')).text).not.toContain('First');
  await passTo('2026-03-04T15:00:00Z');
  expect(readOut()[0]).toContain('Second');
  expect(readOut()[0]).not.toContain('First');

  // Dropped from one digest is not removed: it waits for the next.
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[1]).toContain('First');
  expect((await ana.picks(first, list)).refused).toBe('digests.issue-over');
  expect((await ana.says('/digest drop nothing like it')).refused).toBe('digests.no-item');
});

test('stopped, no digest goes out until one is scheduled again', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  await ana.says('/digest stop');
  await passTo('2026-03-20T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(0);
  expect((await ana.says('/digest')).text).toContain('No digest goes out');
  await ana.says('/digest schedule wednesday 09:00 general');
  await passTo('2026-03-25T14:00:00Z');
  expect(readOut()[0]).toContain('One');
});

test('another coalition’s staff reach none of it, whatever ids they press', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  const announced = await ben.says('/digest announce One');
  const held = await ana.says('/digest hold');
  const drops = await ana.says('/digest drop');
  const elsewhere = { name: 'Other', workspace: 'elsewhere', staff: ['Olga'] };
  const olga = (await makeCoalition(bot, elsewhere)).person('Olga');
  await olga.says('/digest schedule wednesday 09:00 general');

  expect((await olga.presses('Let it go', held)).refused).toBe('digests.issue-over');
  const { id } = await bot.database.announcement.findFirstOrThrow();
  expect((await olga.picks(`announcements|${id}`, drops)).refused).toBe('digests.issue-over');
  expect((await olga.presses('Take it back', announced)).refused).toBe('digests.no-announcement');
  expect((await olga.says('/digest announcements')).text).toContain('None yet');
  expect((await bot.database.announcement.findFirstOrThrow()).state).toBe('waiting');
  expect((await ana.says('/digest')).text).toContain('Held');
});
