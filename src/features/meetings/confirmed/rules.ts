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

const soonMs = 24 * 3_600_000;

/**
 * The beginning for which people may set out already, so that hearing that it is off or elsewhere cannot wait for their
 * hours and limits. Null when there is time.
 */
export function cannotWait(told: string, begins: readonly (Date | null)[], now: Date): Date | null {
  if (told !== 'cancelled' && told !== 'moved') return null;
  const soon = begins.filter(
    (at): at is Date => at !== null && at > now && at.getTime() - now.getTime() <= soonMs,
  );
  return soon.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
