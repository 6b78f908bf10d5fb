// Builds what a clean clone needs to run: the Prisma client, the compiled bot, and the console's page.
// Plain JavaScript, because it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules', ...name.split('/'));

function run(script, args) {
  // `prisma generate` never calls the native schema engine, yet would try to download it; any existing file
  // named here keeps it from reaching for the network. Telemetry is off for the same reason.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  };
  const done = spawnSync(process.execPath, [script, ...args], { cwd: root, env, encoding: 'utf8' });
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout}${done.stderr}`);
    process.stderr.write(`Building stopped: ${path.relative(root, script)} ${args.join(' ')} failed.\n`);
    process.exit(done.status ?? 1);
  }
}

/** Generates the Prisma client again only when the schema, or Prisma itself, is another than last time. */
function generateClient() {
  const folder = path.join(root, 'prisma', 'schema');
  const hash = createHash('sha256').update(readFileSync(bin('prisma/package.json')));
  for (const file of readdirSync(folder).sort())
    hash.update(file).update(readFileSync(path.join(folder, file)));
  const stamp = path.join(root, 'prisma', 'client', '.schema-hash');
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run(bin('prisma/build/index.js'), ['generate']);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

export function build() {
  generateClient();
  const tsc = bin('typescript/bin/tsc');
  run(tsc, ['-p', 'tsconfig.build.json']);
  run(tsc, ['-p', 'adapters/console/web/tsconfig.json']);
}

/** The fault harness stands apart: it needs the tests' own platforms, which nobody needs to run the bot. */
function buildFaults() {
  run(bin('typescript/bin/tsc'), ['-p', 'tsconfig.faults.json']);
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--generate-only')) generateClient();
  else build();
  if (process.argv.includes('--with-faults')) buildFaults();
}
