import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  askingAt,
  type datesBy,
  datesOf,
  isWanted,
  nextStep,
  nextStepAt,
  type Rhythm,
  reminders,
  type Stepped,
  stateOf,
  stepNow,
  steps,
  wasLate,
} from '../../../src/features/measures/requests/rules.ts';
import { frequencies } from '../../../src/time/periods.ts';
import { addDays, localDate, localTime } from '../../../src/time/wall-clock.ts';

const zones = ['America/Winnipeg', 'Europe/Berlin', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC'];
const anyDate = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2025-01-01', days));
const anyRhythm: fc.Arbitrary<Rhythm> = fc.record({
  frequency: fc.constantFrom(...frequencies),
  dueDays: fc.integer({ min: 1, max: 40 }),
  dueTime: fc.constantFrom('17:00', '00:00', '02:30', '23:59'),
  graceDays: fc.integer({ min: 0, max: 10 }),
  lockDays: fc.option(fc.integer({ min: 1, max: 30 })),
  leadDays: fc.option(fc.integer({ min: 1, max: 30 })),
});
const anyDates = fc
  .tuple(anyRhythm, anyDate, fc.constantFrom(...zones))
  .map(([rhythm, endsOn, zone]) => ({ ...datesOf(rhythm, endsOn, zone), rhythm, endsOn }));
const open = { submittedAt: null, excusedAt: null };
const hourMs = 3_600_000;

test('as time passes a request goes from open to locked, each state after the one before', () => {
  fc.assert(
    fc.property(anyDates, (dates) => {
      const order = ['open', 'due-soon', 'in-grace', 'late', 'locked'];
      let last = 0;
      for (let hours = -24 * 50; hours < 24 * 60; hours += 7) {
        const now = new Date(dates.dueAt.getTime() + hours * hourMs);
        const index = order.indexOf(stateOf({ ...dates, ...open }, now));
        expect(index).toBeGreaterThanOrEqual(last);
        last = index;
      }
      // Late is not locked: only a measure that locks ever gets there.
      expect(order[last]).toBe(dates.lockAt ? 'locked' : 'late');
    }),
    { numRuns: 50 },
  );
});

test('what was given or excused is never late, and grace is not late', () => {
  fc.assert(
    fc.property(anyDates, fc.integer({ min: -1000, max: 1000 }), (dates, hours) => {
      const now = new Date(dates.dueAt.getTime() + hours * hourMs);
      expect(stateOf({ ...dates, ...open, submittedAt: now }, now)).toBe('submitted');
      expect(stateOf({ ...dates, ...open, excusedAt: now }, now)).toBe('excused');
      const late = wasLate({ submittedAt: now, lateAt: dates.lateAt });
      expect(late).toBe(now >= dates.lateAt);
      if (now < dates.lateAt) expect(stateOf({ ...dates, ...open }, now)).not.toBe('late');
    }),
  );
});

test('due times are wall clocks in the partner’s zone, whatever its clocks do', () => {
  fc.assert(
    fc.property(anyDates, ({ dueAt, dueOn, timeZone, rhythm, lateAt }) => {
      expect(localDate(dueAt, timeZone)).toBe(dueOn);
      const skipped = localTime(dueAt, timeZone) !== rhythm.dueTime;
      if (rhythm.dueTime !== '02:30' && rhythm.dueTime !== '00:00') expect(skipped).toBe(false);
      expect(localDate(lateAt, timeZone)).toBe(addDays(dueOn, rhythm.graceDays));
    }),
  );
});

/** Runs the clock over a request in uneven strides and says when which step was taken. */
function live(
  dates: ReturnType<typeof datesBy>,
  strides: readonly number[],
  answer: { at: Date; how: 'submittedAt' | 'excusedAt' } | null,
) {
  const taken: { step: string; on: string; at: Date }[] = [];
  let last: Stepped = null;
  let now = new Date(askingAt(dates.noticeOn, dates.timeZone).getTime() - 60 * hourMs);
  const end = new Date(dates.dueAt.getTime() + 120 * 24 * hourMs);
  for (let tick = 0; now < end; tick += 1) {
    now = new Date(now.getTime() + (strides[tick % strides.length] ?? 1) * hourMs);
    const answered = answer && now >= answer.at ? { [answer.how]: answer.at } : {};
    if (!isWanted({ ...dates, ...open, ...answered }, now)) break;
    const step = stepNow(dates, last, now);
    if (!step) continue;
    const on = localDate(now, dates.timeZone);
    taken.push({ step, on, at: now });
    last = { step, on };
  }
  return taken;
}

const anyStrides = fc.array(fc.integer({ min: 5, max: 24 * 9 }), { minLength: 1, maxLength: 20 });

test('each step is taken once and in order, however the clock is watched: three reminders, one alternate, one check-in', () => {
  fc.assert(
    fc.property(anyDates, anyStrides, (dates, strides) => {
      const taken = live({ ...dates, lockAt: null }, strides, null);
      const ranks = taken.map(({ step }) => (steps as readonly string[]).indexOf(step));
      expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
      const told = taken.filter(({ step }) => (reminders as readonly string[]).includes(step));
      expect(told.length).toBeGreaterThan(0);
      expect(told.length).toBeLessThanOrEqual(3);
      // After however long a silence somebody is asked first, then the alternate, then staff.
      expect(taken.slice(-2).map(({ step }) => step)).toEqual(['alternate', 'check-in']);
      const [alternate, checkIn] = taken.slice(-2);
      expect((alternate?.on ?? '') < (checkIn?.on ?? '')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('nothing is taken after it was given or excused', () => {
  fc.assert(
    fc.property(
      anyDates,
      anyStrides,
      fc.integer({ min: 0, max: 900 }),
      fc.constantFrom('submittedAt' as const, 'excusedAt' as const),
      (dates, strides, hours, how) => {
        const at = new Date(askingAt(dates.noticeOn, dates.timeZone).getTime() + hours * hourMs);
        const taken = live(dates, strides, { at, how });
        expect(taken.every((each) => each.at < at)).toBe(true);
      },
    ),
  );
});

test('nobody is asked before the period is over, nor twice on one day', () => {
  fc.assert(
    fc.property(anyDates, (dates) => {
      const days: string[] = [];
      for (let last: Stepped = null; ; ) {
        const next = nextStep(dates, last);
        if (!next) break;
        days.push(next.on);
        last = next;
      }
      expect(days).toEqual([...new Set(days)].sort());
      expect((days[0] ?? '') > dates.endsOn).toBe(true);
      expect(nextStepAt(dates, null)).not.toBeNull();
    }),
  );
});

test('the first notice comes as early as the frequency wants it', () => {
  const usual = { dueDays: 30, dueTime: '17:00', graceDays: 0, lockDays: null, leadDays: null };
  const lead = (frequency: Rhythm['frequency']) =>
    datesOf({ ...usual, frequency }, '2026-03-31', 'UTC').noticeOn;
  expect([lead('weekly'), lead('monthly'), lead('quarterly'), lead('yearly')]).toEqual([
    ...['2026-04-28', '2026-04-25', '2026-04-23', '2026-04-20'],
  ]);
});
