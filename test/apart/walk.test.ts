import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Writing } from '../../src/core/ports.ts';
import type { Reading } from '../../src/database.ts';
import { type Earlier, makeMemory } from '../support/apart/earlier.ts';
import { replay, replayAsItWas } from '../support/apart/replay-stores.ts';
import type { StoreCall } from '../support/apart/store-calls.ts';
import { makeTwin, type Twin } from '../support/apart/twin.ts';
import { listTwinIds, withTwinIds } from '../support/apart/twin-ids.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { longName } from '../support/longest-letters.ts';

/** The walk that the plays in test/features/longest end with has to find a store function that forgot the coalition. */
let bot: TestBot;
let coalition: TestCoalition;
let twin: Twin;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, { partners: [{ name: longName('P', 20), voices: ['Ben'] }] });
  await bot.database.member.updateMany({ data: { name: longName('M', 20) } });
  twin = await makeTwin(bot.databaseUrl, { id: coalition.id, workspaces: ['console-workspace'] });
});
afterAll(async () => {
  await twin.end();
  await bot.end();
});

type Own = (...given: never[]) => unknown;
const callOf = (own: Own, given: readonly unknown[]) => ({ name: 'it', own, given }) as unknown as StoreCall;
const walk = (own: Own, ...given: unknown[]) => replay(callOf(own, given), { bot, twin, own: coalition.id });
const walkAsItWas = (before: Earlier, own: Own, ...given: unknown[]) =>
  replayAsItWas([{ ...callOf(own, given), before }], { bot, twin, own: coalition.id });
const ben = () => coalition.memberId('Ben');
const writing = () => ({ tx: bot.database, now: new Date(), realNow: new Date(), wake: () => {} });

test('what finds a row by its id alone tells the other coalition’s', async () => {
  const leaky = (reading: Reading, _: string, id: string) => reading.member.findFirst({ where: { id } });
  expect(await walk(leaky, bot.database, coalition.id, ben())).toEqual([
    expect.stringContaining('it tells'),
    expect.stringContaining('it tells the id'),
  ]);
  const sound = (reading: Reading, coalitionId: string, id: string) =>
    reading.member.findFirst({ where: { id, coalitionId } });
  expect(await walk(sound, bot.database, coalition.id, ben())).toEqual([]);
});

test('what changes a row by its id alone is found out, and has changed nothing', async () => {
  const leaky = ({ tx }: Writing, _: string, of: { ids: string[] }) =>
    tx.member.updateMany({ where: { id: { in: of.ids } }, data: { name: 'Changed' } });
  expect(await walk(leaky, writing(), coalition.id, { ids: [ben()] })).toEqual([
    'it changes the twin: UPDATE Member',
  ]);
  const removes = ({ tx }: Writing, _: string, id: string) =>
    tx.$executeRaw`delete from "Account" where "memberId" = ${id}::uuid`;
  expect(await walk(removes, writing(), coalition.id, ben())).toEqual([
    'it changes the twin: DELETE Account',
  ]);
  expect(await twin.listTouched()).toEqual([]);
  expect(await bot.database.member.count({ where: { name: 'Changed' } })).toBe(0);
  expect(await bot.database.account.count({ where: { coalitionId: twin.id } })).toBe(2);
});

test('a row of one that names a row of the other is found', async () => {
  await bot.database.staffTask.create({
    data: {
      coalitionId: coalition.id,
      kind: 'x',
      subject: withTwinIds(ben()),
      text: [],
      openedAt: new Date(),
    },
  });
  expect(await twin.listNamedBy(coalition.id)).toEqual([expect.stringContaining('StaffTask: ')]);
});

test('an id says whose it is, in words and in a button', () => {
  const short = Buffer.from(ben().replaceAll('-', ''), 'hex').toString('base64url');
  const said = `decision:${ben()} x.y:${short}~${short}`;
  expect(listTwinIds(said)).toEqual([]);
  const other = withTwinIds(said);
  expect(listTwinIds(other)).toHaveLength(3);
  expect(new Set(listTwinIds(other))).toEqual(new Set([withTwinIds(ben())]));
  expect(withTwinIds(said, [ben()])).toBe(said);
});

test('what changes only a row that stood otherwise then is found out among what there was then', async () => {
  const memory = await makeMemory(bot.databaseUrl, coalition.id);
  const before = memory.remember();
  await before;
  await bot.database.member.updateMany({ data: { leftAt: new Date() } });
  await twin.listTouched();
  const leaky = ({ tx }: Writing, _: string, id: string) =>
    tx.member.updateMany({ where: { id, leftAt: null }, data: { name: 'Changed' } });
  const given = [writing(), coalition.id, ben()];
  expect(await walk(leaky, ...given)).toEqual([]);
  expect(await walkAsItWas(before, leaky, ...given)).toEqual([
    'as it was then, it changes the twin: UPDATE Member',
  ]);
  expect(await bot.database.member.count({ where: { leftAt: null } })).toBe(0);
  await memory.end();
});

test('what cannot be called again is found out, too', async () => {
  const broken = (_: unknown, of: { list: { first(): string } }) => of.list.first();
  expect(await walk(broken, coalition.id, {})).toEqual(['it cannot be called again: "TypeError"']);
});
