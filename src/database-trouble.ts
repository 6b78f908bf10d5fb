import { toldByDriver } from './database.ts';

/**
 * Whether it was the database that failed, and not what it was asked: it was away, cut the connection, was told to stop
 * or has no room. What was under way may have been written or not; it is tried again.
 */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const { state, kind } = toldByDriver(error);
  if ([code, state].some((each) => typeof each === 'string' && isTroubleCode(each))) return true;
  if (kind !== null && adapterKinds.has(kind)) return true;
  return brokenConnection.test(error.message) || isDatabaseTrouble(cause);
}

const isTroubleCode = (code: string) => troubleCodes.test(code) || socketCodes.has(code);

/**
 * Classes of PostgreSQL (appendix A of its manual): connection, resources such as a full disk, an administrator's doing,
 * the system around it, its own bugs. Prisma (its error reference): not reached, timed out, closed, no connection free.
 */
const troubleCodes = /^(08|53|57|58|XX)[0-9A-Z]{3}$|^P(1001|1002|1008|1017|2024|2028)$/;
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** What Prisma's adapter makes of the first four of those codes (`mapSocketError` of `@prisma/adapter-pg`). */
const adapterKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);
/** What `pg` says of a connection that broke, came too late or was ended: these errors of its own have no code. */
const brokenConnection = /connection terminated|not queryable|timeout exceeded when trying to connect/i;
