import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/project-root.ts';

/**
 * A platform's own specification, kept outside the project in a folder beside it or beside the folder it stands in.
 * Null when it is not there, said loudly: what is checked against it is then skipped, not passed. A run that may skip
 * nothing ends here instead.
 */
export function findSpec(name: string): string | null {
  const places = ['..', '../..'].map((up) => path.resolve(projectRoot, up, 'shared', 'specs', name));
  const file = places.find((place) => existsSync(place));
  if (file) return file;
  if (process.env.SKIP_NOTHING === '1')
    throw new Error(`${places[0]} is missing, and this run may skip nothing.`);
  process.stderr.write(`\n*** ${places[0]} is missing: the checks against it are SKIPPED. ***\n\n`);
  return null;
}
