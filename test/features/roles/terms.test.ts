import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DigestScope } from '../../../src/core/digest-section.ts';
import { plainText } from '../../../src/core/plain-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-01-31T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Lee'] },
    ],
  });
  for (const name of ['Host', 'Greeter', 'Chair']) {
    const ana = coalition.person('Ana');
    await ana.says('/roles new');
    const card = await ana.fills({ name, purpose: `${name} it is`, effort: '1', seats: '1' });
    await ana.presses('Term, skills, buddy', card);
    await ana.fills({ term: '1' });
  }
});
afterAll(() => bot.end());

const lastCard = (name: string) => JSON.stringify(coalition.person(name).inbox().at(-1)?.card);

test('a term that cannot be is refused with its range, and one that fits ends in a month that is long enough', async () => {
  const ana = coalition.person('Ana');
  await ana.says('/roles show Host');
  await ana.presses('Term, skills, buddy');
  expect((await ana.fills({ term: '61' })).text).toContain('whole months from 1 to 60');
  const took = await coalition.person('Ben').says('/roles take Host');
  expect(took.text).toContain('until Saturday, 28 February 2026');
});

test('two weeks before its end the holder is asked, and going on moves the end once', async () => {
  const ben = coalition.person('Ben');
  bot.clockHand.goTo('2026-02-14T15:00:00Z');
  await bot.settle();
  expect(lastCard('Ben')).toContain('Would you like to go on?');
  const asked = ben.inbox().at(-1);
  expect((await ben.presses('Go on', asked)).text).toContain('until Saturday, 28 March 2026');
  expect((await ben.presses('Go on', asked)).text).toContain(
    'settled before: you hold “Host” until Saturday, 28 March',
  );
  bot.clockHand.goTo('2026-03-01T15:00:00Z');
  await bot.settle();
  expect(ben.inbox().at(-1)).toBe(asked);
});

test('without an answer the seat comes free a week after the end, with thanks and a way back', async () => {
  bot.clockHand.goTo('2026-03-29T15:00:00Z');
  await bot.settle();
  expect(lastCard('Ben')).toContain('Today is the last day');
  expect((await coalition.person('Ben').says('/roles show Host')).text).toContain('1 of 1 held');
  bot.clockHand.goTo('2026-04-06T15:00:00Z');
  await bot.settle();
  expect(lastCard('Ben')).toContain('the seat is free again');
  expect((await coalition.person('Ben').says('/roles show Host')).text).toContain('0 of 1 held, 1 free');
});

test('renewing a term whose end has passed counts from today', async () => {
  await coalition.person('Lee').says('/roles take Greeter');
  bot.clockHand.goTo('2026-05-10T15:00:00Z');
  await bot.settle();
  const lee = coalition.person('Lee');
  expect((await lee.presses('Go on', lee.inbox().at(-1))).text).toContain('until Wednesday, 10 June 2026');
});

test('work is noted with one click, hours come after it, and a day counts once', async () => {
  const lee = coalition.person('Lee');
  await lee.says('/roles show Greeter');
  expect((await lee.presses('Note work done today')).text).toContain('Noted: Library worked on “Greeter”');
  await lee.presses('Add how long it took');
  expect((await lee.fills({ hours: '1 h 30 min' })).text).toContain('1.5 hours');
  await lee.says('/roles show Greeter');
  await lee.presses('Note work done today');
  expect((await lee.says('/roles work role:Greeter day:2026-05-01 hours:2')).text).toContain('2 hours');
  expect((await lee.says('/roles work role:Greeter day:2026-05-02')).text).toContain('Noted');

  const totals = await coalition.person('Ben').says('/roles hours');
  expect(totals.text).toContain('Hours noted: 3.5');
  expect(totals.text).toContain('Days of work noted: 3');
  expect(totals.text).toContain('One day was noted without hours');
});

test('days that cannot be are refused, and nobody notes another’s work but staff', async () => {
  const [ana, ben] = [coalition.person('Ana'), coalition.person('Ben')];
  expect((await ben.says('/roles work role:Host day:2026-06-01')).refused).toBe('roles.work-in-future');
  expect((await ben.says('/roles work role:Host day:2024-06-01')).refused).toBe('roles.work-too-old');
  expect((await ben.says('/roles work role:Host day:2026-02-30')).form).not.toBeNull();
  expect((await ben.says('/roles work role:Greeter partner:Library')).refused).toBe('roles.not-yours');
  expect((await ben.says('/roles work role:Chair')).refused).toBe('roles.not-held');
  expect((await ana.says('/roles work role:Greeter day:2026-05-03 hours:1 partner:library')).text).toContain(
    'Library worked',
  );
  expect((await ana.says('/roles hours from:2026-05-02 to:2026-05-01')).refused).toBe('roles.dates');
});

test('the digest thanks whoever finished a term and shows what is open', async () => {
  const row = await bot.database.coalition.findUniqueOrThrow({ where: { id: coalition.id } });
  const scope: DigestScope = {
    coalition: { ...row, id: coalition.id },
    since: new Date('2026-04-01T00:00:00Z'),
    until: bot.clockHand.now(),
    occurrence: '2026-05-11',
    reader: { language: 'en', timeZone: 'America/Winnipeg' },
    tools: bot.tools,
  };
  const sections = bot.tools.features().find(({ name }) => name === 'roles')?.adds.digest ?? [];
  const [open = [], thanks = []] = await Promise.all(sections.map((section) => section.collect(scope)));
  expect(open.map(({ label }) => label).sort()).toEqual(['Chair', 'Host']);
  expect(thanks.map(({ label }) => label)).toEqual([
    'Food Bank has finished 2 months as Host. Thank you!',
    'Work was done this week by Library. Thank you!',
  ]);
  const [first] = open[0]?.parts ?? [];
  expect(first?.part === 'text' && plainText(first.text, scope.reader)).toContain('1 hour a month');
});
