import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { boardLists } from '../../../src/features/roles/coverage/rules.ts';
import { getCoverage, listBoard } from '../../../src/features/roles/coverage/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

const partnerCount = 300;
const roleCount = 120;
const sectors = ['Health', 'Food', 'Learning', 'Housing'];

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: Array.from({ length: partnerCount }, (_, index) => ({
      name: `Partner ${String(index).padStart(3, '0')}`,
      sector: sectors[index % sectors.length] ?? '',
      joinedAt: '2025-01-01T00:00:00Z',
      voices: [`Voice ${index}`],
      offers: index === 299 ? ['simultaneous translation'] : [],
    })),
  });
  const coalitionId = coalition.id;
  const at = bot.clockHand.now();
  // Every tenth has many people, the others few; that has nothing to do with their sector.
  await bot.database.partner.updateMany({ where: { coalitionId }, data: { sizeBand: '1-10' } });
  await bot.database.partner.updateMany({
    where: { coalitionId, name: { endsWith: '7' } },
    data: { sizeBand: '51-250' },
  });
  const roles = Array.from({ length: roleCount }, (_, index) => ({
    id: newId(),
    coalitionId,
    title: `Role ${String(index).padStart(3, '0')}`,
    titleKey: `role ${index}`,
    purpose: 'So that it gets done',
    minutesAMonth: index === 0 ? 1500 : 60,
    skills: index === 119 ? ['Translator'] : [],
    leastSeats: 1,
    mostSeats: 2,
    state: 'open',
    createdAt: at,
  }));
  await bot.database.role.createMany({ data: roles });
  // The first hundred roles have one holder each, the next ten two; partner 0 carries a great deal.
  const terms = roles.slice(0, 110).flatMap((role, index) =>
    [0, 1].slice(0, index < 100 ? 1 : 2).map((seat) => ({
      coalitionId,
      roleId: role.id,
      seat: seat + 1,
      partnerId: coalition.partnerId(`Partner ${String(index + seat * 100).padStart(3, '0')}`),
      memberId: coalition.memberId(`Voice ${index + seat * 100}`),
      startedAt: at,
    })),
  );
  await bot.database.roleTerm.createMany({ data: terms });
}, 60_000);
afterAll(() => bot.end());

test('staff see at a glance who has no job, which jobs have nobody, who carries too much and what hangs on one', async () => {
  const board = await coalition.person('Ana').says('/roles board');
  // Partners 0 to 109 and 200 to 209 hold a role.
  expect(board.text).toContain('Partners with a role: 120 of 300');
  expect(board.text).toContain('Open roles: 120, with 120 free seats');
  expect(board.text).toContain('180 partners have no role');
  expect(board.text).toContain('10 roles have fewer partners than they need');
  expect(board.text).toContain('One partner may carry too much:\n• Partner 000: 25 hours a month in 1 role');
  expect(board.text).toContain('100 roles stop when one person is away');
  expect(board.text).toMatch(
    /by sector:\n• Food: 31 of 75\n• Health: 31 of 75\n• Housing: 29 of 75\n• Learning: 29 of 75/,
  );
  expect(board.text).toMatch(/by size:\n• 1-10: 108 of 270\n• 51-250: 12 of 30/);
});

test('the whole list is there page by page', async () => {
  const ana = coalition.person('Ana');
  const names = new Set<string>();
  let page = await ana.presses('Partners without a role', await ana.says('/roles board'));
  for (let turn = 1; ; turn += 1) {
    for (const [name] of page.text.matchAll(/Partner \d{3}/g)) names.add(name);
    if (!page.text.includes('[More]')) break;
    expect(turn).toBeLessThan(20);
    page = await ana.presses('More', page);
  }
  expect(names.size).toBe(180);
});

test('everybody else sees what would be welcome, and nobody by name', async () => {
  const board = await coalition.person('Voice 3').says('/roles board');
  expect(board.text).toContain('10 roles would welcome somebody');
  expect(board.text).toContain('100 roles rest on a single person, who would be glad of a second one');
  expect(board.text).not.toMatch(/Partner \d{3}/);
});

test('three hundred partners cost the database as many queries as one does', async () => {
  const small = await makeCoalition(bot, {
    workspace: 'small',
    staff: ['Sam'],
    partners: [{ name: 'Only', voices: ['Una'] }],
  });
  let queries = 0;
  const counting = bot.database.$extends({
    query: {
      $allOperations({ args, query }) {
        queries += 1;
        return query(args);
      },
    },
  }) as unknown as TestBot['database'];
  const countFor = async (id: TestCoalition['id']) => {
    queries = 0;
    await getCoverage(counting, id);
    for (const which of boardLists) {
      await listBoard(counting, id, which, { heavyMinutes: 600, skip: 0, take: 4 });
    }
    return queries;
  };
  const ofMany = await countFor(coalition.id);
  expect(ofMany).toBe(8);
  expect(await countFor(small.id)).toBe(ofMany);
});

test('role-less partners are offered fitting jobs in one go a week, never more than the coalition set', async () => {
  const ana = coalition.person('Ana');
  expect((await ana.says('/roles settings week:25 quarter:1')).text).toContain(
    'Job offers to all partners in a week: 25',
  );
  await ana.says('/roles new');
  const small = await ana.fills({
    name: 'Reminder caller',
    purpose: 'One call',
    effort: '20 min',
    seats: '5',
  });
  expect(small.text).toContain('“Reminder caller” is open');
  const preview = await ana.says('/roles offers');
  expect(preview.text).toContain('These 25 partners have no role and are offered one');

  // The first Tuesday after 2 March 2026, 10:00 in Winnipeg.
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  const offered = await bot.database.roleJobOffer.findMany();
  expect(offered).toHaveLength(25);
  const asked = await bot.database.outreach.findMany({ where: { subject: { startsWith: 'job-offer' } } });
  expect(asked).toHaveLength(25);
  expect(asked.every(({ kind }) => kind === 'ask')).toBe(true);
  expect(JSON.stringify(asked[0]?.card)).toContain('Reminder caller');

  bot.clockHand.goTo('2026-03-10T15:00:00Z');
  await bot.settle();
  const second = await bot.database.roleJobOffer.groupBy({ by: ['partnerId'], _count: true });
  expect(second).toHaveLength(50);
  expect(second.every(({ _count }) => _count === 1)).toBe(true);

  const to = offered[0];
  const member = await bot.database.member.findUniqueOrThrow({ where: { id: to?.memberId ?? '' } });
  const person = coalition.person(member.name);
  expect((await person.presses('Not now', person.inbox().at(-1))).text).toContain('half a year');
}, 60_000);

test('a partner is shown two or three roles with the reason, a small one among them', async () => {
  const reply = await coalition.person('Voice 299').says('/roles suggest');
  expect(reply.text).toContain(
    'Role 119 (1 hour a month): you offer simultaneous translation, and it needs Translator',
  );
  expect(reply.text).toContain('Reminder caller (20 minutes a month)');
  expect((await coalition.person('Voice 299').presses('Take Role 119')).text).toContain(
    'Partner 299 holds “Role 119”',
  );
});
