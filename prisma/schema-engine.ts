import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/**
 * Prisma's own schema engine, compiled to WebAssembly, talking through the driver adapter. The `prisma` command
 * would download a native one, which a closed network cannot. This is an internal interface of Prisma: the
 * version is pinned, nothing else imports it, and `test/prisma/migrate.test.ts` watches over it.
 */
type SchemaEngine = {
  readonly engine: Pick<bindings.SchemaEngine, 'applyMigrations' | 'diff'>;
  /** Frees the engine and closes the connections it opened. */
  close(): Promise<void>;
};

let started: Promise<void> | null = null;

/** Node's own WebAssembly; its types come with browser libraries only. */
type Exports = Readonly<Record<string, unknown>>;
type WebAssemblyApi = {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }>;
};
const { WebAssembly: webAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

export async function openSchemaEngine(
  databaseUrl: string,
  datamodels: [path: string, text: string][],
): Promise<SchemaEngine> {
  started ??= start();
  await started;
  const adapter = new PrismaPg({ connectionString: databaseUrl });
  const opened: { dispose(): Promise<void> }[] = [];
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const connection = await connect();
    opened.push(connection);
    return connection;
  };
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, bound);
  return {
    engine,
    async close() {
      engine.free();
      for (const connection of opened) await connection.dispose();
    },
  };
}

async function start(): Promise<void> {
  const resolve = createRequire(import.meta.url).resolve;
  const file = resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await webAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': bindings,
  });
  const { exports } = instance;
  const wasm = bindings as unknown as { __wbg_set_wasm(exports: Exports): void };
  wasm.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
}
