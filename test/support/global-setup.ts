import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { openQueue } from '../../jobs/main.ts';
import { startEmbeddedServer } from '../../prisma/embedded-server.ts';
import { migrate } from '../../prisma/migrate.ts';
import { databaseUrl, onServer } from './database.ts';
import { readDrawn } from './drawn.ts';
import { findBinary } from './find-binary.ts';
import { findRedis } from './redis.ts';
import { silentLog } from './silent-log.ts';

const templateName = 'common_thread_template';

/** Starts one real PostgreSQL for the whole run and migrates one database, which every test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-test-'));
  const server = await startEmbeddedServer(folder);
  // Tests give durability away for speed; the fault tests start servers of their own that keep it.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await onServer(server.url, `alter system set ${setting} = off`);
  }
  await onServer(server.url, 'select pg_reload_conf()');
  await onServer(server.url, `create database ${templateName}`);
  const template = databaseUrl(server.url, templateName);
  await migrate(template);
  const queue = await openQueue({ databaseUrl: template, redisUrl: null }, silentLog);
  await queue.close(1000);

  const drawnFolder = mkdtempSync(path.join(tmpdir(), 'common-thread-drawn-'));
  project.provide('drawnFolder', drawnFolder);
  project.provide('serverUrl', server.url);
  project.provide('templateName', templateName);
  project.provide('redisBinary', orSkipped('redis-server', findRedis()));
  project.provide('chromiumBinary', orSkipped('chromium', findBinary('chromium')));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    await checkDrawings(drawnFolder);
    rmSync(drawnFolder, { recursive: true, force: true });
  };
}

/** Fails the run when a platform would refuse anything that a conversation of it showed. */
async function checkDrawings(folder: string): Promise<void> {
  const all = readDrawn(folder);
  if (all.length === 0) return;
  // Loaded here: the adapters' libraries cost a moment, and most runs are of a few files.
  const { findCardProblems, findFormProblems } = await import('./drawings.ts');
  const problems = all.flatMap((drawn) => {
    const { reader, where } = drawn;
    const found =
      'card' in drawn ? findCardProblems(drawn.card, reader) : findFormProblems(drawn.form, reader);
    return found.map((problem) => `${where}\n    ${problem}`);
  });
  console.log(`${all.length} cards and forms were drawn for every platform, ${problems.length} problems`);
  // What is thrown here is only shown: the run's own result is settled by now.
  if (problems.length > 0) process.exitCode = 1;
  if (problems.length > 0) throw new Error(`What a platform would refuse:\n  ${problems.join('\n  ')}`);
}

/** A program that is missing is said loudly; a run that may skip nothing fails instead. */
function orSkipped(name: string, found: string | null): string | null {
  if (found !== null) return found;
  if (process.env.SKIP_NOTHING === '1') throw new Error(`${name} is missing, and this run may skip nothing.`);
  console.warn(`\n*** ${name} is not installed: the tests that need it are SKIPPED, not passed. ***\n`);
  return null;
}
