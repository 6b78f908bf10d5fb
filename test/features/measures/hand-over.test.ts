import { afterEach, beforeEach, expect, test } from 'vitest';
import { measures } from '../../../src/features/measures/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { at, inboxOf, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
/** The first notice of both figures. */
const notice = '2026-03-09T14:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Dee'] },
    ],
  });
  await startMeasure(coalition.person('Ana'));
});
afterEach(() => bot.end());

const idOf = (name: string) => coalition.memberId(name);
const wholeCoalition = () => getCoalition(bot.database, coalition.id);

/** Ben is asked for the figure although Bea speaks for the Food Bank. */
async function nameBen() {
  const { id: measureId } = await bot.database.measure.findFirstOrThrow();
  const partnerId = coalition.partnerId('Food Bank');
  const since = bot.clockHand.now();
  const named = { coalitionId: coalition.id, measureId, partnerId, memberId: idOf('Ben'), since };
  await bot.database.measureContact.create({ data: named });
}

const handOver = async (from: string, to: string) => {
  const scope = { coalition: await wholeCoalition(), partnerId: coalition.partnerId('Food Bank') };
  const people = { from: idOf(from), to: idOf(to), elsewhere: false };
  await bot.tools.write(async (writing) =>
    measures.adds.handedOver?.({ ...scope, ...people, writing, tools: bot.tools }),
  );
};

test('whoever takes over is asked for the figures that the other was asked for', async () => {
  await nameBen();
  const ben = coalition.person('Ben');
  const member = { id: idOf('Ben') } as Parameters<NonNullable<typeof measures.adds.held>>[0]['member'];
  const scope = { coalition: await wholeCoalition(), member, tools: bot.tools };
  const reader = { language: 'en', timeZone: 'UTC' };
  expect(await measures.adds.held?.({ ...scope, reader })).toEqual([['the figures of one measure']]);
  await handOver('Ben', 'Bob');
  expect(await measures.adds.held?.({ ...scope, reader })).toEqual([]);
  await at(bot, notice);
  expect(inboxOf(coalition, 'Bob')).toHaveLength(1);
  expect(ben.inbox()).toHaveLength(0);
  expect(inboxOf(coalition, 'Dee')).toHaveLength(1);
});

test('what still waits for the one reaches the other, and is taken back once it is answered', async () => {
  await bot.database.member.updateMany({
    where: { id: { in: [idOf('Ben'), idOf('Bob')] } },
    data: { awayUntil: new Date('2026-03-10T14:00:00Z') },
  });
  await nameBen();
  await at(bot, notice);
  expect(inboxOf(coalition, 'Ben')).toHaveLength(0);
  await handOver('Ben', 'Bob');
  await handOver('Ben', 'Bob');
  const waiting = await bot.database.outreach.findMany({ where: { state: 'waiting', feature: 'measures' } });
  expect(waiting.map(({ memberId }) => memberId)).toEqual([idOf('Bob')]);

  const bea = coalition.person('Bea');
  await bea.says('/data');
  await bea.presses('Give the figure');
  await bea.fills({ figure: '5' });
  await at(bot, '2026-03-10T15:00:00Z');
  expect(inboxOf(coalition, 'Ben')).toHaveLength(0);
  expect(inboxOf(coalition, 'Bob')).toHaveLength(0);
});

test('what staff let go is let go on the next card too', async () => {
  await bot.database.member.update({
    where: { id: idOf('Ben') },
    data: { awayUntil: new Date('2026-03-10T18:00:00Z') },
  });
  await at(bot, notice);
  const waiting = () =>
    bot.database.outreach.findFirstOrThrow({ where: { state: 'waiting', memberId: idOf('Ben') } });
  const first = await waiting();
  const released = { releasedAt: bot.clockHand.now(), releasedById: idOf('Ana') };
  await bot.database.outreach.update({ where: { id: first.id }, data: released });
  await at(bot, '2026-03-10T14:00:00Z');
  const second = await waiting();
  expect(second.id).not.toBe(first.id);
  expect(second).toMatchObject(released);
});

test('nobody answered: staff get a task with what is worth a word beside the figure', async () => {
  await coalition.person('Ben').says('/digest announce Our new van is here');
  for (const day of [9, 10, 11, 12, 13, 14, 16, 17, 18]) {
    await at(bot, `2026-03-${String(day).padStart(2, '0')}T15:00:00Z`);
  }
  const tasks = await bot.database.staffTask.findMany({ where: { kind: 'data-check-in', doneAt: null } });
  const about = tasks.map(({ text }) => JSON.stringify(text)).find((each) => each.includes('Food Bank'));
  expect(about).toContain('Worth a word beside it');
  expect(about).toContain('Our new van is here');
});
