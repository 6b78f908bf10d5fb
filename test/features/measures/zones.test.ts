import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inZone } from '../../../src/features/measures/replanning/rules.ts';
import { datesOf, type RequestId, type Rhythm } from '../../../src/features/measures/requests/rules.ts';
import { localDate, localTime } from '../../../src/time/wall-clock.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { at, inboxOf, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;

// Due on Wednesday, 11 March at 17:00; the notice comes on Monday at nine, the clocks of whoever is asked.
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Dee'] },
      { name: 'Empty' },
    ],
  });
  await startMeasure(coalition.person('Ana'), { rhythm: { grace: '1', locks: '4' } });
});
afterEach(() => bot.end());

const requestOf = (partner: string) =>
  bot.database.measureRequest.findFirstOrThrow({
    where: { partnerId: coalition.partnerId(partner) },
    orderBy: { dueAt: 'desc' },
  });

async function ownZone(name: string, zone: string) {
  const person = coalition.person(name);
  await person.presses('My settings', await person.says('/coalition me'));
  await person.fills({ zone });
}

async function coalitionZone(zone: string) {
  const ana = coalition.person('Ana');
  await ana.presses('Name, zone, language', await ana.says('/coalition settings'));
  return (await ana.fills({ name: 'Ready by Five', zone })).text;
}

test('whoever moves is asked, and is due, by their own clocks from then on', async () => {
  // Opened in the night, not asked yet.
  await at(bot, '2026-03-09T12:30:00Z');
  await ownZone('Ben', 'America/Vancouver');
  const moved = await requestOf('Food Bank');
  expect(moved.timeZone).toBe('America/Vancouver');
  expect(moved.dueAt.toISOString()).toBe('2026-03-12T00:00:00.000Z');
  expect(moved.lateAt.toISOString()).toBe('2026-03-13T00:00:00.000Z');
  expect(moved.lockAt?.toISOString()).toBe('2026-03-16T00:00:00.000Z');
  expect((await requestOf('Library')).dueAt.toISOString()).toBe('2026-03-11T22:00:00.000Z');
  await at(bot, '2026-03-09T15:59:00Z');
  expect(inboxOf(coalition, 'Dee')).toHaveLength(1);
  expect(inboxOf(coalition, 'Ben')).toHaveLength(0);
  await at(bot, '2026-03-09T16:00:00Z');
  expect(inboxOf(coalition, 'Ben')).toHaveLength(1);
});

test('who moves to where it is later already is asked at once, and only once', async () => {
  await at(bot, '2026-03-09T12:30:00Z');
  await ownZone('Ben', 'Europe/Berlin');
  await bot.settle();
  expect(inboxOf(coalition, 'Ben')).toHaveLength(1);
  await at(bot, '2026-03-09T15:00:00Z');
  expect(inboxOf(coalition, 'Ben')).toHaveLength(1);
});

test('the coalition moves: what opens next, and who has nobody to be asked, follow its clocks', async () => {
  await at(bot, '2026-03-09T12:30:00Z');
  expect((await requestOf('Empty')).timeZone).toBe('America/Winnipeg');
  expect(await coalitionZone('Europe/Berlin')).toContain(
    '1 open figure is due by the clocks of Europe/Berlin now',
  );
  expect((await requestOf('Empty')).dueAt.toISOString()).toBe('2026-03-11T16:00:00.000Z');
  expect((await requestOf('Library')).timeZone).toBe('America/Winnipeg');
  const openings = await bot.database.timer.findMany({ where: { kind: 'measures.open', doneAt: null } });
  expect(openings.map(({ dueAt }) => dueAt.toISOString())).toEqual(['2026-03-16T05:00:00.000Z']);
  const totals = await bot.database.timer.findFirstOrThrow({
    where: { kind: 'measures.publish', doneAt: null },
    orderBy: { dueAt: 'asc' },
  });
  expect(totals.dueAt.toISOString()).toBe('2026-03-13T11:00:00.000Z');
  expect(await coalitionZone('Europe/Berlin')).not.toContain('due by the clocks');
});

test('moving keeps the day and the time of day, whatever the clocks of either place do', () => {
  const zones = ['America/Winnipeg', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC'];
  const rhythm: Rhythm = {
    ...{ frequency: 'weekly', dueDays: 3, dueTime: '17:00', graceDays: 1, lockDays: 4, leadDays: null },
  };
  const anyDay = fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...zones), fc.constantFrom(...zones), (day, from, to) => {
      const endsOn = day.toISOString().slice(0, 10);
      const dates = { ...datesOf(rhythm, endsOn, from), nextAt: null };
      const request = { ...dates, id: 'any' as RequestId };
      const moved = inZone(request, to);
      expect(localDate(moved.dueAt, to)).toBe(request.dueOn);
      expect(localTime(moved.dueAt, to)).toBe('17:00');
      expect(inZone(moved, from)).toEqual(request);
      expect(moved).toMatchObject(datesOf(rhythm, endsOn, to));
    }),
  );
});
