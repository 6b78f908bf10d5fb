export const slotAnswers = ['yes', 'maybe', 'no'] as const;
export type SlotAnswer = (typeof slotAnswers)[number];

/** As many slots as one card of answers holds with its three buttons each. */
export const slotsPerCard = 5;

/**
 * "1 yes, 2-4 maybe, rest no": answers to many slots at once, by their numbers. Null when it cannot be read or
 * names a slot that is not there.
 */
export function parseAnswers(typed: string, positions: readonly number[]): Map<number, SlotAnswer> | null {
  const said = new Map<number, SlotAnswer>();
  for (const part of typed.split(/[,;\n]+/).map((each) => each.trim().toLowerCase())) {
    if (part === '') continue;
    const match = /^(rest|all|others|[\d\s–-]+?)\s*[:=]?\s*(yes|y|maybe|if need be|no|n)$/.exec(part);
    if (!match) return null;
    const [, which = '', word = ''] = match;
    const answer = word.startsWith('y') ? 'yes' : word.startsWith('n') ? 'no' : 'maybe';
    const meant = /\d/.test(which) ? numbersIn(which) : positions.filter((each) => !said.has(each));
    if (meant.some((number) => !positions.includes(number))) return null;
    for (const number of meant) said.set(number, answer);
  }
  return said.size === 0 ? null : said;
}

function numbersIn(typed: string): number[] {
  return typed
    .trim()
    .replace(/\s*[-–]\s*/g, '-')
    .split(/\s+/)
    .flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from({ length: Math.min(1000, Math.max(0, to - from + 1)) }, (_, index) => from + index);
    });
}
