import { createHash } from 'node:crypto';
import type { Mark } from '../counting/ballots/rules.ts';

/** Crockford's base 32 without letters that look like digits: 16 of them hold 80 bits, beyond any guessing. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const codeLength = 16;

/** Makes a receipt code of random bytes, one for each letter. */
export function codeOf(random: Uint8Array): string {
  if (random.length < codeLength) throw new Error(`A receipt code needs ${codeLength} random bytes`);
  const letters = Array.from(random.slice(0, codeLength), (byte) => alphabet[byte % 32]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** A code as its holder may type it: without dashes, in capitals, with o for 0. Null when it is none. */
export function parseCode(typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  if (letters.length !== codeLength || [...letters].some((letter) => !alphabet.includes(letter))) return null;
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/**
 * Where a ballot and its reason stand in the urn. Two hashes, so that only the code joins the two; the
 * decision is in them, so that a code says nothing about another decision.
 */
export function urnKey(what: 'ballot' | 'reason', decisionId: string, code: string): string {
  return createHash('sha256').update(`${what}:${decisionId}:${code}`).digest('hex');
}

export type Urn = {
  readonly ballots: Readonly<Record<string, Mark>>;
  readonly reasons: Readonly<Record<string, string>>;
};

/** Puts a ballot in, or in the place of the one with the same code. Sorted by hash, so no order is left. */
export function putIn(urn: Urn, decisionId: string, code: string, mark: Mark, reason: string): Urn {
  const reasonKey = urnKey('reason', decisionId, code);
  const { [reasonKey]: _, ...others } = urn.reasons;
  return {
    ballots: sorted({ ...urn.ballots, [urnKey('ballot', decisionId, code)]: mark }),
    reasons: sorted(reason === '' ? others : { ...others, [reasonKey]: reason }),
  };
}

export function findIn(urn: Urn, decisionId: string, code: string): Mark | null {
  return urn.ballots[urnKey('ballot', decisionId, code)] ?? null;
}

function sorted<T>(of: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
}
