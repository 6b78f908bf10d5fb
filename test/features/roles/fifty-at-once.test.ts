import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

const names = Array.from({ length: 50 }, (_, index) => `Voice ${index + 1}`);

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: names.map((name) => ({ name: `Partner of ${name}`, voices: [name] })),
  });
  await coalition.person('Ana').says('/roles new');
  await coalition.person('Ana').fills({ name: 'Chair', purpose: 'Leads', effort: '2', seats: '1' });
  await coalition.person('Ana').says('/roles post role:Chair place:general');
  await bot.settle();
});
afterAll(() => bot.end());

test('fifty clicks at once for one seat give one holder and forty-nine in line in order of arrival', async () => {
  const posted = bot.channel('general').at(-1);
  if (!posted) throw new Error('No card was posted');
  const replies = await Promise.all(names.map((name) => coalition.person(name).presses('Take it', posted)));

  const holders = replies.filter(({ text }) => text.includes('holds “Chair” now'));
  expect(holders).toHaveLength(1);
  const told = replies.flatMap(
    ({ text }) => /Partner of (Voice \d+) is number (\d+) in line/.exec(text) ?? [],
  );
  expect(told.length / 3).toBe(49);

  const line = await bot.database.roleWaiting.findMany({ orderBy: { arrival: 'asc' } });
  expect(line.map(({ arrival }) => arrival)).toEqual(Array.from({ length: 49 }, (_, index) => index + 1));
  // What each was told is where they stand: the order is the one in which the database took them.
  for (const [index, waiting] of line.entries()) {
    const name = names.find((each) => coalition.partnerId(`Partner of ${each}`) === waiting.partnerId);
    expect(replies[names.indexOf(name ?? '')]?.text).toContain(`number ${index + 1} in line`);
  }
  expect(await bot.database.roleTerm.count({ where: { current: true } })).toBe(1);
});

test('whoever holds gives back while everybody else leaves, takes and waits at once, and nothing is doubled', async () => {
  const role = await bot.database.role.findFirstOrThrow({ where: { title: 'Chair' } });
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(
      names.map((name, index) =>
        coalition.person(name).says(index % 2 === round % 2 ? '/roles release Chair' : '/roles take Chair'),
      ),
    );
    const terms = await bot.database.roleTerm.findMany({ where: { roleId: role.id, current: true } });
    const offers = await bot.database.roleSeatOffer.findMany({ where: { roleId: role.id, current: true } });
    const line = await bot.database.roleWaiting.findMany({ where: { roleId: role.id } });
    expect(terms.length + offers.length).toBe(1);
    const spots = [...terms, ...offers, ...line].map(({ partnerId }) => partnerId);
    expect(new Set(spots).size).toBe(spots.length);
    expect(spots.length).toBeGreaterThan(1);
  }
});
