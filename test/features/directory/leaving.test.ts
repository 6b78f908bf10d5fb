import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';

let bot: TestBot;
beforeEach(async () => {
  bot = await openTestBot();
  await setUp(bot);
  await joins(bot.as('Bo'), 'Hope House');
  await joins(bot.as('Cy'), 'Hope House', 'alternate');
  await joins(bot.as('Di'), 'Hope House', 'member');
});
afterEach(() => bot.end());

const standingOf = async (name: string) =>
  (await bot.database.member.findFirstOrThrow({ where: { name } })).standing;

test('leaving says first what will happen, and nothing happens until it is confirmed', async () => {
  const bo = bot.as('Bo');
  const warned = await bo.says('/coalition leave');
  expect(warned.text).toContain('The other people of Hope House are asked who takes over from you.');
  expect(await standingOf('Cy')).toBe('alternate');
  expect(await bot.database.outreach.count({ where: { subject: { startsWith: 'hand-over:' } } })).toBe(0);

  const left = await bo.presses('Leave the coalition');
  expect(left.text).toContain('You have left Ready by Five');
  // Nothing moves before the organisation has said who, and staff have confirmed it.
  expect(await standingOf('Cy')).toBe('alternate');
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  expect(JSON.stringify(bot.as('Cy').inbox().at(-1)?.card)).toContain('Bo has left Ready by Five');
  expect((await bo.presses('Leave the coalition', warned)).refused).toBe('core.join');
  expect((await bo.says('/partners')).refused).toBe('core.join');
});

test('when the last voice leaves, staff get a task, and it is closed by whoever speaks next', async () => {
  for (const name of ['Cy', 'Bo']) {
    await bot.as(name).says('/coalition leave');
    await bot.as(name).presses('Leave the coalition');
  }
  expect(await standingOf('Di')).toBe('member');
  const ana = bot.as('Ana');
  expect((await ana.says('/coalition tasks')).text).toContain('nobody there may speak for it');
  expect((await ana.says('/coalition me')).text).toContain('1 thing needs somebody on staff');
  const back = await joins(bot.as('Bo'), 'Hope House', 'representative');
  expect(back.text).toContain('You are its Representative');
  expect((await ana.says('/coalition tasks')).text).toContain('Nothing needs you now');
});

test('who comes back is the same member', async () => {
  const di = bot.as('Di');
  await di.says('/coalition leave');
  await di.presses('Leave the coalition');
  expect((await joins(di, 'Hope House')).text).toContain('You are its Member');
  expect(await bot.database.member.count({ where: { name: 'Di' } })).toBe(1);
});

test('the only backbone staff can not leave, nor be forgotten', async () => {
  const ana = bot.as('Ana');
  expect((await ana.says('/coalition leave')).refused).toBe('directory.last-staff');
  await ana.says('/coalition me');
  const me = await ana.says('/coalition me');
  expect((await ana.presses('Forget me', me)).refused).toBe('directory.last-staff');
});

test('two staff who leave at the same moment leave one', async () => {
  const [ana, bo] = [bot.as('Ana'), bot.as('Bo')];
  await ana.says('/coalition settings');
  await ana.presses('Add staff');
  await ana.fills({ member: 'Bo' });
  const warned = await Promise.all([ana.says('/coalition leave'), bo.says('/coalition leave')]);
  const left = await Promise.all([
    ana.presses('Leave the coalition', warned[0]),
    bo.presses('Leave the coalition', warned[1]),
  ]);
  expect(left.map(({ refused }) => refused).sort()).toEqual(['directory.last-staff', null]);
  expect(await bot.database.member.count({ where: { standing: 'backbone', leftAt: null } })).toBe(1);
});

test('somebody who is forgotten leaves no name behind, and their partner keeps its history', async () => {
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  const bo = bot.as('Bo');
  await bo.says('/partners edit');
  await bo.presses('What you do');
  await bo.fills({ name: 'x'.repeat(200) });
  expect(await bot.database.draft.count()).toBe(1);
  const row = await bot.database.member.findFirstOrThrow({ where: { name: 'Bo' } });
  expect(await bot.database.touchpoint.count({ where: { memberId: row.id } })).toBeGreaterThan(0);
  const contacts = await bot.database.touchpoint.count({ where: { partnerId: row.partnerId } });

  const me = await bo.says('/coalition me');
  const warned = await bo.presses('Forget me', me);
  expect(warned.text).toContain('The other people of Hope House are asked');
  const done = await bo.presses('Forget me', warned);
  expect(done.text).toContain('You are forgotten');

  const after = await bot.database.member.findUniqueOrThrow({ where: { id: row.id } });
  expect(after).toMatchObject({ name: 'A former member', partnerId: row.partnerId, languages: [] });
  expect(after.leftAt).not.toBeNull();
  expect(await bot.database.touchpoint.count({ where: { partnerId: row.partnerId } })).toBe(contacts);
  for (const [table, column] of await textColumns(bot)) {
    const found = await bot.database.$queryRawUnsafe<unknown[]>(
      `select 1 from "${table}" where ("${column}")::text ~ '\\mBo\\M' or ("${column}")::text ~ 'U-bo' limit 1`,
    );
    expect(found, `${table}.${column}`).toEqual([]);
  }
  expect((await bo.presses('Forget me', warned)).text).toContain('You are forgotten');
  expect((await bo.says('/coalition me')).refused).toBe('directory.not-here');
  expect((await joins(bo, 'Hope House')).text).toContain('Welcome');
  expect(await bot.database.member.count()).toBe(5);
});

test('who left can still see, export and remove what is stored', async () => {
  const di = bot.as('Di');
  await di.says('/coalition leave');
  await di.presses('Leave the coalition');
  const me = await di.says('/coalition me');
  expect(me.text).toContain('You left on Monday, 2 March 2026');
  expect((await di.presses('Export what is stored', me)).text).toContain('what-is-stored-about-me.json');
  await di.presses('Forget me', me);
  expect((await di.presses('Forget me')).text).toContain('You are forgotten');
});

/** Every column that can hold words. */
async function textColumns({ database }: TestBot): Promise<[string, string][]> {
  const rows = await database.$queryRaw<{ table: string; column: string }[]>`
    select table_name::text as "table", column_name::text as "column" from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY') and table_name !~ '^_'`;
  expect(rows.length).toBeGreaterThan(20);
  return rows.map(({ table, column }) => [table, column]);
}
