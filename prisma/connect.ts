import type pg from 'pg';
import { SturdyClient } from '../src/core/sturdy-client.ts';
import { unreachable } from '../src/core/unreachable.ts';

/** One connection to the configured database. Throws an `UnreachableError`. */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  const client = new SturdyClient({ connectionString: databaseUrl });
  await client.connect().catch((error: unknown) => {
    const otherwise = 'remove DATABASE_URL: a PostgreSQL of the bot’s own then keeps the data.';
    throw unreachable({ setting: 'DATABASE_URL', server: 'PostgreSQL', url: databaseUrl, error, otherwise });
  });
  return client;
}
