import { expect, test } from 'vitest';
import { within } from '../../src/core/within.ts';

test('work that ends in time is worth what it comes to, and what it throws is thrown', async () => {
  expect(await within(Promise.resolve('done'), 60_000)).toBe('done');
  await expect(within(Promise.reject(new Error('No seat')), 60_000)).rejects.toThrow('No seat');
});

test('nobody waits longer, and what the work throws afterwards harms nobody', async () => {
  let fail: (error: Error) => void = () => {};
  const work = new Promise<string>((_, reject) => {
    fail = reject;
  });
  expect(await within(work, 1)).toBe('late');
  fail(new Error('Too late'));
  await expect(work).rejects.toThrow('Too late');
});
