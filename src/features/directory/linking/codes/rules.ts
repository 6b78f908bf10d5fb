import type { Standing } from '../../../../core/who.ts';

/** How long a code can be used. */
export const codeMinutes = 10;
/** So many wrong codes from one account in an hour; then none of its codes are looked at. */
export const triesAnHour = 5;

/** Crockford's base 32: no letter that looks like a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 12 characters of 5 bits: too many to guess, short enough to be typed from a telephone. */
export const codeLetters = 12;

/** @param random at least as many bytes as a code has letters */
export function codeFrom(random: Uint8Array): string {
  const letters = [...random.slice(0, codeLetters)].map((byte) => alphabet.charAt(byte % alphabet.length));
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((four) => four.join('')).join('-');
}

/** A code as it was meant, however it was typed: any case, with or without dashes, O for 0 and I or L for 1. */
export function foldCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^\dA-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

const strongestFirst: readonly Standing[] = ['backbone', 'representative', 'alternate', 'member', 'guest'];

export function strongerStanding(one: Standing, other: Standing): Standing {
  return strongestFirst.find((each) => each === one || each === other) ?? one;
}

type Person = { readonly standing: Standing; readonly partner: { readonly id: string } | null };

/**
 * What one person becomes who was two members: the partner that either represents and the stronger standing.
 * Null when they represent two different partners, which nobody does.
 */
export function mergedPerson<P extends Person>(
  one: P,
  other: P,
): { standing: Standing; partner: P['partner'] } | null {
  if (one.partner && other.partner && one.partner.id !== other.partner.id) return null;
  return {
    standing: strongerStanding(one.standing, other.standing),
    partner: one.partner ?? other.partner,
  };
}
