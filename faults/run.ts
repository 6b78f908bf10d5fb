import { makeCoalitionClock } from './clock.ts';
import { compare } from './compare/compare.ts';
import { driveWeek, longFrom } from './driver.ts';
import { makeEngine } from './engine.ts';
import { makeLedger } from './ledger.ts';
import type { Options } from './options.ts';
import { makeRandom } from './random.ts';
import type { Report } from './report.ts';
import { settle, skipLeases } from './settle.ts';
import { openStage } from './stage.ts';
import { keepTrace } from './trace.ts';
import { openCoalition } from './week/coalition.ts';

const startWithinMs = 60_000;
const people = { long: 9, short: 5 };

/** One run: a week with faults, and what came of it. */
export async function runFaults(options: Options): Promise<Report> {
  const began = Date.now();
  const stage = await openStage(options.queue);
  try {
    await stage.fleet.allUp(startWithinMs);
    const clock = makeCoalitionClock(stage.server);
    const ledger = makeLedger();
    const isShort = options.faults < longFrom;
    const size = isShort ? people.short : people.long;
    const coalition = await openCoalition(stage, clock, ledger, size);
    const random = makeRandom(options.seed);
    const engine = makeEngine({ stage, clock, random, planned: options.faults });
    const driven = await driveWeek({ coalition, engine, random, faults: options.faults });
    if (isShort) await skipLeases(stage);
    await stage.fleet.allUp(startWithinMs);
    const settled = await settle(stage, clock.now);
    const findings = await compare(stage, ledger, clock.now());
    await keepTrace(stage);
    const [rows] = await stage.server.rows<{ messages: number }>(
      'select count(*)::int as "messages" from "Outgoing"',
    );
    return {
      options,
      findings,
      faults: engine.count(),
      byKind: engine.counts(),
      driven,
      acknowledged: ledger.counts().acknowledged,
      messages: rows?.messages ?? 0,
      starts: stage.fleet.starts(),
      crashes: stage.fleet.crashes.map(({ name, code }) => `${name} ended by itself with ${code}`),
      troubles: engine.troubles,
      violations: stage.discord.peer.violations.splice(0),
      skipped: [
        ...(stage.server.noFullDisk === null ? [] : [`full disk (${stage.server.noFullDisk})`]),
        ...(stage.redis ? [] : ['Redis (the queue was on PostgreSQL)']),
      ],
      settledMs: settled.tookMs,
      tookMs: Date.now() - began,
      logFolder: stage.logFolder,
    };
  } finally {
    await stage.close();
  }
}
