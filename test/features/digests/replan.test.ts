import { afterEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;
afterEach(() => bot.end());

/** Monday 2 March 2026; every digest is due on Wednesday at 09:00, and has something to tell. */
async function begin(timeZone: string, of: Parameters<typeof makeCoalition>[1] = {}) {
  bot = await openTestBot({ at: '2026-03-02T11:00:00Z' });
  const partners = [{ name: 'Food Bank', voices: ['Ben'], spotlightConsent: false }];
  coalition = await makeCoalition(bot, { staff: ['Ana'], timeZone, partners, ...of });
  ana = coalition.person('Ana');
  await ana.says('/digest schedule wednesday 09:00 general');
  await coalition.person('Ben').says('/digest announce One');
}

async function movesTo(zone: string): Promise<string> {
  await ana.presses('Name, zone, language', await ana.says('/coalition settings'));
  const { text } = await ana.fills({ zone });
  expect(text).toContain(zone);
  return text;
}

async function passTo(at: string) {
  bot.clockHand.goTo(at);
  await bot.settle();
}

const sent = () => bot.channel('general').length;
const nextDue = async () =>
  (await bot.database.digestIssue.findFirstOrThrow({ where: { state: 'planned' } })).dueAt.toISOString();

test('in a zone further east the digest goes out earlier, at the same time of day, once', async () => {
  await begin('America/Winnipeg');
  expect(await movesTo('Europe/Paris')).toContain('keeps its time of day: the next one goes out Wednesday');
  await passTo('2026-03-04T07:59:00Z');
  expect(sent()).toBe(0);
  await passTo('2026-03-04T08:00:00Z');
  expect(sent()).toBe(1);
  await passTo('2026-03-04T15:00:00Z');
  expect(sent()).toBe(1);
  expect(await nextDue()).toBe('2026-03-11T08:00:00.000Z');
});

test('in a zone further west it goes out later, at the same time of day, once', async () => {
  await begin('Europe/Paris');
  expect(await movesTo('America/Winnipeg')).toContain('keeps its time of day');
  await passTo('2026-03-04T14:59:00Z');
  expect(sent()).toBe(0);
  await passTo('2026-03-04T15:00:00Z');
  expect(sent()).toBe(1);
  // Summer time has begun in Winnipeg by then.
  expect(await nextDue()).toBe('2026-03-11T14:00:00.000Z');
});

test('when its time is over already in the new zone, that is said, and the next one tells everything', async () => {
  await begin('America/Winnipeg');
  bot.clockHand.goTo('2026-03-04T10:00:00Z');
  const said = await movesTo('Europe/Paris');
  expect(said).toContain('This week’s time for the digest is over already in Europe/Paris');
  expect(said).toContain('11 March 2026');
  await passTo('2026-03-04T15:00:00Z');
  expect(sent()).toBe(0);
  await passTo('2026-03-11T08:00:00Z');
  expect(sent()).toBe(1);
  const [posted] = bot.channel('general');
  const reader = { language: 'en', timeZone: 'Europe/Paris' };
  expect(posted && cardText(posted.card, reader)).toContain('One');
});

test('what went out is not sent again when the same hour comes in the new zone', async () => {
  await begin('Europe/Paris');
  await passTo('2026-03-04T08:00:00Z');
  expect(sent()).toBe(1);
  await coalition.person('Ben').says('/digest announce Two');
  await movesTo('America/Winnipeg');
  await passTo('2026-03-04T15:00:00Z');
  expect(sent()).toBe(1);
  await passTo('2026-03-11T14:00:00Z');
  expect(sent()).toBe(2);
});

test('a digest that is due already still goes out, and moving back and forth changes nothing', async () => {
  await begin('America/Winnipeg');
  for (const zone of ['Europe/Paris', 'Pacific/Auckland', 'Pacific/Honolulu', 'America/Winnipeg'])
    await movesTo(zone);
  expect(await nextDue()).toBe('2026-03-04T15:00:00.000Z');
  bot.clockHand.goTo('2026-03-04T15:00:00Z');
  await movesTo('Europe/Paris');
  await bot.settle();
  expect(sent()).toBe(1);
  expect(await nextDue()).toBe('2026-03-11T08:00:00.000Z');
});

test('a stopped digest stays stopped, and the same zone again says nothing', async () => {
  await begin('America/Winnipeg');
  expect(await movesTo('America/Winnipeg')).not.toContain('digest');
  await ana.says('/digest stop');
  expect(await movesTo('Europe/Paris')).not.toContain('digest');
  await passTo('2026-03-12T15:00:00Z');
  expect(sent()).toBe(0);
});

test('what waits for a working day goes out when that day becomes one', async () => {
  const hours = { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5] };
  await begin('America/Winnipeg', { hours });
  await ana.says('/digest stop');
  // A Saturday.
  await passTo('2026-03-07T15:00:00Z');
  await ana.presses('Add staff', await ana.says('/coalition settings'));
  const ben = coalition.person('Ben');
  await ana.fills({ member: ben.ref });
  await bot.settle();
  const before = ben.inbox().length;
  await ana.presses('Working time', await ana.says('/coalition settings'));
  await ana.fills({ days: 'Mon-Sun' });
  await bot.settle();
  expect(ben.inbox()).toHaveLength(before + 1);
  expect(JSON.stringify(ben.inbox().at(-1)?.card)).toContain('has made you backbone staff');
});
