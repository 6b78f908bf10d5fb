import type { Id, PartnerId } from '../../../core/ids.ts';
import type { RoleId } from '../catalogue/rules.ts';

export type JobOfferId = Id<'role-job-offer'>;

/** What of a partner's card tells which jobs would suit it. */
export type Profile = {
  readonly id: PartnerId;
  readonly name: string;
  readonly does: string;
  readonly sector: string;
  readonly area: string;
  readonly offers: readonly string[];
};

/** A role with a free seat. */
export type OpenRole = {
  readonly id: RoleId;
  readonly title: string;
  readonly purpose: string;
  readonly serves: string;
  readonly skills: readonly string[];
  readonly minutesAMonth: number;
  readonly held: number;
  readonly leastSeats: number;
};

type Reason =
  | { readonly why: 'skill'; readonly offer: string; readonly skill: string }
  | { readonly why: 'focus'; readonly shared: string }
  | { readonly why: 'small' }
  | { readonly why: 'empty' }
  | { readonly why: 'free' };

export type Suggestion = { readonly role: OpenRole; readonly reason: Reason };

/** Up to this many minutes a month a job is small. */
const smallMinutes = 30;
const mostSuggestions = 3;

/**
 * Two or three roles that fit a partner, the best first, each with the strongest reason. A small job is among
 * them wherever there is one, because the first yes is the hardest.
 */
export function suggestRoles(profile: Profile, roles: readonly OpenRole[]): Suggestion[] {
  const ranked = roles
    .map((role) => ({ role, ...fitOf(profile, role) }))
    .sort(
      (a, b) => b.score - a.score || compare(a.role.title, b.role.title) || compare(a.role.id, b.role.id),
    );
  const best = ranked.slice(0, mostSuggestions);
  const hasSmall = best.some(({ role }) => isSmall(role));
  const small = hasSmall ? undefined : ranked.find(({ role }) => isSmall(role));
  const chosen = small ? [...best.slice(0, mostSuggestions - 1), small] : best;
  return chosen.map(({ role, reason }) => ({ role, reason }));
}

const isSmall = (role: OpenRole) => role.minutesAMonth <= smallMinutes;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const worth = { skill: 40, focus: 20, empty: 6, small: 4 };
/** An hour a month more weighs this much less, so that between equals the lighter job comes first. */
const costPerHour = 0.5;

function fitOf(profile: Profile, role: OpenRole): { score: number; reason: Reason } {
  const skill = matchSkill(profile, role);
  const shared = matchFocus(profile, role);
  const small = isSmall(role);
  const empty = role.held < role.leastSeats;
  const score =
    (skill ? worth.skill : 0) +
    (shared ? worth.focus : 0) +
    (empty ? worth.empty : 0) +
    (small ? worth.small : 0) -
    (role.minutesAMonth / 60) * costPerHour;
  const reason: Reason = skill
    ? { why: 'skill', ...skill }
    : shared
      ? { why: 'focus', shared }
      : small
        ? { why: 'small' }
        : { why: empty ? 'empty' : 'free' };
  return { score, reason };
}

function matchSkill(profile: Profile, role: OpenRole): { offer: string; skill: string } | null {
  for (const skill of role.skills) {
    const wanted = stemsOf(skill);
    const offer = profile.offers.find((each) => [...stemsOf(each)].some((stem) => wanted.has(stem)));
    if (offer !== undefined) return { offer, skill };
  }
  return null;
}

function matchFocus(profile: Profile, role: OpenRole): string | null {
  const theirs = stemsOf(`${profile.sector} ${profile.does} ${profile.area} ${profile.offers.join(' ')}`);
  const words = wordsOf(`${role.serves} ${role.title} ${role.purpose}`);
  return words.find((each) => theirs.has(stemOf(each))) ?? null;
}

/** Words that say nothing about what a job is. */
const plainWords = new Set(
  'about also each every from have help helps into less more must other over partner partners role some take takes than that their them they this what when where which with work your'.split(
    ' ',
  ),
);

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return words.filter((each) => !plainWords.has(each));
}

/** A word without the endings by which "translating" and "translators" differ. */
const stemOf = (word: string) => word.replace(/(?:ations?|ators?|ating|ings?|ers?|ors?|ies|es|s|y|e)$/u, '');
const stemsOf = (text: string) => new Set(wordsOf(text).map(stemOf));

/** What a coalition's limits leave of offering jobs; the counting itself is the database's. */
export const quarterDays = 90;
/** After "not now" nothing is offered for this long. */
export const restDays = 180;
/** A partner is offered jobs from this long after joining. */
export const settleInDays = 7;

export const boardLists = ['without-role', 'without-partner', 'heavy', 'fragile'] as const;
export type BoardList = (typeof boardLists)[number];
