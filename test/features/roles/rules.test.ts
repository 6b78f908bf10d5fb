import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartnerId } from '../../../src/core/ids.ts';
import {
  parseEffort,
  parseSeats,
  type RoleId,
  typedEffort,
  typedSeats,
} from '../../../src/features/roles/catalogue/rules.ts';
import { type OpenRole, type Profile, suggestRoles } from '../../../src/features/roles/coverage/rules.ts';
import { type Kept, stepsFor } from '../../../src/features/roles/groups/rules.ts';
import { nextTaker, type Taker } from '../../../src/features/roles/rosters/rules.ts';
import { mayNoteWorkOn, renewedUntil, termDates } from '../../../src/features/roles/terms/rules.ts';
import { addDays, addMonths } from '../../../src/time/wall-clock.ts';

describe('what somebody types as an effort', () => {
  test.each([
    ['2', 120],
    ['0.5', 30],
    ['1,5 h', 90],
    ['20 min', 20],
    ['30min', 30],
    ['1 h 30 min', 90],
    ['160', 9600],
    ['0', 'out-of-range'],
    ['4 min', 'out-of-range'],
    ['161', 'out-of-range'],
    ['-2', 'unclear'],
    ['a while', 'unclear'],
    ['', 'unclear'],
  ])('%s is %s', (typed, minutes) => expect(parseEffort(typed)).toBe(minutes));

  test('what is shown in a form again reads the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 9600 }), (minutes) => {
        expect(parseEffort(typedEffort(minutes))).toBe(minutes);
      }),
    );
  });
});

describe('what somebody types as seats', () => {
  test.each([
    ['2', { least: 2, most: 2 }],
    ['1-3', { least: 1, most: 3 }],
    ['1 to 3', { least: 1, most: 3 }],
    ['0', 'out-of-range'],
    ['3-1', 'out-of-range'],
    ['51', 'out-of-range'],
    ['many', 'unclear'],
    ['-1', 'unclear'],
  ])('%s', (typed, seats) => expect(parseSeats(typed)).toEqual(seats));

  test('what is shown in a form again reads the same', () => {
    for (const [leastSeats, mostSeats] of [
      [1, 1],
      [2, 7],
    ] as const) {
      expect(parseSeats(typedSeats({ leastSeats, mostSeats }))).toEqual({
        least: leastSeats,
        most: mostSeats,
      });
    }
  });
});

test('months end where the calendar does', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
  expect(addMonths('2026-12-15', 2)).toBe('2027-02-15');
  expect(renewedUntil('2026-03-31', '2026-03-20', 6)).toBe('2026-09-30');
  expect(renewedUntil('2026-03-31', '2026-05-02', 6)).toBe('2026-11-02');
  expect(termDates('2026-03-14').map(({ on }) => on)).toEqual(['2026-02-28', '2026-03-14', '2026-03-22']);
});

test('work can be noted today and a year back, and not tomorrow', () => {
  expect(mayNoteWorkOn('2026-03-02', '2026-03-02')).toBe('yes');
  expect(mayNoteWorkOn('2026-03-03', '2026-03-02')).toBe('in-future');
  expect(mayNoteWorkOn('2025-03-01', '2026-03-02')).toBe('yes');
  expect(mayNoteWorkOn('2025-02-28', '2026-03-02')).toBe('too-old');
});

const role = (title: string, more: Partial<OpenRole> = {}): OpenRole => ({
  id: title as RoleId,
  title,
  purpose: '',
  serves: '',
  skills: [],
  minutesAMonth: 120,
  held: 1,
  leastSeats: 1,
  ...more,
});
const library: Profile = {
  id: 'library' as PartnerId,
  name: 'Library',
  does: 'Reading for small children',
  sector: 'Learning',
  area: 'North End',
  offers: ['rooms', 'translating letters'],
};

test('what a partner offers outweighs everything, and the reason names both words', () => {
  const roles = [
    role('Chair', { held: 0 }),
    role('Interpreter', { skills: ['translators'], minutesAMonth: 600 }),
  ];
  const [first] = suggestRoles(library, roles);
  expect(first?.reason).toEqual({ why: 'skill', offer: 'translating letters', skill: 'translators' });
});

test('a role about the same thing comes before one that is only empty', () => {
  const roles = [role('Treasurer', { held: 0 }), role('Story hour', { serves: 'Children ready for school' })];
  expect(suggestRoles(library, roles)[0]?.reason).toEqual({ why: 'focus', shared: 'children' });
});

test('there are three at most, and a small job is among them whenever there is one', () => {
  const anyRole = fc.record({
    minutesAMonth: fc.integer({ min: 5, max: 600 }),
    held: fc.integer({ min: 0, max: 2 }),
    skills: fc.constantFrom([], ['translators']),
  });
  let withSmall = 0;
  fc.assert(
    fc.property(fc.array(anyRole, { maxLength: 12 }), (made) => {
      const roles = made.map((each, index) => role(`Role ${index}`, each));
      const suggested = suggestRoles(library, roles);
      expect(suggested).toHaveLength(Math.min(3, roles.length));
      expect(new Set(suggested.map((each) => each.role.id)).size).toBe(suggested.length);
      const small = (each: OpenRole) => each.minutesAMonth <= 30;
      if (roles.some(small)) {
        withSmall += 1;
        expect(suggested.some((each) => small(each.role))).toBe(true);
      }
    }),
  );
  expect(withSmall).toBeGreaterThan(10);
});

test('turns go round: after any number of days nobody is more than one ahead of anybody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 40 }), (count, days) => {
      let takers: Taker[] = Array.from({ length: count }, (_, index) => ({
        partner: `p${index}` as PartnerId,
        joinedOn: '2026-01-01',
        lastDuty: null,
      }));
      const turns = new Map<PartnerId, number>();
      for (let day = 0; day < days; day += 1) {
        const next = nextTaker(takers, new Set());
        if (!next) throw new Error('Somebody is always there');
        turns.set(next, (turns.get(next) ?? 0) + 1);
        const lastDuty = addDays('2026-02-01', day);
        takers = takers.map((each) => (each.partner === next ? { ...each, lastDuty } : each));
      }
      const all = takers.map(({ partner }) => turns.get(partner) ?? 0);
      expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
    }),
  );
});

test('whoever cannot keeps their turn for the next day, and with nobody left there is nobody', () => {
  const takers: Taker[] = ['a', 'b'].map((name) => ({
    partner: name as PartnerId,
    joinedOn: '2026-01-01',
    lastDuty: null,
  }));
  const [a, b] = ['a' as PartnerId, 'b' as PartnerId];
  expect(nextTaker(takers, new Set([a]))).toBe(b);
  const after = takers.map((each) => (each.partner === b ? { ...each, lastDuty: '2026-02-01' } : each));
  expect(nextTaker(after, new Set())).toBe(a);
  expect(nextTaker(takers, new Set([a, b]))).toBeNull();
});

test('a group comes in step whatever breaks off in between, and whoever was in it by hand stays', () => {
  const people = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'));
  fc.assert(
    fc.property(
      people,
      fc.array(people, { minLength: 1 }),
      fc.infiniteStream(fc.boolean()),
      (byHand, wishes, luck) => {
        const inGroup = new Set<string>(byHand);
        let kept: Kept[] = [];
        const lucky = () => luck.next().value === true;
        const go = (wanted: ReadonlySet<string>, goes: () => boolean) => {
          const { add, remove, release } = stepsFor(wanted, kept);
          kept = kept.filter(({ ref }) => !release.includes(ref));
          for (const ref of add) {
            const known = kept.some((each) => each.ref === ref);
            if (!known) kept.push({ ref, byHand: inGroup.has(ref), done: inGroup.has(ref) });
            // The platform does it, and we may not live to write that down.
            if (goes()) inGroup.add(ref);
            else continue;
            if (goes()) kept = kept.map((each) => (each.ref === ref ? { ...each, done: true } : each));
          }
          for (const ref of remove) {
            kept = kept.map((each) => (each.ref === ref ? { ...each, done: false } : each));
            if (goes()) inGroup.delete(ref);
            else continue;
            if (goes()) kept = kept.filter((each) => each.ref !== ref);
          }
        };
        for (const wish of wishes) go(new Set(wish), lucky);
        const last = new Set(wishes.at(-1));
        go(last, () => true);
        expect([...inGroup].sort()).toEqual([...new Set([...byHand, ...last])].sort());
        expect(stepsFor(last, kept)).toEqual({ add: [], remove: [], release: [] });
        go(new Set(), () => true);
        expect([...inGroup].sort()).toEqual([...byHand].sort());
      },
    ),
  );
});
