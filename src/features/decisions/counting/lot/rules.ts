import { createHash } from 'node:crypto';

/**
 * A lot that anybody can draw again: the tied options in the order of the SHA-256 of the decision's seed and
 * the option's number. The seed is fixed when the decision opens and stands in its record.
 */
export function drawLot(seed: string, tied: readonly number[]): number {
  const drawn = tied
    .map((option) => ({
      option,
      ticket: createHash('sha256').update(`${seed}:${option}`).digest('hex'),
    }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))[0];
  if (!drawn) throw new Error('A lot needs something to draw');
  return drawn.option;
}
