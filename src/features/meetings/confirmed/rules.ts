/** The rosters whose turn comes with a meeting, where a coalition has one of these names. */
export const rosterNames = ['host', 'note-taker', 'note taker'] as const;

/** From this long before the start the roll may be called. */
export const rollOpensMs = 30 * 60_000;

/** What a file of this meeting is called in somebody's downloads. */
export function fileName(title: string, number: number): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '-')
    .slice(0, 40);
  return `${plain || 'meeting'}-${number}.ics`;
}
