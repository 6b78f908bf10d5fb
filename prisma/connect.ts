import pg from 'pg';
import { unreachable } from '../src/core/unreachable.ts';

/** One connection to the configured database. Throws an `UnreachableError`. */
export async function connectTo(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // Broken while it waits, it fails the next query; unheard, the error would end the process on the spot.
  client.on('error', () => {});
  await client.connect().catch((error: unknown) => {
    const otherwise = 'remove DATABASE_URL: a PostgreSQL of the bot’s own then keeps the data.';
    throw unreachable({ setting: 'DATABASE_URL', server: 'PostgreSQL', url: databaseUrl, error, otherwise });
  });
  return client;
}
