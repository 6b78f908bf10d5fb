import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortened } from '../../src/core/plain-text.ts';

test('what is shortened keeps whole characters', () => {
  expect(shortened('🧺🧺🧺', 5)).toBe('🧺🧺…');
  expect(shortened('🧺🧺🧺', 4)).toBe('🧺…');
  expect(shortened('abc', 3)).toBe('abc');
  // One sign each, though of several parts.
  expect(shortened('ab\u{1F469}\u200D\u{1F467} out', 6)).toBe('ab…');
  expect(shortened('cafe\u0301s', 5)).toBe('caf…');
});

test('what is shortened fits, begins as it did, and shows that it goes on', () => {
  const written = fc.string({ unit: fc.constantFrom('a', ' ', 'ö', '🧺', '👩‍🌾'), maxLength: 40 });
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 60 }), (typed, most) => {
      const shown = shortened(typed, most);
      expect(shown.length).toBeLessThanOrEqual(most);
      expect(Buffer.from(shown).toString(), 'no half of a character').toBe(shown);
      expect(typed.length <= most ? shown === typed : shown.endsWith('…')).toBe(true);
      expect(typed.startsWith(shown.replace(/…$/, ''))).toBe(true);
    }),
  );
});
