import fc from 'fast-check';
import { expect } from 'vitest';

/** How many cases each property is tried with. Together at least 100,000 in every run; `FUZZ=10` takes ten times as many. */
export const cases = {
  commandLines: 20_000,
  actsTyped: 12_000,
  fields: 20_000,
  addresses: 25_000,
  partnerFiles: 4_000,
  figureFiles: 4_000,
  cells: 4_000,
  timePhrases: 6_000,
  dayPhrases: 6_000,
  rules: 3_000,
  calendarFiles: 3_000,
  calendarLinks: 4_000,
  slackCards: 2_500,
  discordCards: 2_500,
  consoleCards: 2_000,
  escaping: 12_000,
} as const;

const more = Number(process.env.FUZZ ?? 1);

/** Tries a property so often. */
export function tries<T>(which: keyof typeof cases, of: fc.Arbitrary<T>, holds: (value: T) => void): void {
  let ran = 0;
  const counted = fc.property(of, (value) => {
    ran += 1;
    holds(value);
  });
  const wanted = Math.ceil(cases[which] * more);
  fc.assert(counted, { numRuns: wanted });
  expect(ran).toBeGreaterThanOrEqual(wanted);
}
