import type pg from 'pg';
import { SturdyClient } from './core/sturdy-client.ts';

/** One connection that many use at once: none waits for the answer to another before it is sent. */
export type SharedConnection = {
  ask<Row>(query: pg.QueryConfig): Promise<Row[]>;
  /** How many wait for their rows. */
  atWork(): number;
  /** Waits for all of them. */
  close(): Promise<void>;
};

type Uses = {
  /** Sent once, when the connection is made. */
  readonly first?: string;
  /**
   * Sent after the queries of each turn of the event loop: none of them has its rows before this was answered. One is
   * under way at a time, and all turns meanwhile share the next.
   */
  readonly last?: pg.QueryConfig;
};

/** The connection is made when it is first needed and again when it was lost. What was on its way then fails. */
export function openSharedConnection(config: pg.ClientConfig, uses: Uses = {}): SharedConnection {
  let opening: Promise<Connected> | null = null;
  let asked = 0;
  let closed = false;
  let whenIdle = () => {};

  function open(): Promise<Connected> {
    const client = new SturdyClient({ ...config, pipeline: true });
    const made = connect(client, uses);
    const drop = () => {
      if (opening === made) opening = null;
    };
    client.on('error', drop);
    client.on('end', drop);
    made.catch(drop);
    return made;
  }

  return {
    atWork: () => asked,
    async ask<Row>(query: pg.QueryConfig) {
      if (closed) throw new Error('The database was closed: nothing can be asked any more.');
      asked += 1;
      try {
        opening ??= open();
        const { ask } = await opening;
        const { rows } = await ask(query);
        return rows as Row[];
      } finally {
        asked -= 1;
        if (asked === 0) whenIdle();
      }
    },
    async close() {
      closed = true;
      if (asked > 0) {
        await new Promise<void>((idle) => {
          whenIdle = idle;
        });
      }
      const connected = await opening?.catch(() => null);
      await connected?.client.end();
    },
  };
}

type Connected = {
  readonly client: pg.Client;
  ask(query: pg.QueryConfig): Promise<pg.QueryResult>;
};

async function connect(client: pg.Client, { first, last }: Uses): Promise<Connected> {
  try {
    await client.connect();
    if (first) await client.query(first);
  } catch (error) {
    client.end().catch(() => {});
    throw error;
  }
  const askLast = last ? oneRunAtATime(() => client.query(last)) : () => {};
  let turn: Promise<unknown> | null = null;

  /** Writing to a socket costs more than everything else about a small query, so a turn's queries go as one. */
  function sendTogether(): Promise<unknown> {
    const { stream } = client.connection;
    stream.cork();
    const over = new Promise((resolve) => {
      setImmediate(() => {
        turn = null;
        resolve(askLast());
        stream.uncork();
      });
    });
    return over.catch((cause: unknown) => {
      // Not as the error of a query, which may be sent again: each of them was answered by itself.
      throw new Error('It is not known whether this was kept.', { cause });
    });
  }

  return {
    client,
    async ask(query) {
      turn ??= sendTogether();
      const [result] = await Promise.all([client.query(query), turn]);
      return result;
    },
  };
}

/** Whoever asks while `run` is under way shares the next run with all others who do. */
function oneRunAtATime(run: () => Promise<unknown>): () => Promise<unknown> {
  let underWay: Promise<void> | null = null;
  let next: Promise<unknown> | null = null;

  function begin(): Promise<unknown> {
    next = null;
    const running = run();
    const over = () => {
      if (next === null) underWay = null;
    };
    underWay = running.then(over, over);
    return running;
  }

  return () => {
    if (underWay === null) return begin();
    next ??= underWay.then(begin);
    return next;
  };
}
