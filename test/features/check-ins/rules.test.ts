import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberId } from '../../../src/core/ids.ts';
import { limits } from '../../../src/core/limits.ts';
import {
  changedTags,
  daysBetween,
  mostOverdueFirst,
  rhythmOf,
  standingOf,
  usualRhythms,
} from '../../../src/features/check-ins/care/rules.ts';
import {
  type Entry,
  handedOn,
  keyOf,
  mostWords,
  pagesOf,
  toldTo,
  untoldOf,
  waitingFirst,
  withClosed,
  withThread,
  withWords,
} from '../../../src/features/check-ins/concerns/rules.ts';
import { aggregateOf, putInUrn, tellAbove } from '../../../src/features/check-ins/pulse/rules.ts';
import { addDays } from '../../../src/time/wall-clock.ts';

const date = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2025-01-01', days));
const rhythm = fc
  .record({ idealDays: fc.integer({ min: 1, max: 90 }), more: fc.integer({ min: 0, max: 90 }) })
  .map(({ idealDays, more }) => ({ idealDays, longestDays: idealDays + more }));
const clock = fc.record({ joinedOn: date, lastOn: fc.option(date), rhythm });

test('a clock is fine until the ideal interval, due from then on, overdue after the longest', () => {
  fc.assert(
    fc.property(clock, date, (of, today) => {
      const { days, state } = standingOf(of, today);
      if (days < of.rhythm.idealDays) expect(state).toBe('fine');
      else expect(state).toBe(days > of.rhythm.longestDays ? 'overdue' : 'due');
    }),
  );
});

test('a contact starts the clock anew, and an earlier one never turns it back', () => {
  fc.assert(
    fc.property(clock, date, date, (of, contact, today) => {
      const before = standingOf(of, today);
      const lastOn = of.lastOn !== null && of.lastOn > contact ? of.lastOn : contact;
      const after = standingOf({ ...of, lastOn }, today);
      expect(after.days).toBeLessThanOrEqual(before.days);
      if (lastOn === today && today >= of.joinedOn) expect(after.state).toBe('fine');
    }),
  );
});

test('whoever is longest past the longest interval is first', () => {
  const close = standingOf(
    { joinedOn: '2026-01-01', lastOn: '2026-01-20', rhythm: usualRhythms.close },
    '2026-03-02',
  );
  const light = standingOf(
    { joinedOn: '2025-01-01', lastOn: '2025-11-01', rhythm: usualRhythms.light },
    '2026-03-02',
  );
  expect([close.state, light.state]).toEqual(['overdue', 'due']);
  expect(mostOverdueFirst(close, light)).toBeLessThan(0);
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
});

const noTags = { tags: new Map() };

test('a partner’s own days come before its tags’, those before its tier’s, and a tier’s before what is usual', () => {
  const tiers = new Map([['close', { idealDays: 7, longestDays: 21 }]] as const);
  const tags = new Map([
    ['funder', { tag: 'Funder', idealDays: 10, longestDays: 60 }],
    ['pilot', { tag: 'pilot', idealDays: 20, longestDays: 25 }],
  ]);
  const close = { tier: 'close', idealDays: null, longestDays: null, tags: [] } as const;
  expect(rhythmOf({ ...close, longestDays: 10 }, { tiers, ...noTags })).toMatchObject({
    ...{ idealDays: 7, longestDays: 10, from: 'own' },
  });
  expect(rhythmOf(close, { tiers, tags })).toMatchObject({ idealDays: 7, longestDays: 21, from: 'tier' });
  const both = { ...close, tags: ['FUNDER', 'Pilot', 'unknown'] };
  expect(rhythmOf(both, { tiers, tags })).toEqual({
    ...{ idealDays: 10, longestDays: 25, from: 'tag', tags: ['Funder', 'pilot'] },
  });
  expect(rhythmOf({ ...both, idealDays: 90, longestDays: 90 }, { tiers, tags }).idealDays).toBe(90);
  expect(rhythmOf(null, { tiers, tags })).toMatchObject({ ...usualRhythms.usual, from: 'tier' });
});

test('however many tags, the rhythm is in order and no longer than that of any of them', () => {
  const many = fc.array(rhythm, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(many, (all) => {
      const tags = new Map(all.map((each, index) => [`t${index}`, { ...each, tag: `t${index}` }]));
      const care = { tier: 'light', idealDays: null, longestDays: null, tags: [...tags.keys()] } as const;
      const found = rhythmOf(care, { tiers: new Map(), tags });
      expect(found.idealDays).toBeLessThanOrEqual(found.longestDays);
      for (const each of all) {
        expect(found.idealDays).toBeLessThanOrEqual(each.idealDays);
        expect(found.longestDays).toBeLessThanOrEqual(each.longestDays);
      }
    }),
  );
});

test('a tag in another case is the same tag, added twice or taken off', () => {
  expect(changedTags(['Funder'], { add: ['funder', 'Pilot'], remove: [] })).toEqual(['Funder', 'Pilot']);
  expect(changedTags(['Funder', 'Pilot'], { add: [], remove: ['FUNDER'] })).toEqual(['Pilot']);
});

test('answers without a name are told from more than five on, and in no order of theirs', () => {
  const said = fc.array(fc.record({ score: fc.integer({ min: 1, max: 5 }), words: fc.string() }), {
    maxLength: 9,
  });
  fc.assert(
    fc.property(said, fc.nat(), (all, turn) => {
      const put = (those: typeof all) =>
        those.reduce((urn, { score, words }) => putInUrn(urn, score, words), {
          scores: [] as readonly number[],
          words: [] as readonly string[],
        });
      const at = all.length === 0 ? 0 : turn % all.length;
      const urn = put(all);
      expect(put([...all.slice(at), ...all.slice(0, at)])).toEqual(urn);
      expect(aggregateOf(urn) === null).toBe(all.length <= tellAbove);
    }),
  );
});

test('a thread is found by its code alone, keeps every word, and says once that there is something new', () => {
  const key = keyOf('coalition', 'abcd-efgh-jkmn-pqrs');
  expect(keyOf('another', 'abcd-efgh-jkmn-pqrs')).not.toBe(key);
  const to = 'somebody' as MemberId;
  const thread = { to, entries: [{ by: 'raiser', words: 'a' }], untold: true, closed: false } as const;
  const box = withThread({}, key, thread);
  expect(untoldOf(box)).toEqual([to]);
  expect(toldTo(box, [])).toEqual(box);
  const told = toldTo(box, [to]);
  expect(untoldOf(told)).toEqual([]);
  const answered = withWords(told, key, { by: 'chosen', words: 'b' }) ?? {};
  expect(answered[key]).toMatchObject({ untold: false, entries: [{ words: 'a' }, { words: 'b' }] });
  expect(untoldOf(withWords(answered, key, { by: 'raiser', words: 'c' }) ?? {})).toEqual([to]);
  expect(withWords(told, 'other', { by: 'raiser', words: 'c' })).toBeNull();
  expect(withClosed(answered, key, 'another' as MemberId)).toBeNull();
  const closed = withClosed(answered, key, to) ?? {};
  expect(closed[key]?.closed).toBe(true);
  expect(withWords(closed, key, { by: 'raiser', words: 'c' })?.[key]?.closed).toBe(false);
  const people = { from: to, to: 'another' as MemberId };
  expect(handedOn(closed, key, people)?.[key]).toEqual({
    to: 'another',
    entries: [
      { by: 'raiser', words: 'a' },
      { by: 'before', words: 'b' },
    ],
    untold: true,
    closed: false,
  });
  expect(handedOn(handedOn(closed, key, people) ?? {}, key, people)).toBeNull();
});

const entry: fc.Arbitrary<Entry> = fc.record({
  by: fc.constantFrom('raiser', 'chosen', 'before'),
  words: fc.string({ minLength: 1, maxLength: mostWords }),
});

test('whatever was said, the pages of a thread hold every word of it once and in order', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 60 }), (entries) => {
      const pages = pagesOf(entries);
      expect(pages.flat()).toEqual(entries);
      for (const page of pages) {
        const drawn = page.reduce((sum, { words }) => sum + words.length + 60, 0);
        expect(drawn).toBeLessThanOrEqual(limits.cardText - 700);
      }
    }),
  );
});

test('what waits for an answer is first in the list, and what is closed is last', () => {
  const of = (name: string, by: Entry['by'], closed: boolean, own: Entry['by'] = 'chosen') => ({
    ...{ name, own },
    thread: { entries: [{ by, words: 'w' }], closed },
  });
  const sorted = waitingFirst([
    of('closed', 'raiser', true),
    of('answered', 'chosen', false),
    of('own', 'raiser', false, 'raiser'),
    of('waits', 'raiser', false),
    of('handed on', 'before', false),
  ]);
  expect(sorted.map(({ name }) => name)).toEqual(['waits', 'handed on', 'answered', 'own', 'closed']);
});
