import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/core/command-line.ts';
import { text, wholeNumber } from '../../src/core/field.ts';

const one = { partner: text() };
const three = { weekday: text(), time: text(), place: text() };

describe('what is typed behind a command', () => {
  test.each([
    ['Riverside Library', one, { partner: 'Riverside Library' }],
    ['partner:Riverside Library', one, { partner: 'Riverside Library' }],
    ['"Riverside Library"', one, { partner: 'Riverside Library' }],
    ['“Riverside Library”', one, { partner: 'Riverside Library' }],
    ['thursday 09:00 #general', three, { weekday: 'thursday', time: '09:00', place: '#general' }],
    ['time:09:00 weekday:thursday', three, { weekday: 'thursday', time: '09:00' }],
    [
      'thursday place:the big room time:09:00',
      three,
      { weekday: 'thursday', place: 'the big room', time: '09:00' },
    ],
    [
      'thursday "9 in the morning" #general',
      three,
      { weekday: 'thursday', time: '9 in the morning', place: '#general' },
    ],
    ['', one, {}],
    ['Ask them: why?', one, { partner: 'Ask them: why?' }],
  ])('%s', (typed, options, given) => {
    expect(readCommandLine(typed, options)).toEqual(given);
  });

  test('every word somebody types ends up in some option', () => {
    const options = { first: text(), second: wholeNumber(), third: text() };
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9.,!?-]{1,8}$/), { minLength: 1, maxLength: 12 }),
        (words) => {
          const given = Object.values(readCommandLine(words.join(' '), options))
            .join(' ')
            .split(/\s+/);
          expect([...given].sort()).toEqual([...words].sort());
        },
      ),
    );
  });

  test('anything at all can be typed without breaking it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        for (const value of Object.values(readCommandLine(typed, three))) expect(typeof value).toBe('string');
      }),
    );
  });
});
