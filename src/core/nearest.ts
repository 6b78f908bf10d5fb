import { distance } from 'fastest-levenshtein';

/**
 * The candidate somebody most likely meant, or null when none is near.
 *
 * @param wrong the share of letters that may be wrong; one letter always may
 */
export function nearest(typed: string, candidates: readonly string[], wrong = 0.4): string | null {
  const wanted = typed.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const apart = distance(wanted, candidate.toLowerCase());
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  if (best === null) return null;
  return bestDistance <= Math.max(1, Math.floor(best.length * wrong)) ? best : null;
}
