import { ConfigError } from './config.ts';

/** What a person is told who gave the address of a server that does not take us. No password of it is repeated. */
export function unreachable(of: {
  /** The setting with the address. */
  setting: string;
  server: string;
  url: string;
  error: unknown;
  otherwise: string;
}): ConfigError {
  const { setting, server, url, error, otherwise } = of;
  const { host } = new URL(url);
  return new ConfigError(
    `${setting}: ${server} cannot be used at ${host} (${reasonOf(error)}). Start it, correct the address, or ${otherwise}`,
  );
}

/** Where a name has several addresses, each was tried, and what went wrong stands in the code alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message || (typeof code === 'string' ? code : error.name);
}
