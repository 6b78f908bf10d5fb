import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction, type Reading, type Tx } from '../../src/database.ts';
import { claimLane, findNextInMs } from '../../src/delivery/claim-lane.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';

let bot: TestBot;
const lanes: string[] = [];
const now = new Date('2026-11-23T15:00:00Z');

beforeAll(async () => {
  bot = await openTestBot({ features: [] });
  const coalition = await bot.database.coalition.create({
    data: { name: 'Ready by Five', timeZone: 'America/Winnipeg', createdAt: now },
  });
  const workspace = await bot.database.workspace.create({
    data: { coalitionId: coalition.id, platform: 'console', ref: 'W', name: 'W', createdAt: now },
  });
  for (let number = 0; number < 40; number += 1) {
    const lane = await bot.database.lane.create({
      data: { coalitionId: coalition.id, workspaceId: workspace.id, placeRef: `@${number}`, openAt: now },
    });
    lanes.push(lane.id);
  }
  await write('sent', 100);
  // A quiet hour: as far as the planner knows, nothing ever waits.
  await bot.database.$executeRaw`analyze`;
  await write('waiting', 50);
});
afterAll(() => bot.end());

async function write(state: string, each: number): Promise<void> {
  const { coalitionId } = await bot.database.lane.findFirstOrThrow();
  await bot.database.outgoing.createMany({
    data: lanes.flatMap((laneId) =>
      Array.from({ length: each }, () => ({
        ...{ coalitionId, laneId, state, key: randomUUID() },
        ...{ card: { parts: [] }, createdAt: now },
      })),
    ),
  });
}

/** Entries of the indexes on messages that were read in this transaction so far. */
async function countRead(tx: Reading): Promise<number> {
  const [row] = await tx.$queryRaw<{ read: number }[]>`
    select sum(pg_stat_get_xact_tuples_returned("indexrelid"))::int as "read"
    from pg_index where "indrelid" = '"Outgoing"'::regclass`;
  return row?.read ?? 0;
}

test('the next message of a lane is found without a look at what waits in other lanes', async () => {
  const read = async (work: (tx: Tx) => Promise<unknown>) =>
    inTransaction(bot.database, async (tx) => {
      const before = await countRead(tx);
      await work(tx);
      return (await countRead(tx)) - before;
    });
  for (const lane of lanes.slice(0, 10)) {
    const claiming = await read(async (tx) => {
      const claimed = await claimLane(tx, lane, now);
      expect(claimed).toMatchObject({ claim: 'open', outgoing: { attempts: 1 } });
    });
    expect(claiming).toBeGreaterThan(0);
    // Two thousand wait, fifty of them here.
    expect(claiming).toBeLessThanOrEqual(60);
    expect(await read((tx) => findNextInMs(tx, lane, now))).toBeLessThanOrEqual(60);
  }
});
