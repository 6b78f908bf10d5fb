// npm run faults: a week of a coalition in which everything goes wrong, and whether anything was lost or came twice.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { findRedis } from '../test/support/redis.ts';
import { OptionError, readOptions } from './options.ts';
import { drawReport, isClean } from './report.ts';
import { runFaults } from './run.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

try {
  const options = readOptions(process.argv.slice(2), findRedis() !== null);
  console.log(`Seed ${options.seed}, ${options.faults} faults.`);
  const report = await runFaults(options);
  for (const line of drawReport(report)) console.log(line);
  if (isClean(report)) rmSync(path.dirname(report.logFolder), { recursive: true, force: true });
  process.exit(isClean(report) ? 0 : 1);
} catch (error) {
  console.error(error instanceof OptionError ? error.message : error);
  process.exit(1);
}
