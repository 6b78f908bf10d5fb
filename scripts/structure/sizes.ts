import type { Source } from './files.ts';

const most = 350;

export function checkSizes(sources: readonly Source[]): string[] {
  return sources
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > most)
    .map(
      ({ file, lines }) =>
        `${file} has ${lines} lines; at most ${most}, better under 200. Split it by topic.`,
    );
}
