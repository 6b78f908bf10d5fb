import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnswers, type SlotAnswer } from '../../../src/features/meetings/answering/rules.ts';
import {
  conflictIn,
  parseLength,
  parseQuorum,
  parseReminders,
  suggestTimes,
  usualDeadline,
} from '../../../src/features/meetings/proposing/rules.ts';
import {
  type Hours,
  hardshipOf,
  rankSlots,
  type SlotTotals,
  standingOf,
} from '../../../src/features/meetings/ranking/rules.ts';
import { atWallClock } from '../../../src/time/wall-clock.ts';

type Guest = { sector: number; required: boolean; hard: readonly number[] };
type Said = readonly (SlotAnswer | null)[];

/** The totals as they would be if every answer were counted from the beginning. */
function totals(
  guests: readonly Guest[],
  said: readonly Said[],
  sectors: number,
  slots: number,
): SlotTotals[] {
  return Array.from({ length: slots }, (_, slot) => {
    const each = guests.map((guest, index) => ({ guest, answer: said[index]?.[slot] ?? null }));
    const can = each.filter(({ answer }) => answer === 'yes' || answer === 'maybe');
    return {
      position: slot + 1,
      startsAt: new Date(Date.UTC(2026, 2, 3 + slot)),
      yes: each.filter(({ answer }) => answer === 'yes').length,
      maybe: each.filter(({ answer }) => answer === 'maybe').length,
      requiredIn: can.filter(({ guest }) => guest.required).length,
      sectorIn: Array.from(
        { length: sectors },
        (_, sector) => can.filter(({ guest }) => guest.sector === sector).length,
      ),
      hardship: can.reduce((sum, { guest }) => sum + (guest.hard[slot] ?? 0), 0),
    };
  });
}

const slots = 4;
const sectors = 3;
const guest = fc.record({
  sector: fc.integer({ min: 0, max: sectors - 1 }),
  required: fc.boolean(),
  hard: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: slots, maxLength: slots }),
});
const answer = fc.constantFrom<SlotAnswer | null>('yes', 'maybe', 'no', null);
const scene = fc
  .array(fc.tuple(guest, fc.array(answer, { minLength: slots, maxLength: slots })), {
    minLength: 1,
    maxLength: 12,
  })
  .chain((all) =>
    fc.record({
      guests: fc.constant(all.map(([each]) => each)),
      said: fc.constant(all.map(([, each]) => each)),
      quorum: fc.integer({ min: 0, max: all.length }),
      spread: fc.boolean(),
      who: fc.integer({ min: 0, max: all.length - 1 }),
      which: fc.integer({ min: 0, max: slots - 1 }),
    }),
  );

describe('ranking', () => {
  const rank = ({
    guests,
    said,
    quorum,
    spread,
  }: {
    guests: Guest[];
    said: Said[];
    quorum: number;
    spread: boolean;
  }) => {
    const required = guests.filter((each) => each.required).length;
    return rankSlots(totals(guests, said, sectors, slots), { quorum, required, spread });
  };

  test('a better answer never makes a slot worse', () => {
    fc.assert(
      fc.property(scene, ({ who, which, ...of }) => {
        const place = (said: Said[]) =>
          rank({ ...of, said }).findIndex(({ slot }) => slot.position === which + 1);
        const better: Record<string, SlotAnswer> = { null: 'maybe', no: 'maybe', maybe: 'yes', yes: 'yes' };
        const raised = of.said.map((each, index) =>
          index === who
            ? each.map((word, slot) => (slot === which ? (better[String(word)] ?? null) : word))
            : each,
        );
        expect(place(raised)).toBeLessThanOrEqual(place(of.said));
      }),
    );
  });

  test('a slot with everybody it needs stands before every slot without', () => {
    fc.assert(
      fc.property(scene, (of) => {
        const meets = rank(of).map(({ standing }) => standing.meets);
        expect(meets).toEqual([...meets].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  test('the order does not hang on the order in which slots are given', () => {
    fc.assert(
      fc.property(scene, (of) => {
        const required = of.guests.filter((each) => each.required).length;
        const all = totals(of.guests, of.said, sectors, slots);
        const order = (given: SlotTotals[]) =>
          rankSlots(given, { ...of, required }).map(({ slot }) => slot.position);
        expect(order([...all].reverse())).toEqual(order(all));
      }),
    );
  });

  const slot = (of: Partial<SlotTotals>): SlotTotals => ({
    ...{ position: 1, startsAt: new Date('2026-03-03T15:00:00Z'), yes: 0, maybe: 0 },
    ...{ requiredIn: 0, sectorIn: [1, 1], hardship: 0 },
    ...of,
  });
  const first = (a: Partial<SlotTotals>, b: Partial<SlotTotals>, wanted = {}) => {
    const [best] = rankSlots([slot({ ...a, position: 1 }), slot({ ...b, position: 2 })], {
      ...{ quorum: 3, required: 0, spread: false },
      ...wanted,
    });
    return best?.slot.position;
  };
  test.each([
    ['quorum before a required organisation', { yes: 3 }, { yes: 2, requiredIn: 1 }, { required: 1 }],
    ['a required organisation before numbers', { yes: 3, requiredIn: 1 }, { yes: 9 }, { required: 1 }],
    [
      'every sector before numbers, where all have to come',
      { yes: 3 },
      { yes: 9, sectorIn: [9, 0] },
      { spread: true },
    ],
    ['numbers before sectors, where they need not', { yes: 9, sectorIn: [9, 0] }, { yes: 3 }, {}],
    ['gladly before if need be', { yes: 5 }, { yes: 4, maybe: 1 }, {}],
    ['more who can before fewer who like it', { yes: 4, maybe: 2 }, { yes: 5 }, {}],
    [
      'an easy hour before one that is hard on somebody who had the last one',
      { yes: 4 },
      { yes: 4, hardship: 3 },
      {},
    ],
    ['whoever had no hard hour yet before whoever had', { yes: 4, hardship: 1 }, { yes: 4, hardship: 2 }, {}],
  ])('%s', (_, better, worse, wanted) => {
    expect(first(better, worse, wanted)).toBe(1);
    expect(first(worse, better, wanted)).toBe(2);
  });

  test('one short of quorum is not a quorum, and nobody is none either', () => {
    const wanted = { quorum: 3, required: 0, spread: false };
    expect(standingOf(slot({ yes: 2 }), wanted).meets).toBe(false);
    expect(standingOf(slot({ yes: 2, maybe: 1 }), wanted).meets).toBe(true);
    expect(standingOf(slot({}), { ...wanted, quorum: 0 }).meets).toBe(false);
  });
});

describe('a hard hour', () => {
  const kolkata: Hours = { timeZone: 'Asia/Kolkata', quietStart: '18:00', quietEnd: '08:00', took: 0 };
  const at = (time: string, of: Hours = kolkata, minutes = 60) =>
    hardshipOf(of, { startsAt: atWallClock('2026-03-03', time, 'Asia/Kolkata'), minutes, time });
  test('is one that begins or ends outside somebody’s day, to the half hour', () => {
    expect([at('07:30'), at('08:00'), at('17:00'), at('17:30'), at('23:00')]).toEqual([1, 0, 0, 1, 1]);
  });
  test('costs more for whoever had the last ones, and a whole day costs nothing', () => {
    expect([0, 1, 2, 7].map((took) => at('22:00', { ...kolkata, took }))).toEqual([1, 2, 3, 3]);
    expect(hardshipOf(kolkata, { startsAt: new Date(), minutes: 60, time: null })).toBe(0);
  });
});

test('suggested times lie in everybody’s day where there is such an hour', () => {
  const hours = (timeZone: string): Hours => ({ timeZone, quietStart: '18:00', quietEnd: '08:00', took: 0 });
  const guests = [hours('America/Winnipeg'), hours('America/Winnipeg'), hours('Europe/Berlin')];
  const of = { now: new Date('2026-03-02T15:00:00Z'), timeZone: 'America/Winnipeg', minutes: 60 };
  const times = suggestTimes(guests, { ...of, workingDays: [1, 2, 3, 4, 5], holidays: ['2026-03-04'] });
  expect(times).toHaveLength(5);
  expect(times.map(({ date }) => date)).not.toContain('2026-03-04');
  for (const { date, time } of times) {
    const startsAt = atWallClock(date, time ?? '', 'America/Winnipeg');
    for (const guest of guests) expect(hardshipOf(guest, { startsAt, minutes: 60, time })).toBe(0);
  }
});

test('lengths, quorums, reminders and many answers are read as people write them', () => {
  expect(['60', '90 min', '1h30', '1.5 hours', '2 h', '0', 'long'].map(parseLength)).toEqual([
    ...[60, 90, 90, 90, 120],
    ...[null, null],
  ]);
  expect(
    ['half', '60%', 'all', 'none', '7', 'two thirds', 'some'].map((typed) => parseQuorum(typed, 24)),
  ).toEqual([...[13, 15, 24, 0, 7, 16], null]);
  expect(parseReminders('1 hour, 1 day')).toEqual([1440, 60]);
  expect([parseReminders('none'), parseReminders('soon')]).toEqual([[], null]);
  const said = parseAnswers('1 yes, 2-4 maybe; rest no', [1, 2, 3, 4, 5, 6]);
  expect(said && Object.fromEntries(said)).toEqual({
    1: 'yes',
    2: 'maybe',
    3: 'maybe',
    4: 'maybe',
    5: 'no',
    6: 'no',
  });
  expect([parseAnswers('9 yes', [1, 2]), parseAnswers('perhaps', [1]), parseAnswers('', [1])]).toEqual([
    ...[null, null, null],
  ]);
});

test('a deadline leaves five days, or less when the first time is near', () => {
  const now = new Date('2026-03-02T15:00:00Z');
  const until = (first: string) => usualDeadline(now, new Date(first)).toISOString();
  expect(until('2026-03-20T15:00:00Z')).toBe('2026-03-07T15:00:00.000Z');
  expect(until('2026-03-05T15:00:00Z')).toBe('2026-03-04T15:00:00.000Z');
  expect(until('2026-03-03T15:00:00Z')).toBe('2026-03-03T03:00:00.000Z');
});

test('a draft says what keeps it from being sent', () => {
  const now = new Date('2026-03-02T15:00:00Z');
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
  const draft = { doubts: [] as unknown[], deadline: later(2), quorum: 2 };
  const of = { starts: [later(3)], guests: 3, now };
  expect(conflictIn(draft, of)).toBeNull();
  expect(conflictIn({ ...draft, doubts: [1] }, of)).toBe('doubts');
  expect(conflictIn(draft, { ...of, starts: [] })).toBe('no-times');
  expect(conflictIn(draft, { ...of, starts: [later(-1)] })).toBe('past');
  expect(conflictIn({ ...draft, deadline: later(-1) }, of)).toBe('deadline-past');
  expect(conflictIn({ ...draft, deadline: later(4) }, of)).toBe('deadline-late');
  expect(conflictIn(draft, { ...of, guests: 0 })).toBe('nobody');
  expect(conflictIn({ ...draft, quorum: 4 }, of)).toBe('quorum');
});
