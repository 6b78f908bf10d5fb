/**
 * Chance that can be replayed: the same seed gives the same groups. Everything random in matching is a hash of
 * the seed and of what it is about, so no order of calls matters.
 */

/** A whole number from 0 to 2^32 − 1 out of a seed and up to three whole numbers (murmur3's finaliser). */
export function mixed(seed: number, a: number, b = 0, c = 0): number {
  let hash = seed | 0;
  for (const value of [a, b, c]) {
    hash = Math.imul(hash ^ value, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** The same for an unordered pair. */
export function mixedPair(seed: number, a: number, b: number, c = 0): number {
  return a < b ? mixed(seed, a, b, c) : mixed(seed, b, a, c);
}

/** A seed out of any text (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** 0 … n − 1 in an order that the seed decides. */
export function shuffled(seed: number, n: number): number[] {
  const order = Array.from({ length: n }, (_, index) => index);
  for (let index = n - 1; index > 0; index -= 1) {
    const other = mixed(seed, index) % (index + 1);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
