import path from 'node:path';
import { readText } from './files.ts';

/** Paths in code marks that name a file or folder of the project must exist, so that no page leads nowhere. */
export function checkDocs(files: readonly string[]): string[] {
  const known = new Set(files);
  for (const file of files) {
    for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder))
      known.add(folder);
  }
  const roots = /^(src|adapters|jobs|web|prisma|bench|faults|docs|scripts|test)\//;
  return files
    .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')
    .flatMap((file) =>
      [...readText(file).matchAll(/`([A-Za-z0-9_./-]+)`/g)]
        .map(([, named = '']) => named.replace(/\/$/, ''))
        .filter((named) => roots.test(`${named}/`) && named.includes('/') && !/^prisma\/client/.test(named))
        .filter((named) => !known.has(named))
        .map((named) => `${file} names ${named}, which does not exist. Correct the page, or the path.`),
    );
}
