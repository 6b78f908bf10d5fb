import path from 'node:path';
import type { Source } from './files.ts';
import { readText } from './files.ts';

const roots = /^(src|adapters|jobs|web|prisma|bench|faults|docs|scripts|test)\//;

/** Files and folders of the project that pages and comments name must exist, so that nothing leads nowhere. */
export function checkDocs(files: readonly string[], sources: readonly Source[]): string[] {
  const known = new Set(files);
  for (const file of files) {
    for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder))
      known.add(folder);
  }
  const named = [
    ...files
      .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')
      .flatMap((file) => namedInPage(file, readText(file)).map((name) => ({ file, name }))),
    ...sources.flatMap(({ file, text }) => namedInComments(text).map((name) => ({ file, name }))),
  ];
  return named
    .filter(({ name }) => !known.has(name))
    .map(({ file, name }) => `${file} names ${name}, which does not exist. Correct the text, or the path.`);
}

/** Paths in code marks, and links to pages of ours. */
function namedInPage(file: string, text: string): string[] {
  const marked = [...text.matchAll(/`([A-Za-z0-9_./-]+)`/g)]
    .map(([, name = '']) => name.replace(/\/$/, ''))
    .filter((name) => roots.test(`${name}/`) && name.includes('/') && !/^prisma\/client/.test(name));
  const linked = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = '']) =>
    path.posix.join(path.posix.dirname(file), to),
  );
  return [...marked, ...linked];
}

function namedInComments(text: string): string[] {
  const comments = text.split('\n').filter((line) => /^\s*(\/\/|\/?\*)/.test(line));
  return comments
    .flatMap((line) => line.match(/(?<![\w./-])[a-z]+\/[\w./-]+\.(?:ts|tsx|mjs|md)\b/g) ?? [])
    .filter((name) => roots.test(name));
}
