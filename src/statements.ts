import type pg from 'pg';
import { SturdyClient } from './core/sturdy-client.ts';

/** What a statement takes: dates stand for instants, and lists are one parameter. */
export type Value = string | number | boolean | Date | null | readonly string[] | readonly number[];

/** Statements written out, past Prisma: each costs a third of what it costs there. */
export type Statements = {
  /**
   * For what waits for no lock and is answered by an index at once: it shares a connection with others, and whatever
   * is asked in one turn of the event loop is sent together.
   */
  read<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
  /** For everything else that is one statement. It is a transaction of its own. */
  write<Row>(sql: string, values: readonly Value[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** Connections that reads share. */
export const readLanes = 2;

export function openStatements(
  pool: pg.Pool,
  config: pg.ClientConfig,
  nameOf: (query: { sql: string }) => string,
): Statements {
  const lanes = Array.from({ length: readLanes }, () => openLane(config));
  const query = (sql: string, values: readonly Value[]) => ({
    name: nameOf({ sql }),
    text: sql,
    values: [...values],
  });
  return {
    read: async <Row>(sql: string, values: readonly Value[]) => {
      const [first, second] = lanes as [Lane, Lane];
      const lane = second.atWork() < first.atWork() ? second : first;
      return lane.ask<Row>(query(sql, values));
    },
    write: async <Row>(sql: string, values: readonly Value[]) => {
      const { rows } = await pool.query(query(sql, values));
      return rows as Row[];
    },
    close: async () => {
      await Promise.all([...lanes.map((lane) => lane.close()), pool.end()]);
    },
  };
}

type Lane = {
  ask<Row>(query: pg.QueryConfig): Promise<Row[]>;
  /** How many wait for their rows. */
  atWork(): number;
  close(): Promise<void>;
};

/** One connection, made when it is first needed and again when it was lost. What was on its way then fails. */
function openLane(config: pg.ClientConfig): Lane {
  let opening: Promise<pg.Client> | null = null;
  let asked = 0;
  let corked = false;

  function connect(): Promise<pg.Client> {
    const client = new SturdyClient({ ...config, pipeline: true });
    const made = client.connect().then(() => client);
    const drop = () => {
      if (opening === made) opening = null;
    };
    client.on('error', drop);
    client.on('end', drop);
    made.catch(drop);
    return made;
  }

  /** Writing to a socket costs more than everything else about a small query, so a turn's queries go as one. */
  function sendTogether({ connection: { stream } }: pg.Client): void {
    if (corked) return;
    corked = true;
    stream.cork();
    setImmediate(() => {
      corked = false;
      stream.uncork();
    });
  }

  return {
    atWork: () => asked,
    async ask<Row>(query: pg.QueryConfig) {
      asked += 1;
      try {
        opening ??= connect();
        const client = await opening;
        sendTogether(client);
        const { rows } = await client.query(query);
        return rows as Row[];
      } finally {
        asked -= 1;
      }
    },
    async close() {
      const client = await opening?.catch(() => null);
      opening = null;
      await client?.end();
    },
  };
}
