import pg from 'pg';
import { letters } from '../longest-letters.ts';
import { twinLetter, withTwinIds } from './twin-ids.ts';

/** A coalition that has word for word what another has, in a workspace of its own and under other ids. */
export type Twin = {
  readonly id: string;
  readonly rows: number;
  /** What happened to rows of it since this was last asked, as `UPDATE Member`. */
  listTouched(): Promise<string[]>;
  /** Rows of the other coalition that name any of its ids, as `Seat: {…}`. */
  listNamedBy(coalitionId: string): Promise<string[]>;
  /** The latest row of every table of it that has an id. */
  listIds(): Promise<{ table: string; id: string }[]>;
  end(): Promise<void>;
};

/** What a workspace of the copy is called. */
export const twinWorkspace = (workspace: string): string => `twin-${workspace}`;

/**
 * Copies all that a coalition has, with every written word in other letters, and from then on notes whatever happens to
 * a row of the copy.
 */
export async function makeTwin(
  databaseUrl: string,
  of: { id: string; workspaces: readonly string[] },
): Promise<Twin> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const id = withTwinIds(of.id);
  const tables = await listTables(client);
  // Rows refer to each other in circles: they are checked again only once all of them are there.
  await client.query("set session_replication_role = 'replica'");
  let rows = 0;
  for (const { name, column } of tables) {
    const found = await client.query<{ row: string }>(
      `select to_jsonb(t)::text as row from "${name}" t where "${column}" = $1`,
      [of.id],
    );
    if (found.rows.length === 0) continue;
    const copied = `[${found.rows.map(({ row }) => twinText(row, of.workspaces)).join(',')}]`;
    await client.query(`insert into "${name}" select * from jsonb_populate_recordset(null::"${name}", $1)`, [
      copied,
    ]);
    rows += found.rows.length;
  }
  await client.query("set session_replication_role = 'origin'");
  await noteTouched(client, tables, id);

  return {
    id,
    rows,
    async listTouched() {
      const { rows: touched } = await client.query<{ what: string }>(
        'with gone as (delete from twin_touched returning what) select distinct what from gone',
      );
      return touched.map(({ what }) => what);
    },
    async listNamedBy(coalitionId) {
      const named: string[] = [];
      for (const { name, column } of tables) {
        const found = await client.query<{ row: string }>(
          `select to_jsonb(t)::text as row from "${name}" t
           where "${column}" = $1 and to_jsonb(t)::text ~ '[0-9a-f]{8}-[0-9a-f]{4}-b'`,
          [coalitionId],
        );
        named.push(...found.rows.map(({ row }) => `${name}: ${row}`));
      }
      return named;
    },
    async listIds() {
      const found: { table: string; id: string }[] = [];
      for (const { name, column } of tables.filter(({ hasId }) => hasId)) {
        const { rows: latest } = await client.query<{ id: string }>(
          `select "id"::text as id from "${name}" where "${column}" = $1 order by "id" desc limit 1`,
          [id],
        );
        found.push(...latest.map((row) => ({ table: name, id: row.id })));
      }
      return found;
    },
    end: () => client.end(),
  };
}

export type Table = { readonly name: string; readonly column: string; readonly hasId: boolean };

/** Whatever belongs to a coalition: every table with its id, and its own row. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const found = await client.query<{ name: string; hasId: boolean }>(
    `select table_name as name, exists (select from information_schema.columns c where c.table_schema = 'public'
       and c.table_name = t.table_name and c.column_name = 'id' and c.data_type = 'uuid') as "hasId"
     from information_schema.columns t
     where table_schema = 'public' and column_name = 'coalitionId' order by table_name`,
  );
  return [
    { name: 'Coalition', column: 'id', hasId: true },
    ...found.rows.map((each) => ({ ...each, column: 'coalitionId' })),
  ];
}

/** Rows as the twin has them, `workspaces` being what the other's are called. */
export function twinText(row: string, workspaces: readonly string[]): string {
  const text = withTwinIds(row).replaceAll(letters(1), twinLetter);
  const elsewhere = workspaces.reduce((moved, each) => moved.replaceAll(each, twinWorkspace(each)), text);
  // What is found by the hash of a code is found by it alone: a copy has another.
  return elsewhere.replace(/(?<="hash": ")./g, (sign) => (sign === '0' ? '1' : '0'));
}

async function noteTouched(client: pg.Client, tables: readonly Table[], id: string): Promise<void> {
  await client.query('create table twin_touched (what text)');
  await client.query(`create function note_touched() returns trigger as $$ begin
    if coalesce(to_jsonb(old) ->> tg_argv[0], to_jsonb(new) ->> tg_argv[0]) = '${id}'
      or to_jsonb(new) ->> tg_argv[0] = '${id}'
    then insert into twin_touched values (tg_op || ' ' || tg_table_name); end if;
    return null; end $$ language plpgsql`);
  for (const { name, column } of tables) {
    await client.query(`create trigger twin_touched after insert or update or delete on "${name}"
      for each row execute function note_touched('${column}')`);
  }
}
