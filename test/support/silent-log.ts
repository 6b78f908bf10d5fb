import type { Log } from '../../src/core/ports.ts';

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Keeps what is logged, so that a test can say what may and may not be in it. */
export function makeKeptLog(): Log & { lines: { level: string; event: string; facts: object }[] } {
  const lines: { level: string; event: string; facts: object }[] = [];
  const at = (level: string) => (facts: object, event: string) => {
    lines.push({ level, event, facts });
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
