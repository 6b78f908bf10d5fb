import type { Database } from '../../src/database.ts';

/** Whether anything in a database waits for a lock that something else there holds. */
export async function someoneWaits(database: Database): Promise<boolean> {
  const rows = await database.$queryRaw<unknown[]>`
    select 1 as "waits" from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length > 0;
}
