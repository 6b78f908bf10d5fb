import { expect, test } from 'vitest';
import { cases } from '../support/fuzz/cases.ts';

test('every run tries at least a hundred thousand cases', () => {
  const all = Object.values(cases).reduce((sum, each) => sum + each, 0);
  expect(all).toBeGreaterThanOrEqual(100_000);
});
