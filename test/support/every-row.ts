import { expect } from 'vitest';
import type { Database } from '../../src/database.ts';

export type Row = {
  readonly table: string;
  readonly xmin: string;
  readonly xmax: string;
  readonly text: string;
};

/** Every row of every table, the queue's included, with the transaction that wrote it, and the last that locked or replaced it. */
export async function everyRow(database: Database): Promise<Row[]> {
  const tables = await database.$queryRawUnsafe<{ schema: string; name: string }[]>(
    `select table_schema as "schema", table_name as "name" from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const rows: Row[] = [];
  for (const { schema, name } of tables) {
    const found = await database.$queryRawUnsafe<{ xmin: string; xmax: string; text: string }[]>(
      `select t.xmin::text as "xmin", t.xmax::text as "xmax", to_jsonb(t)::text as "text" from "${schema}"."${name}" t`,
    );
    rows.push(...found.map((row) => ({ table: name, ...row })));
  }
  return rows;
}
