import { splitList } from '../../../core/field.ts';
import { nearest } from '../../../core/nearest.ts';
import type { Member } from '../../../core/who.ts';
import { speaksForPartner } from '../../../core/who.ts';

export const sizeBands = ['1-10', '11-50', '51-250', 'over-250'] as const;
export type SizeBand = (typeof sizeBands)[number];

/** What a partner says of itself. */
export type PartnerCard = {
  readonly name: string;
  readonly does: string;
  readonly sector: string;
  readonly sizeBand: SizeBand | '';
  readonly area: string;
  readonly offers: readonly string[];
  readonly needs: readonly string[];
  readonly languages: readonly string[];
  readonly spotlightConsent: boolean;
};

/** Chosen so that a whole partner card with its people fits in one message on every platform. */
export const partnerLimits = { name: 80, does: 600, sector: 60, area: 80, items: 10, item: 50 } as const;

export const emptyCard: Omit<PartnerCard, 'name'> = {
  does: '',
  sector: '',
  sizeBand: '',
  area: '',
  offers: [],
  needs: [],
  languages: [],
  spotlightConsent: true,
};

/**
 * Text for comparing: no case, no Latin accents, nothing invisible, single spaces. Marks outside U+0300-036F
 * stay, because in Devanagari or Arabic they are letters' own vowels. Empty when nothing visible is left.
 */
export function foldName(typed: string): string {
  return typed
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, (sign) => (/\s/.test(sign) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase();
}

/** The card as it is kept: single lines on one line, one kind of line end, lists without doubles. */
export function tidyCard(card: PartnerCard): PartnerCard {
  const line = (typed: string) => typed.replace(/\s+/g, ' ').trim();
  const items = (typed: readonly string[]) => splitList(typed.join('\n'));
  return {
    ...card,
    name: line(card.name),
    does: card.does.replace(/\r\n?/g, '\n').trim(),
    sector: line(card.sector),
    area: line(card.area),
    offers: items(card.offers),
    needs: items(card.needs),
    languages: items(card.languages),
  };
}

/** Longest beginning of a word that is kept; a longer word is found by its first letters. */
const longestKey = 12;

const wordsOf = (typed: string) =>
  foldName(typed)
    .split(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/u)
    .filter((word) => word !== '');

/**
 * Every beginning of every word of what a partner is searched by, so that a search is one look into an index
 * whatever the number of partners. Names of roles held belong here too once there are roles.
 */
export function searchKeys(of: PartnerCard): string[] {
  const texts = [of.name, of.sector, of.area, ...of.offers, ...of.needs, ...of.languages];
  const keys = new Set<string>();
  for (const word of texts.flatMap(wordsOf)) {
    const letters = [...word].slice(0, longestKey);
    for (let length = 1; length <= letters.length; length += 1) keys.add(letters.slice(0, length).join(''));
  }
  return [...keys];
}

/** What every result must have among its keys. */
export function wantedKeys(search: string): string[] {
  return [...new Set(wordsOf(search).map((word) => [...word].slice(0, longestKey).join('')))];
}

/** Letters that may differ before two names are not thought to be one organisation's. */
const wrongShare = 0.25;

/** The one of these that was most likely meant by a name that is none of theirs. */
export function nearPartner<P extends { readonly name: string }>(
  typed: string,
  partners: readonly P[],
): P | null {
  const key = foldName(typed);
  const byKey = new Map(partners.map((partner) => [foldName(partner.name), partner]));
  const near = nearest(key, [...byKey.keys()], wrongShare);
  if (near !== null) return byKey.get(near) ?? null;
  // "Northside Food Bank" and "Northside Food Bank Inc": far apart in letters, one inside the other.
  const within = partners.filter(({ name }) => {
    const other = foldName(name);
    const [short, long] = key.length < other.length ? [key, other] : [other, key];
    return short.length >= 6 && ` ${long} `.includes(` ${short} `);
  });
  return within[0] ?? null;
}

/** A partner's voices may change its card, and backbone staff every card. */
export function mayEditPartner(member: Member, partnerId: string): boolean {
  if (member.standing === 'backbone') return true;
  return speaksForPartner(member) && member.partner?.id === partnerId;
}

/** Who may say what the people of a partner are: its representative, and backbone staff. */
export function mayArrangePeople(member: Member, partnerId: string): boolean {
  if (member.standing === 'backbone') return true;
  return member.standing === 'representative' && member.partner?.id === partnerId;
}

const dayMs = 86_400_000;
/** A card is asked about once it is this old; four months, in days. */
const freshForDays = 122;
/** At most two questions a year. */
const askAgainDays = 183;

/** When the voices of a partner are next to be asked whether its card is still right. */
export function nextFreshnessAsk(of: { confirmedAt: Date; freshnessAskedAt: Date | null }): Date {
  const stale = of.confirmedAt.getTime() + freshForDays * dayMs;
  const asked = of.freshnessAskedAt ? of.freshnessAskedAt.getTime() + askAgainDays * dayMs : 0;
  return new Date(Math.max(stale, asked));
}

/** Whole months since a card was confirmed, as people count them. */
export function monthsSince(then: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - then.getTime()) / (30.44 * dayMs)));
}
