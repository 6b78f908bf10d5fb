import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TimedJob } from '../../src/core/command.ts';
import { defineFeature } from '../../src/core/command.ts';
import type { CoalitionId } from '../../src/core/ids.ts';
import type { Jobs } from '../../src/core/ports.ts';
import { wordsIn } from '../../src/core/words.ts';
import { fireTimer } from '../../src/timers/fire.ts';
import { sweep } from '../../src/timers/sweep.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';

const happened: { subject: string; occurrence: string; at: string }[] = [];
let failures = 0;

const ring: TimedJob = {
  kind: 'test.ring',
  async run({ subject, occurrence, writing, coalition }) {
    if (failures > 0) {
      failures -= 1;
      throw new Error('not this time');
    }
    await writing.tx.heartbeat.create({
      data: { name: `${coalition.id} ${subject} ${occurrence}`, at: writing.now },
    });
    happened.push({ subject, occurrence, at: writing.now.toISOString() });
  },
};
const takeBack: TimedJob = {
  kind: 'test.take-back',
  async run({ subject, writing, coalition, tools }) {
    await tools.timers.cancel(writing, { coalitionId: coalition.id, kind: 'test.take-back', subject });
    happened.push({ subject, occurrence: 'taken back', at: writing.now.toISOString() });
  },
};
const feature = defineFeature({ name: 'test', say: wordsIn({}), jobs: [ring, takeBack] });

let bot: TestBot;
let coalitionId: CoalitionId;

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z', features: [feature] });
  const row = await bot.database.coalition.create({
    data: { name: 'Ready by Five', timeZone: 'America/Winnipeg', createdAt: bot.clockHand.now() },
  });
  coalitionId = row.id as CoalitionId;
});
afterAll(() => bot.end());
beforeEach(() => {
  happened.length = 0;
});

const set = (subject: string, occurrence: string, dueAt: string) =>
  bot.tools.write((writing) =>
    bot.tools.timers.set(writing, {
      coalitionId,
      kind: ring.kind,
      subject,
      occurrence,
      dueAt: new Date(dueAt),
    }),
  );

test('a timer happens when it is due, and not before', async () => {
  await set('bell', 'first', '2026-03-02T16:00:00Z');
  await bot.settle();
  expect(happened).toEqual([]);
  bot.clockHand.goTo('2026-03-02T16:00:00Z');
  await bot.settle();
  expect(happened).toEqual([{ subject: 'bell', occurrence: 'first', at: '2026-03-02T16:00:00.000Z' }]);
});

test('one that is moved happens at its new time, once', async () => {
  await set('bell', 'moved', '2026-03-02T17:00:00Z');
  await set('bell', 'moved', '2026-03-02T18:00:00Z');
  bot.clockHand.goTo('2026-03-02T17:30:00Z');
  await bot.settle();
  expect(happened).toEqual([]);
  bot.clockHand.goTo('2026-03-02T18:00:00Z');
  await bot.settle();
  expect(happened).toHaveLength(1);
});

test('setting again what has happened does not make it happen again', async () => {
  await set('bell', 'moved', '2026-03-02T18:00:00Z');
  await bot.settle();
  expect(happened).toEqual([]);
});

test('one that is taken back does not happen', async () => {
  await set('bell', 'taken back', '2026-03-02T18:30:00Z');
  await bot.tools.write((writing) =>
    bot.tools.timers.cancel(writing, {
      coalitionId,
      kind: ring.kind,
      subject: 'bell',
      occurrence: 'taken back',
    }),
  );
  bot.clockHand.goTo('2026-03-02T19:00:00Z');
  await bot.settle();
  expect(happened).toEqual([]);
});

test('many workers with the same timer let it happen once', async () => {
  await bot.database.timer.create({
    data: { coalitionId, kind: ring.kind, subject: 'race', occurrence: '1', dueAt: bot.clockHand.now() },
  });
  const timer = await bot.database.timer.findFirstOrThrow({ where: { subject: 'race' } });
  const jobs = new Map([[ring.kind, ring]]);
  const results = await Promise.all(Array.from({ length: 8 }, () => fireTimer(timer.id, jobs, bot.tools)));
  expect(results.filter((result) => result === 'done')).toHaveLength(1);
  expect(happened).toHaveLength(1);
});

test('two sweeps at once let everything that is due happen once', async () => {
  const subjects = Array.from({ length: 60 }, (_, index) => `swept-${index}`);
  await bot.database.timer.createMany({
    data: subjects.map((subject) => ({
      coalitionId,
      kind: ring.kind,
      subject,
      occurrence: '1',
      dueAt: bot.clockHand.now(),
    })),
  });
  await Promise.all([bot.sweep(), bot.sweep(), bot.sweep()]);
  await bot.settle();
  expect(happened.map(({ subject }) => subject).sort()).toEqual([...subjects].sort());
});

test('however much is due at the same moment, one sweep finds all of it', async () => {
  const dueAt = bot.clockHand.now();
  await bot.database.timer.createMany({
    data: Array.from({ length: 2300 }, (_, index) => ({
      ...{ coalitionId, kind: 'test.nobody', subject: `flood-${index}`, occurrence: '1' },
      dueAt,
    })),
  });
  const woken: string[] = [];
  const jobs: Jobs = { wake: async ({ id }) => void woken.push(id) };
  await sweep(bot.tools, jobs, dueAt);
  const flood = await bot.database.timer.findMany({ where: { kind: 'test.nobody' }, select: { id: true } });
  expect(flood.filter(({ id }) => !woken.includes(id))).toEqual([]);
  expect(new Set(woken).size).toBe(woken.length);
  await bot.database.timer.deleteMany({ where: { kind: 'test.nobody' } });
});

test('one whose job fails leaves nothing half done and happens later', async () => {
  failures = 1;
  await set('bell', 'stubborn', bot.clockHand.now().toISOString());
  await bot.settle();
  expect(happened).toHaveLength(1);
  const row = await bot.database.timer.findFirstOrThrow({ where: { occurrence: 'stubborn' } });
  expect(row.attempts).toBe(1);
  expect(row.doneAt).not.toBeNull();
});

test('losing every job in the queue loses nothing', async () => {
  await set('bell', 'after the flood', new Date(bot.clockHand.now().getTime() + 60_000).toISOString());
  await bot.settle();
  await bot.database.$executeRawUnsafe('truncate bullmq.job, bullmq.dedup, bullmq.scheduler cascade');
  bot.clockHand.forward(60_000);
  await bot.settle();
  expect(happened.map(({ occurrence }) => occurrence)).toEqual(['after the flood']);
});

test('a job may take back the timers of its subject, its own among them', async () => {
  const timer = { coalitionId, kind: takeBack.kind, subject: 'bell' };
  await bot.tools.write(async (writing) => {
    for (const [occurrence, days] of [
      ['now', 0],
      ['later', 3],
    ] as const) {
      const dueAt = new Date(writing.now.getTime() + days * 86_400_000);
      await bot.tools.timers.set(writing, { ...timer, occurrence, dueAt });
    }
  });
  await bot.settle();
  expect(happened.map(({ occurrence }) => occurrence)).toEqual(['taken back']);
  expect(await bot.database.timer.count({ where: timer })).toBe(0);
});
