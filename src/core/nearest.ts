import { distance } from 'fastest-levenshtein';

/**
 * The candidate somebody most likely meant, or null when none is near: at most two letters in five wrong,
 * and always one letter allowed.
 */
export function nearest(typed: string, candidates: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const apart = distance(wanted, candidate.toLowerCase());
    if (apart < bestDistance) [best, bestDistance] = [candidate, apart];
  }
  if (best === null) return null;
  return bestDistance <= Math.max(1, Math.floor(best.length * 0.4)) ? best : null;
}
