/**
 * Whether it was the database that failed, and not what it was asked: it was away, cut the connection, was told to stop
 * or has no room. What was under way may have been written or not; it is tried again.
 */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && (troubleCodes.test(code) || socketCodes.has(code))) return true;
  return brokenConnection.test(error.message) || isDatabaseTrouble(cause);
}

/**
 * Classes of PostgreSQL (appendix A of its manual): connection, resources such as a full disk, an administrator's doing,
 * the system around it, its own bugs. Prisma (its error reference): not reached, timed out, closed, no connection free.
 */
const troubleCodes = /^(08|53|57|58|XX)[0-9A-Z]{3}$|^P(1001|1002|1008|1017|2024|2028)$/;
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** What `pg` and Prisma say of a connection that broke: such errors have no code. */
const brokenConnection =
  /connection terminated|connection error and is not queryable|connection timeout|terminating connection|server has closed the connection|can't reach database server|timeout exceeded when trying to connect|no space left on device/i;
