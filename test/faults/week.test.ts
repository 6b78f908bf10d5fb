import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { drawReport, isClean } from '../../faults/report.ts';
import { runFaults } from '../../faults/run.ts';

test('in a short week with some of everything going wrong, nothing is lost and nothing comes twice', async () => {
  const report = await runFaults({ seed: 25, faults: 25, queue: 'postgres' });
  const said = drawReport(report);
  rmSync(path.dirname(report.logFolder), { recursive: true, force: true });
  expect(isClean(report), said.join('\n')).toBe(true);
  expect(report.faults).toBeGreaterThanOrEqual(25);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.messages).toBeGreaterThan(0);
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ lost: 0, duplicates: 0, seed: 25 });
}, 600_000);
