import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: ['Ben', 'Lee', 'Cleo'].map((name) => ({ name: `Org of ${name}`, voices: [name] })),
  });
});
afterAll(() => bot.end());

const plan = (date: string) =>
  coalition.person('Ana').says(`/rosters plan roster:"Meeting host" day:${date}`);

test('staff start a duty that goes round, and partners join it', async () => {
  const ana = coalition.person('Ana');
  expect((await ana.says('/rosters new Meeting host')).text).toContain('goes round from now on');
  expect((await ana.says('/rosters new meeting  HOST')).refused).toBe('roles.roster-taken');
  expect((await plan('2026-03-12')).refused).toBe('roles.roster-empty');
  for (const name of ['Ben', 'Lee', 'Cleo']) {
    expect((await coalition.person(name).says('/rosters join Meeting host')).text).toContain('takes turns');
    bot.clockHand.forward(1000);
  }
  expect((await coalition.person('Ben').says('/rosters')).text).toContain('3 organisations take turns');
});

test('each day goes to the next, the same day only once, and days that cannot be are refused', async () => {
  expect((await plan('2026-03-12')).text).toContain('Org of Ben is asked for Thursday, 12 March 2026');
  expect((await plan('2026-03-12')).text).toContain('Org of Ben is asked');
  expect((await plan('2026-03-19')).text).toContain('Org of Lee is asked');
  expect((await plan('2026-03-01')).refused).toBe('roles.day');
  expect((await plan('2027-12-01')).refused).toBe('roles.day');
  expect((await plan('2026-02-30')).form).not.toBeNull();
});

test('whoever cannot says so with one press; the next is asked, and the turn is kept', async () => {
  await bot.settle();
  const ben = coalition.person('Ben');
  const asked = ben.inbox().at(-1);
  expect((await ben.presses('We can’t that day', asked)).text).toContain('Org of Cleo is asked instead');
  expect((await ben.presses('We can’t that day', asked)).refused).toBe('roles.duty-gone');
  await bot.settle();
  expect(JSON.stringify(coalition.person('Cleo').inbox().at(-1)?.card)).toContain('Your turn: Meeting host');
  expect((await plan('2026-03-26')).text).toContain('Org of Ben is asked');
});

test('two days planned at once go to two organisations, and one day to one', async () => {
  const days = ['2026-04-02', '2026-04-09', '2026-04-02', '2026-04-16'];
  await Promise.all(days.map(plan));
  const duties = await bot.database.rosterDuty.findMany({
    where: { current: true, heldOn: { gte: '2026-04-01' } },
  });
  expect(duties.map(({ heldOn }) => heldOn).sort()).toEqual(['2026-04-02', '2026-04-09', '2026-04-16']);
  expect(new Set(duties.map(({ partnerId }) => partnerId)).size).toBe(3);
});

test('two days before it whoever is on duty is reminded', async () => {
  bot.clockHand.goTo('2026-03-10T15:00:00Z');
  await bot.settle();
  expect(JSON.stringify(coalition.person('Cleo').inbox().at(-1)?.card)).toContain('Thank you');
});

test('staff end a duty: they see what falls away, those who had a turn hear of it, and the name is free again', async () => {
  const ana = coalition.person('Ana');
  const ben = coalition.person('Ben');
  expect((await ben.says('/rosters close Meeting host')).refused).toBe('core.backbone');
  const preview = await ana.says('/rosters close Meeting host');
  expect(preview.text).toContain('6 turns are planned');
  expect((await ana.presses('End it', preview)).text).toContain('goes round no more');
  expect((await ana.presses('End it', preview)).refused).toBe('roles.roster-gone');
  await bot.settle();
  const told = ['Ben', 'Lee', 'Cleo'].flatMap((name) =>
    coalition
      .person(name)
      .inbox()
      .filter(({ card }) => JSON.stringify(card).includes('You need not be')),
  );
  expect(told).toHaveLength(6);
  bot.clockHand.goTo('2026-04-20T15:00:00Z');
  await bot.settle();
  const reminded = ['Ben', 'Lee', 'Cleo'].flatMap((name) =>
    coalition
      .person(name)
      .inbox()
      .filter(({ card }) => JSON.stringify(card).includes('Thank you!')),
  );
  expect(reminded).toHaveLength(1);
  expect((await ben.says('/rosters')).text).toContain('No duty goes round yet');
  expect((await ben.says('/rosters join Meeting host')).text).not.toContain('takes turns');
  expect((await ana.says('/rosters new Meeting host')).text).toContain('goes round from now on');
  expect((await bot.database.roster.findMany()).map(({ name }) => name)).toEqual([
    'Meeting host',
    'Meeting host',
  ]);
});
