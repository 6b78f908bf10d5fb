import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;

// Everything is due on Wednesday, 11 March; the first notice comes on Monday at nine, which is 14:00 UTC.
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Dee'] },
      { name: 'Clinic', voices: ['Cy', 'Cass'] },
      { name: 'School', voices: ['Eve'] },
      { name: 'Church', voices: ['Fay'] },
    ],
  });
  ana = coalition.person('Ana');
  await startMeasure(ana, { rhythm: { grace: '2', locks: '5' } });
  await startMeasure(ana, { name: 'Meals', unit: 'meals' });
});
afterAll(() => bot.end());

const inbox = (name: string) => coalition.person(name).inbox();

test('the preview says exactly who will be asked what, and when', async () => {
  const shown = (await ana.says('/data preview Meals')).text;
  expect(shown).toContain('Opens on Monday, 9 March 2026 for 5 partners');
  expect(shown).toContain('Monday, 9 March 2026: first notice');
  expect(shown).toContain('Wednesday, 11 March 2026: one on the day it is due');
  expect(shown).toContain('Thursday, 12 March 2026: the alternate is asked, once');
  expect(shown).toContain('Food Bank: Ben, then Bea');
  expect(shown).toContain('School: Eve');
  expect((await coalition.person('Ben').says('/data preview Meals')).refused).toBe('core.backbone');
});

test('two figures that are due are one card, what is given leaves the other', async () => {
  // Both periods open in the night, before anybody is asked.
  await at(bot, '2026-03-09T13:59:00Z');
  expect(inbox('Ben')).toHaveLength(0);
  await at(bot, '2026-03-09T14:00:00Z');
  for (const name of ['Ben', 'Dee', 'Cy', 'Eve', 'Fay']) expect(inbox(name), name).toHaveLength(1);
  const card = JSON.stringify(inbox('Ben')[0]?.card);
  expect(card).toContain('Give Children reached, 2026-W10');
  expect(card).toContain('Give Meals, 2026-W10');
  const ben = coalition.person('Ben');
  await ben.presses('Give Meals, 2026-W10', inbox('Ben')[0]);
  expect((await ben.fills({ figure: '900' })).text).toContain('1 more is open');
  expect((await ben.presses('1 more is open')).text).toContain('Children reached for 2026-W10');
});

test('who asks for help is left in peace, and staff see it', async () => {
  const dee = coalition.person('Dee');
  await dee.says('/data');
  await dee.presses('Other answers');
  await dee.presses('I need help');
  const asked = await dee.fills({ words: 'Which children count?' });
  expect(asked.text).toContain('Reminders rest');
  expect((await ana.says('/coalition tasks')).text).toContain('“Which children count?”');
  expect((await ana.says('/data asks')).text).toContain('Library (Dee) needs help with Children reached');
});

test('more time is asked for and given: nothing is late before the new day', async () => {
  const cy = coalition.person('Cy');
  await cy.says('/data');
  await cy.presses('Other answers');
  await cy.presses('I need more time');
  const asked = await cy.fills({ days: '4', words: 'Our database is down' });
  expect(asked.text).toContain('Staff are asked for 4 more days');
  const asks = await ana.says('/data asks');
  expect(asks.text).toContain('asks for 4 more days');
  await ana.presses('Give 4 days', asks);
  await bot.settle();
  expect(JSON.stringify(inbox('Cy').at(-1)?.card)).toContain('You have more time for ');
  const row = await bot.database.measureRequest.findFirstOrThrow({
    where: { partnerId: coalition.partnerId('Clinic'), period: { measure: { name: 'Children reached' } } },
  });
  expect(row.dueOn).toBe('2026-03-15');
  expect(row.dueAt.toISOString()).toBe('2026-03-15T22:00:00.000Z');
  expect((await ana.presses('Give 4 days', asks)).refused).toBe('measures.answered');
});

test('what does not apply is not asked, and not late', async () => {
  const eve = coalition.person('Eve');
  await eve.says('/data');
  await eve.presses('Other answers');
  await eve.presses('Not this time');
  expect((await eve.fills({ words: 'Closed for renovation' })).text).toContain(
    'is not asked of you this time',
  );
});

test('a colleague who knows better is asked at once, and from then on', async () => {
  const ben = coalition.person('Ben');
  await ben.says('/data');
  await ben.presses('Ask someone else');
  expect((await ben.fills({ who: 'Dee' })).text).toContain('does not belong to Food Bank');
  await ben.says('/data');
  await ben.presses('Ask someone else');
  expect((await ben.fills({ who: 'Bob' })).text).toContain('Bob is asked for Children reached from now on');
  await bot.settle();
  expect(inbox('Bob')).toHaveLength(1);
  expect(JSON.stringify(inbox('Bob')[0]?.card)).toContain('you know this best');
  const bob = coalition.person('Bob');
  await bob.presses('Give the figure', inbox('Bob')[0]);
  expect((await bob.fills({ figure: '77' })).text).toContain('77 children');
});

test('a figure that is already there needs a link, and staff enter it', async () => {
  const fay = coalition.person('Fay');
  await fay.says('/data');
  await fay.presses('Other answers');
  await fay.presses('It is already there');
  expect((await fay.fills({ where: 'https://example.org/report' })).text).toContain('staff fetch it');
  const asks = await ana.says('/data asks');
  expect(asks.text).toContain('https://example.org/report');
  await ana.presses('Enter the figure', asks);
  expect((await ana.fills({ figure: '33' })).text).toContain('33 children');
  expect((await ana.says('/data asks')).text).not.toContain('example.org');
});

test('a second reminder is one more card for whoever has not answered, about that alone', async () => {
  await at(bot, '2026-03-10T14:00:00Z');
  expect(JSON.stringify(inbox('Eve').at(-1)?.card)).toContain('Meals');
  expect(JSON.stringify(inbox('Eve').at(-1)?.card)).not.toContain('Children reached');
  expect(inbox('Ben')).toHaveLength(1);
  expect(inbox('Bob')).toHaveLength(1);
});

test('staff see names, everybody else numbers', async () => {
  const all = (await coalition.person('Ben').says('/data board')).text;
  expect(all).toContain('Children reached: 2026-W10: 2 given, 2 due soon, 1 excused');
  for (const name of ['Food Bank', 'Library', 'Clinic', 'School']) expect(all).not.toContain(name);
  const named = (await ana.says('/data board measure:Children reached')).text;
  expect(named).toContain('2 given: Church, Food Bank');
  expect(named).toContain('1 excused: School');
  expect((await coalition.person('Ben').says('/data board measure:Meals')).text).not.toContain('Food Bank');
});

test('staff excuse, and open again what was excused or locked', async () => {
  const excused = await ana.says('/data excuse measure:Meals partner:Church why:Fire in the kitchen');
  expect(excused.text).toContain('Church is excused from “Meals”, 2026-W10');
  expect((await coalition.person('Fay').says('/data')).text).toContain('Nothing is asked of Church now');
  expect((await ana.says('/data reopen measure:Meals partner:Church')).text).toContain(
    'is asked of Church again',
  );
  expect((await coalition.person('Fay').says('/data')).text).toContain('Meals for 2026-W10');
  await at(bot, '2026-03-16T23:00:00Z');
  const dee = coalition.person('Dee');
  const mine = await dee.says('/data');
  expect(mine.text).not.toContain('Children reached for 2026-W10');
  expect((await ana.says('/data board measure:Children reached')).text).toContain('2026-W11');
  const reopened = await ana.says('/data reopen measure:Children reached partner:Library period:2026-W10');
  expect(reopened.text).toContain('for 7 more days');
  await dee.says('/data');
  await dee.presses('Give Children reached, 2026-W10');
  expect((await dee.fills({ figure: '12' })).text).toContain('12 children');
});

test('a figure is asked for once, outside its rhythm', async () => {
  const past = await ana.says('/data request measure:Meals due:2026-03-01');
  expect(past.refused).toBe('measures.past');
  const asked = await ana.says('/data request measure:Meals due:2026-03-20 partners:Library');
  expect(asked.text).toContain('“Meals” is asked of 1 partner, due on Friday, 20 March 2026');
  await ana.says('/data request measure:Meals due:2026-03-20 partners:Library');
  const once = await bot.database.measureRequest.findMany({ where: { period: { key: 'once-2026-03-20' } } });
  expect(once).toHaveLength(1);
});
