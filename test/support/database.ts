import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL that this run started, with a migrated template database in it. */
    readonly serverUrl: string;
    readonly templateName: string;
    /** Where conversations leave what they showed, to be drawn for every platform when the run ends. */
    readonly drawnFolder: string;
    readonly redisBinary: string | null;
    readonly chromiumBinary: string | null;
  }
}

let made = 0;

/** A database of its own, copied from the migrated template. */
export async function makeDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const serverUrl = inject('serverUrl');
  made += 1;
  const name = `test_${process.pid}_${made}_${Date.now().toString(36)}`;
  await onServer(serverUrl, `create database ${name} template ${inject('templateName')}`);
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

export async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
