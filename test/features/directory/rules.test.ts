import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName } from '../../../src/core/fold-name.ts';
import { paged } from '../../../src/core/pages.ts';
import {
  parseQuietHours,
  parseWorkingDays,
  typedDays,
} from '../../../src/features/directory/coalition/rules.ts';
import { handOver, standingOnJoining } from '../../../src/features/directory/joining/rules.ts';
import {
  emptyCard,
  monthsSince,
  nearPartner,
  nextFreshnessAsk,
  searchKeys,
  tidyCard,
  wantedKeys,
} from '../../../src/features/directory/partners/rules.ts';

test.each([
  ['  Café   du\tMonde ', 'cafe du monde'],
  ['STRASSE', 'strasse'],
  ['Straße', 'strasse'],
  ['a\u200Bb\u202Ec', 'abc'],
  ['Ａｂｃ', 'abc'],
  ['\u200B\u2060', ''],
])('%j is compared as %j', (typed, folded) => {
  expect(foldName(typed)).toBe(folded);
});

test('letters that only differ by their vowel signs stay different', () => {
  expect(foldName('कि')).not.toBe(foldName('का'));
  expect(foldName('й')).not.toBe('');
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      expect(foldName(foldName(typed))).toBe(foldName(typed));
    }),
  );
});

test('every word of a card is found by each of its beginnings, and by nothing else', () => {
  const card = { ...emptyCard, name: 'Hope House', needs: ['Übersetzer'], languages: ['العربية'] };
  const keys = new Set(searchKeys(card));
  const finds = (typed: string) => wantedKeys(typed).every((key) => keys.has(key));
  for (const typed of ['h', 'hop', 'HOUSE hope', 'ubersetz', 'العر', 'übersetzer!'])
    expect(finds(typed), typed).toBe(true);
  for (const typed of ['ope', 'hope homes', 'x']) expect(finds(typed), typed).toBe(false);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
      const some = new Set(searchKeys({ ...emptyCard, name }));
      expect(wantedKeys(name).every((key) => some.has(key))).toBe(true);
    }),
  );
});

test('tidying twice is tidying once', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (name, offers) => {
      const once = tidyCard({ ...emptyCard, name, does: name, offers });
      expect(tidyCard(once)).toEqual(once);
    }),
  );
});

test.each([
  ['Hope Hous', 'Hope House'],
  ['Northside Food Bank Inc', 'Northside Food Bank'],
  ['northside food', 'Northside Food Bank'],
  ['Hospice', null],
  ['Other House', null],
])('%s is near to %s', (typed, near) => {
  const partners = [{ name: 'Hope House' }, { name: 'Northside Food Bank' }];
  expect(nearPartner(typed, partners)?.name ?? null).toBe(near);
});

test.each([
  ['18:00-08:00', '18:00', '08:00'],
  ['18 – 8', '18:00', '08:00'],
  ['9:30 to 17:00', '09:30', '17:00'],
])('quiet hours %s are understood', (typed, start, end) => {
  expect(parseQuietHours(typed)).toEqual({ start, end });
});

test.each(['', '25-8', '18:00', '18:60-8', 'late', '1-2-3'])('quiet hours %j are not', (typed) => {
  expect(parseQuietHours(typed)).toBeNull();
});

test.each([
  ['Mon-Fri', [1, 2, 3, 4, 5]],
  ['mon - thu', [1, 2, 3, 4]],
  ['Sat–Mon', [1, 6, 7]],
  ['Mon, Wednesday; fri', [1, 3, 5]],
  ['Tue Thu', [2, 4]],
  ['1-5', [1, 2, 3, 4, 5]],
  ['7', [7]],
])('working days %s are understood', (typed, days) => {
  expect(parseWorkingDays(typed)).toEqual(days);
});

test.each(['', 'T', 'Mon-', 'Mon-Wed-Fri', '8', 'Fryday'])('working days %j are not', (typed) => {
  expect(parseWorkingDays(typed)).toBeNull();
});

test('working days are shown as they can be typed', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (days) => {
      const sorted = [...days].sort();
      expect(parseWorkingDays(typedDays(sorted))).toEqual(sorted);
    }),
  );
});

const person = (id: string, standing: 'representative' | 'alternate' | 'member' | 'backbone') => ({
  id,
  standing,
});

test('a partner never has two representatives by joining, and the first person is one', () => {
  expect(standingOnJoining('member', null, [])).toBe('representative');
  expect(standingOnJoining('representative', null, [person('a', 'representative')])).toBe('alternate');
  expect(standingOnJoining('representative', null, [person('a', 'member')])).toBe('representative');
  expect(standingOnJoining('representative', 'backbone', [])).toBe('backbone');
});

test('the first alternate takes over, and nobody else may', () => {
  const a = person('a', 'representative');
  const [b, c] = [person('b', 'alternate'), person('c', 'alternate')];
  expect(handOver('a', [a, b, c])).toEqual({ handOver: 'to', successor: b });
  expect(handOver('b', [a, b])).toEqual({ handOver: 'not-needed' });
  expect(handOver('a', [a, person('d', 'backbone')])).toEqual({ handOver: 'not-needed' });
  expect(handOver('a', [a, person('d', 'member')])).toEqual({ handOver: 'nobody' });
});

test('a card is asked about at four months, and never twice within half a year', () => {
  const confirmedAt = new Date('2026-01-01T00:00:00Z');
  const days = (n: number) => new Date(confirmedAt.getTime() + n * 86_400_000);
  expect(nextFreshnessAsk({ confirmedAt, freshnessAskedAt: null })).toEqual(days(122));
  expect(nextFreshnessAsk({ confirmedAt, freshnessAskedAt: days(122) })).toEqual(days(305));
  expect(nextFreshnessAsk({ confirmedAt: days(250), freshnessAskedAt: days(122) })).toEqual(days(372));
  expect(monthsSince(confirmedAt, days(121))).toBe(3);
  expect(monthsSince(confirmedAt, days(122))).toBe(4);
});

test('pages hold everything in order and stay within their length', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 })), (lengths) => {
      const pages = paged(lengths, (length) => length, 100);
      expect(pages.flat()).toEqual(lengths);
      for (const page of pages)
        expect(page.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(100);
    }),
  );
});
