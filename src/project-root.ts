import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder with package.json, whether this runs as TypeScript or compiled under `dist/`. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(from: string): string {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('package.json was not found above this file');
  return findRoot(parent);
}
