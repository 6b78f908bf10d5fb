import { pino } from 'pino';
import type { Facts, Log } from './core/ports.ts';

/** JSON lines on standard error. Callers pass ids, codes and numbers; what an error carries is cut down here. */
export function makeLog(level: string): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  return {
    info: (facts, event) => logger.info(safe(facts), event),
    warn: (facts, event) => logger.warn(safe(facts), event),
    error: (facts, event) => logger.error(safe(facts), event),
  };
}

/**
 * An error becomes its name, code and stack frames. Its message is left out: database and platform errors
 * quote values in it, which may be somebody's words, names or tokens.
 */
function safe(facts: Facts): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, value instanceof Error ? describeError(value) : value]),
  );
}

function describeError(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  // A message may hold lines that look like frames, such as those of an error within.
  const frames = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim().replace(/^at /, '')),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
