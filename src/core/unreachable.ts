import { ExpectedError } from './errors.ts';

/** A server that was given by its address does not take us. */
export class UnreachableError extends ExpectedError {}

/** Says which setting to look at; no password in the address is repeated. */
export function unreachable(of: {
  /** The setting with the address. */
  setting: string;
  server: string;
  url: string;
  error: unknown;
  otherwise: string;
}): UnreachableError {
  const { setting, server, url, error, otherwise } = of;
  const { host } = new URL(url);
  return new UnreachableError(
    `${setting}: ${server} cannot be used at ${host} (${reasonOf(error)}). Start it, correct the address, or ${otherwise}`,
  );
}

/** Where a name has several addresses, each was tried, and what went wrong stands in the code alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message || (typeof code === 'string' ? code : error.name);
}
