import { expect, test } from 'vitest';
import { makeLines } from '../../jobs/lines.ts';
import type { Wake } from '../../src/core/ports.ts';

function heldLines() {
  const sent: { id: string; delayMs: number; end(): void; fail(error: Error): void }[] = [];
  const lines = makeLines(
    ({ id }, delayMs) =>
      new Promise((resolve, reject) => {
        sent.push({ id, delayMs, end: resolve, fail: reject });
      }),
  );
  return { sent, lines, ids: () => sent.map(({ id }) => id) };
}
const lane = (id: string): Wake => ({ wake: 'lane', id });
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('wakes for one target that come while one is on its way are sent as one, after it', async () => {
  const { sent, lines, ids } = heldLines();
  const first = lines.wake(lane('a'), 0);
  const joined = [lines.wake(lane('a'), 0), lines.wake(lane('a'), 0)];
  void lines.wake(lane('b'), 0);
  await turn();
  expect(ids()).toEqual(['a', 'b']);
  sent[0]?.end();
  await first;
  await turn();
  expect(ids()).toEqual(['a', 'b', 'a']);
  sent[1]?.end();
  sent[2]?.end();
  await Promise.all(joined);
  await lines.settled();
  expect(lines.count()).toBe(0);
});

test('a wake for later does not stand for one for now, and the last of those for later counts', async () => {
  const { sent, lines } = heldLines();
  void lines.wake(lane('a'), 500);
  void lines.wake(lane('a'), 0);
  void lines.wake(lane('a'), 900);
  void lines.wake(lane('a'), 700);
  await turn();
  expect(sent.map(({ delayMs }) => delayMs)).toEqual([500, 0]);
  sent[0]?.end();
  await turn();
  await turn();
  expect(sent.map(({ delayMs }) => delayMs)).toEqual([500, 0, 700]);
});

test('one that could not be sent does not keep the next from being sent', async () => {
  const { sent, lines, ids } = heldLines();
  const lost = lines.wake(lane('a'), 0);
  const next = lines.wake(lane('a'), 0);
  sent[0]?.fail(new Error('The queue is away'));
  await expect(lost).rejects.toThrow('The queue is away');
  await turn();
  expect(ids()).toEqual(['a', 'a']);
  sent[1]?.end();
  await next;
  expect(lines.count()).toBe(0);
});
