import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/project-root.ts';

const passedOver = new Set(['node_modules', 'dist', '.git', '.data', 'client']);

/** Every file of the project, as paths from its root with forward slashes. */
export function listFiles(): string[] {
  if (existsSync(path.join(projectRoot, '.git'))) {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    return listed.split('\n').filter((file) => file !== '' && existsSync(path.join(projectRoot, file)));
  }
  return walk('');
}

function walk(folder: string): string[] {
  return readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : walk(name);
    return [name];
  });
}

export type Source = {
  readonly file: string;
  readonly text: string;
  /** What it imports: paths from the root for our own files, package names for others. */
  readonly imports: readonly string[];
};

export function readSources(files: readonly string[]): Source[] {
  return files
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .map((file) => {
      const text = readText(file);
      return { file, text, imports: importsOf(file, text) };
    });
}

export function readText(file: string): string {
  return readFileSync(path.join(projectRoot, file), 'utf8');
}

function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^']+)'/gm);
  return [...found].map(([, specifier = '']) =>
    specifier.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : specifier,
  );
}
