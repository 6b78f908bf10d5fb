import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '../../prisma/embedded-server.ts';
import { migrate } from '../../prisma/migrate.ts';

/** A PostgreSQL of the benchmark's own, migrated, in a folder that goes with it. */
export async function openBenchDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-bench-'));
  const server = await startEmbeddedServer(folder);
  await migrate(server.url);
  return {
    url: server.url,
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
