import pg from 'pg';
import { openSharedConnection } from './shared-connection.ts';

/** What a statement takes: dates stand for instants, and lists are one parameter. */
export type Value = string | number | boolean | Date | null | readonly string[] | readonly number[];

/** Statements written out, past Prisma: each costs a third of what it costs there. */
export type Statements = {
  /** For what waits for no lock and is answered by an index at once. */
  read<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
  /**
   * A transaction of its own, which is on the disk when the rows come. Those of one turn of the event loop go to the
   * disk together. One that has to wait for a row which another transaction holds is moved out of the way of the others.
   */
  write<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
  /** The same on a connection of its own, for what is many writes in one statement and takes a while. */
  writeApart<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
  close(): Promise<void>;
};

const readConnections = 2;
/** Connections that many statements use at once: two for reads, one for writes. */
export const sharedConnections = readConnections + 1;

/** A usual wait for a row ends within a millisecond or two. */
const longestWaitMs = 10;

/** A commit does not wait for the disk here: see `toDisk`. */
const beginWriting = `select set_config('synchronous_commit', 'off', false),
  set_config('lock_timeout', '${longestWaitMs}ms', false)`;

/**
 * Commits the way whoever runs PostgreSQL wants it, and with that takes to the disk what was committed before. It has to
 * write something for that: a message of no words to nobody.
 */
const toDisk = `select set_config('synchronous_commit', null, true),
  pg_logical_emit_message(true, 'common-thread', '')`;

export function openStatements(
  pool: pg.Pool,
  config: pg.ClientConfig,
  nameOf: (query: { sql: string }) => string,
): Statements {
  const query = (sql: string, values: readonly Value[]) => ({
    name: nameOf({ sql }),
    text: sql,
    values: [...values],
  });
  const reading = Array.from({ length: readConnections }, () => openSharedConnection(config));
  const writing = openSharedConnection(config, { first: beginWriting, last: query(toDisk, []) });

  async function writeApart<Row>(sql: string, values: readonly Value[]): Promise<Row[]> {
    const { rows } = await pool.query(query(sql, values));
    return rows as Row[];
  }

  return {
    read: async <Row>(sql: string, values: readonly Value[]) => {
      const leastBusy = reading.reduce((one, other) => (other.atWork() < one.atWork() ? other : one));
      return leastBusy.ask<Row>(query(sql, values));
    },
    async write<Row>(sql: string, values: readonly Value[]) {
      try {
        return await writing.ask<Row>(query(sql, values));
      } catch (error) {
        if (!wasMovedAway(error)) throw error;
        return writeApart<Row>(sql, values);
      }
    },
    writeApart,
    close: async () => {
      await Promise.all([...[...reading, writing].map((shared) => shared.close()), pool.end()]);
    },
  };
}

/** Broken off while it waited, or not begun because another of the same text was broken off before it was prepared. */
function wasMovedAway(error: unknown): boolean {
  return error instanceof pg.DatabaseError && movedAway.has(error.code ?? '');
}
const movedAway = new Set(['55P03', '26000', '42P05']);
