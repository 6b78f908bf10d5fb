import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import pg from 'pg';
import type { Tx } from '../../../src/database.ts';
import { listTables, type Table, twinText } from './twin.ts';

/** All rows of a coalition as they stood at a moment, by table; packed, because there are many moments. */
export type Earlier = Promise<Buffer>;

export type Memory = {
  /** Reads on a connection of its own: what the caller has not committed is not in it. */
  remember(): Earlier;
  end(): Promise<void>;
};

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];
const none = '[]';

export async function makeMemory(databaseUrl: string, coalitionId: string): Promise<Memory> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const tables = await listTables(client);
  await client.query(puttingBack(tables));
  const text = reading(tables);
  let last: Earlier | null = null;

  async function read(): Earlier {
    const values = [coalitionId];
    const { rows } = await client.query<{ name: string; rows: string }>({ name: 'all', text, values });
    return pack(JSON.stringify(rows.map(({ name, rows: all }) => [name, all])));
  }

  return {
    remember() {
      // Calls that follow each other so fast share what was before the first of them.
      last ??= read().finally(() => {
        last = null;
      });
      return last;
    },
    end: () => client.end(),
  };
}

/**
 * Puts both coalitions as they were, or would have been. `there` says, by table, what stands there by an earlier time
 * in the same transaction.
 */
export async function putBack(
  tx: Tx,
  earlier: Earlier,
  of: { own: string; twin: string; there: Map<string, string> },
): Promise<void> {
  const tables = new Map(JSON.parse((await unpack(await earlier)).toString()) as [string, string][]);
  const workspaces = JSON.parse(tables.get('Workspace') ?? none) as { ref: string }[];
  const other = [...tables].filter(([name, rows]) => of.there.get(name) !== rows);
  const refs = workspaces.map(({ ref }) => ref);
  const inTables = (text: (rows: string) => string) =>
    `{${other.map(([name, rows]) => `"${name}": ${text(rows)}`).join(',')}}`;
  const own = inTables((rows) => rows);
  const others = inTables((rows) => twinText(rows, refs));
  const sql = 'select put_back($1::uuid, $2::uuid, $3::jsonb, $4::jsonb)::text';
  await tx.$queryRawUnsafe(sql, of.own, of.twin, own, others);
  for (const [name, rows] of other) of.there.set(name, rows);
}

const reading = (tables: readonly Table[]) =>
  tables
    .map(
      ({ name, column }) => `select '${name}' as name,
        coalesce((select jsonb_agg(to_jsonb(t)) from "${name}" t where "${column}" = $1), '${none}')::text as rows`,
    )
    .join(' union all ');

/** Rows refer to each other in circles, and what is put in place is nobody's change: no trigger sees it. */
const puttingBack = (tables: readonly Table[]) => `
  create function put_back(coalition uuid, twin uuid, own jsonb, others jsonb) returns void
  language plpgsql as $$ begin
    perform set_config('session_replication_role', 'replica', true);
    ${tables
      .map(
        ({ name, column }) => `
    if own ? '${name}' then
      delete from "${name}" where "${column}" in (coalition, twin);
      insert into "${name}" select * from jsonb_populate_recordset(null::"${name}",
        (own -> '${name}') || (others -> '${name}'));
    end if;`,
      )
      .join('')}
    perform set_config('session_replication_role', 'origin', true);
  end $$`;
