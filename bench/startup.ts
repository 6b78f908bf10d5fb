// How long `npm start` takes to be ready, from cold (no data) and from warm, and the memory it then holds; beside an
// empty process that only loads Bolt, discord.js and Prisma and connects to the same database.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { projectRoot } from '../src/project-root.ts';

const runs = 5;
const ready = /is running/;

export async function run(): Promise<Record<string, number>> {
  const cold: Measured[] = [];
  const warm: Measured[] = [];
  const baseline: Measured[] = [];
  for (let i = 0; i < runs; i += 1) {
    const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-bench-'));
    cold.push(await measureBot(folder));
    warm.push(await measureBot(folder));
    baseline.push(await measureBaseline(folder));
    rmSync(folder, { recursive: true, force: true });
  }
  const result = {
    coldMs: median(cold.map((each) => each.ms)),
    warmMs: median(warm.map((each) => each.ms)),
    rssMb: median(warm.map((each) => each.rssMb)),
    baselineMs: median(baseline.map((each) => each.ms)),
    baselineRssMb: median(baseline.map((each) => each.rssMb)),
  };
  console.log(
    `Median of ${runs}. Cold: no data yet, so initdb, migrations and the demo coalition are in it.`,
  );
  console.log(`The memory is this process's; the database server is a process of its own in both.`);
  return result;
}

type Measured = { ms: number; rssMb: number };

function measureBot(folder: string): Promise<Measured> {
  const env = {
    ...process.env,
    DATA_DIR: folder,
    WEB_PORT: '0',
    DATABASE_URL: '',
    REDIS_URL: '',
    RUN: 'console,jobs',
  };
  return measure([path.join(projectRoot, 'dist', 'main.js')], env);
}

async function measureBaseline(folder: string): Promise<Measured> {
  const server = await startEmbeddedServer(folder);
  const script = path.join(folder, 'baseline.mjs');
  const from = (file: string) => JSON.stringify(path.join(projectRoot, file));
  writeFileSync(
    script,
    `import { createRequire } from 'node:module';
    const require = createRequire(${from('package.json')});
    const { App } = require('@slack/bolt');
    const { Client } = require('discord.js');
    const { openDatabase } = await import(${from('dist/src/database.js')});
    new App({ token: 'xoxb-none', signingSecret: 'none', tokenVerificationEnabled: false });
    new Client({ intents: [] });
    await openDatabase(${JSON.stringify(server.url)}).$queryRaw\`select 1\`;
    console.log('is running');
    setInterval(() => {}, 1000);`,
  );
  const measured = await measure([script], process.env);
  await server.stop();
  return measured;
}

/** Starts a process and waits for it to say that it is ready; then reads its memory and stops it. */
function measure(args: string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let measured: Measured | null = null;
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (measured || !ready.test(said)) return;
      measured = { ms: Math.round(performance.now() - started), rssMb: residentMb(child.pid) };
      child.kill('SIGTERM');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => {
      if (measured) resolve(measured);
      else reject(new Error(`The process ended with ${code} before it was ready:\n${said}`));
    });
  });
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
