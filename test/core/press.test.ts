import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, type PartnerId } from '../../src/core/ids.ts';
import { limits } from '../../src/core/limits.ts';
import { count, id, oneOf, press, word } from '../../src/core/press.ts';

const address = press('sample.press', {
  partner: id<PartnerId>(),
  answer: oneOf(['yes', 'no']),
  page: count,
  on: word,
});

test('what goes into a button comes out of it again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('yes' as const, 'no' as const),
      fc.integer(),
      fc.stringMatching(/^[\w.-]{1,20}$/),
      (answer, page, on) => {
        const payload = { partner: newId<PartnerId>(), answer, page, on };
        const encoded = address.encode(payload);
        expect(encoded.length).toBeLessThanOrEqual(limits.pressId);
        expect(address.decode(encoded)).toEqual(payload);
      },
    ),
  );
});

test('a button that is not ours, or was tampered with, leads nowhere', () => {
  const good = address.encode({ partner: newId<PartnerId>(), answer: 'yes', page: 1, on: 'today' });
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (typed) => {
      fc.pre(typed !== good);
      const decoded = address.decode(typed);
      if (decoded) expect(address.encode(decoded)).toBe(typed);
    }),
  );
  for (const wrong of [
    '',
    'sample.press',
    `${good}:more`,
    good.replace('yes', 'maybe'),
    good.replace('sample', 'other'),
  ]) {
    expect(address.decode(wrong)).toBeNull();
  }
});

test('a payload that does not fit is our bug and is found at once', () => {
  expect(() =>
    address.encode({ partner: newId<PartnerId>(), answer: 'yes', page: 1, on: 'x'.repeat(60) }),
  ).toThrow(/does not fit/);
});
