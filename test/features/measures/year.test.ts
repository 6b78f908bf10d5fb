import { expect, test } from 'vitest';
import { simulateYear, yearFeatures } from '../../../bench/support/measures-year.ts';
import { openBot } from '../../../bot.ts';
import { makeDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';

/** A whole year of 300 partners and 20 measures is `npm run bench -- measures`. */
test('over months, clock changes and downtime every reminder that is due goes out once, and none other', async () => {
  const { url, drop } = await makeDatabase();
  const clock = { now: new Date('2026-02-02T12:00:00Z') };
  const bot = await openBot({
    databaseUrl: url,
    redisUrl: null,
    queueName: `year-${process.pid}`,
    clock: () => ({ now: () => clock.now }),
    log: silentLog,
    features: yearFeatures,
    poolSize: 3,
  });
  try {
    const outcome = await simulateYear(bot, clock, {
      ...{ partners: 6, weekly: 2, monthly: 2 },
      // Clocks change in America on 8 March and in Europe on 29 March.
      ...{ from: '2026-02-02T12:00:00Z', until: '2026-04-20T00:00:00Z' },
      downtimes: [
        ['2026-02-17T10:00:00Z', '2026-02-18T20:00:00Z'],
        ['2026-03-07T00:00:00Z', '2026-03-13T03:00:00Z'],
        ['2026-03-30T14:30:00Z', '2026-03-30T15:10:00Z'],
        // Two weeks and a month are over at once.
        ['2026-03-31T12:00:00Z', '2026-04-13T18:00:00Z'],
      ],
    });
    expect(outcome.requests).toBe(6 * (2 * 10 + 2 * 2));
    expect(outcome.missing).toEqual([]);
    expect(outcome.tooMany).toEqual([]);
    expect(outcome.reminders).toBeGreaterThan(30);
    expect(outcome.checkIns).toBeGreaterThan(0);
    // What is due to one person on one morning is one message.
    expect(outcome.messages).toBeLessThan(outcome.reminders);
  } finally {
    await bot.close(5000);
    await drop();
  }
}, 300_000);
