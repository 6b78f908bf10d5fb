import { z } from 'zod';

/**
 * A share as two whole numbers, so that two thirds is exactly two thirds. Nothing here is ever a decimal
 * number: shares are compared by multiplying out.
 */
export const share = z
  .object({ parts: z.int().min(0).max(1_000_000), of: z.int().min(1).max(1_000_000) })
  .refine(({ parts, of }) => parts <= of);
type Share = z.infer<typeof share>;

/** What a share is held against: `strictly` is "more than", otherwise "at least". */
export const threshold = z.object({ share, strictly: z.boolean() });
export type Threshold = z.infer<typeof threshold>;

/** Whether `part` out of `whole` reaches the threshold. Nothing out of nothing reaches nothing. */
export function reaches(part: bigint, whole: bigint, { share: { parts, of }, strictly }: Threshold): boolean {
  if (whole <= 0n) return false;
  const left = part * BigInt(of);
  const right = whole * BigInt(parts);
  return strictly ? left > right : left >= right;
}

/** The smallest whole number out of `whole` that reaches the threshold; more than `whole` when none does. */
export function leastReaching(whole: bigint, { share: { parts, of }, strictly }: Threshold): bigint {
  const product = whole * BigInt(parts);
  const down = product / BigInt(of);
  if (strictly) return down + 1n;
  return down * BigInt(of) === product ? down : down + 1n;
}

const named: Readonly<Record<string, Share>> = {
  half: { parts: 1, of: 2 },
  'two-thirds': { parts: 2, of: 3 },
  'two thirds': { parts: 2, of: 3 },
  'three-quarters': { parts: 3, of: 4 },
  'three quarters': { parts: 3, of: 4 },
};

/** Reads `60%`, `66.7 %`, `2/3`, `two-thirds`. Null when it is none of these or is more than the whole. */
export function parseShare(typed: string): Share | null {
  const asked = typed.trim().toLowerCase();
  const known = named[asked];
  if (known) return known;
  const fraction = /^(\d{1,6})\s*\/\s*(\d{1,6})$/.exec(asked);
  if (fraction) return checked(Number(fraction[1]), Number(fraction[2]));
  const percent = /^(\d{1,3})(?:[.,](\d{1,3}))?\s*%$/.exec(asked);
  if (!percent) return null;
  const decimals = percent[2] ?? '';
  return checked(Number(`${percent[1]}${decimals}`), 100 * 10 ** decimals.length);
}

function checked(parts: number, of: number): Share | null {
  if (of < 1 || parts > of) return null;
  const divisor = greatestDivisor(parts, of);
  return { parts: parts / divisor, of: of / divisor };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** `2/3` or `60%`: whichever people would write, always exact. */
export function shareText({ parts, of }: Share): string {
  return 100 % of === 0 ? `${(parts * 100) / of}%` : `${parts}/${of}`;
}
