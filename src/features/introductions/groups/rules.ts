import type { Id, MemberId } from '../../../core/ids.ts';
import { fitCost, fitTerms, folded, type Weights } from '../matching/fit/rules.ts';
import { type History, pairKey } from '../matching/history/rules.ts';
import { type Candidate, languagesOf, organisationOf, type PartnerCard } from '../people/rules.ts';

export type GroupId = Id<'introduction'>;
export type RoundId = Id<'introduction-round'>;

const origins = ['round', 'rematch', 'staff', 'newcomer', 'buddy'] as const;
export type Origin = (typeof origins)[number];

export const answers = ['met', 'planned', 'not-yet'] as const;
export type IntroAnswer = (typeof answers)[number] | 'out';
export const outcomes = ['nothing', 'conversation', 'together'] as const;
export type Outcome = (typeof outcomes)[number];

/** Somebody as an introduction shows them. */
export type Person = Pick<
  Candidate,
  'memberId' | 'name' | 'language' | 'timeZone' | 'languages' | 'partner'
> & {
  /** Workspaces they have an account in, by id, with the platform each is on. */
  readonly workspaces: readonly { readonly id: string; readonly platform: string; readonly name: string }[];
};

export type Seat = Person & { readonly answer: string | null; readonly outcome: string | null };

export type Group = {
  readonly id: GroupId;
  readonly roundId: RoundId | null;
  readonly origin: Origin;
  readonly state: 'proposed' | 'waiting' | 'sent' | 'dissolved';
  readonly locked: boolean;
  readonly ruled: boolean;
  readonly reason: string;
  readonly seats: readonly Seat[];
};

/** Why two fit, the strongest reason first; said by the words `reason.<why>`. */
export type Why =
  | { readonly why: 'need'; readonly giver: string; readonly taker: string; readonly topic: string }
  | {
      readonly why: 'both';
      readonly a: string;
      readonly b: string;
      readonly topicA: string;
      readonly topicB: string;
    }
  | { readonly why: 'sectors'; readonly sectorA: string; readonly sectorB: string }
  | { readonly why: 'language'; readonly language: string }
  | { readonly why: 'new' };

type Fitting = Pick<Candidate, 'timeZone' | 'languages' | 'partner'>;

/** The reason in one sentence why two were put together, without history and rules. */
export function whyThese(a: Fitting, b: Fitting): Why {
  const forA = offered(a.partner, b.partner);
  const forB = offered(b.partner, a.partner);
  const [one, other] = [a.partner.name, b.partner.name];
  if (forA && forB) return { why: 'both', a: one, b: other, topicA: forB, topicB: forA };
  if (forA) return { why: 'need', giver: other, taker: one, topic: forA };
  if (forB) return { why: 'need', giver: one, taker: other, topic: forB };
  const terms = fitTerms(
    organisationOf(a as Candidate, new Date(0)),
    organisationOf(b as Candidate, new Date(0)),
  );
  if (terms.sectors === 100) return { why: 'sectors', sectorA: a.partner.sector, sectorB: b.partner.sector };
  const language = commonLanguages([a, b])[0];
  return language ? { why: 'language', language } : { why: 'new' };
}

/** Something the first needs and the second offers, as the second wrote it. */
function offered(taker: PartnerCard, giver: PartnerCard): string | null {
  const needs = new Set(taker.needs.map(folded));
  return giver.offers.find((offer) => needs.has(folded(offer))) ?? null;
}

/** The same items, those among the others' first. */
export function fittingFirst(items: readonly string[], others: readonly string[]): string[] {
  const wanted = new Set(others.map(folded));
  const fits = (item: string) => wanted.has(folded(item));
  return [...items.filter(fits), ...items.filter((item) => !fits(item))];
}

/** Languages all of them share. */
export function commonLanguages(people: readonly Fitting[]): string[] {
  const [first, ...others] = people.map((one) => languagesOf(one as Candidate));
  return (first ?? []).filter((language) =>
    others.every((theirs) => theirs.some((one) => folded(one) === folded(language))),
  );
}

export type Opener =
  | { readonly opener: 'need'; readonly giver: string; readonly taker: string; readonly topic: string }
  | { readonly opener: 'does' | 'offer' | 'wish' | 'area'; readonly partner: string; readonly topic: string }
  | { readonly opener: 'year' | 'proud' | 'help'; readonly partner: string };

const openersShown = 3;

/** Three ways to begin, drawn from the cards of those who meet; said by the words `opener.<opener>`. */
export function openersFor(people: readonly { readonly partner: PartnerCard }[]): Opener[] {
  const partners = people.map(({ partner }) => partner);
  const met = partners.flatMap((taker) =>
    partners.flatMap((giver): Opener[] => {
      const topic = taker === giver ? null : offered(taker, giver);
      return topic ? [{ opener: 'need', giver: giver.name, taker: taker.name, topic }] : [];
    }),
  );
  const about = (opener: 'does' | 'offer' | 'wish' | 'area', of: (card: PartnerCard) => string | undefined) =>
    partners.flatMap((card): Opener[] => {
      const topic = of(card);
      return topic ? [{ opener, partner: card.name, topic }] : [];
    });
  const each = [
    about('does', (card) => card.does),
    about('offer', (card) => card.offers[0]),
    about('wish', (card) => card.needs[0]),
    about('area', (card) => card.area),
  ];
  // One of each kind first, so that the three are about different things.
  const varied = [0, 1].flatMap((turn) => each.flatMap((list) => list[turn] ?? []));
  const always = (['year', 'proud', 'help'] as const).map(
    (opener, index): Opener => ({ opener, partner: partners[index % partners.length]?.name ?? '' }),
  );
  return [...met.slice(0, 2), ...varied, ...always].slice(0, openersShown);
}

/** A workspace all of them are in, where they can write to each other themselves. */
export function sharedWorkspace(people: readonly Pick<Person, 'workspaces'>[]) {
  const [first, ...others] = people;
  return (
    first?.workspaces.find(({ id }) =>
      others.every((one) => one.workspaces.some((each) => each.id === id)),
    ) ?? null
  );
}

/** Those who are still in it. */
export function staying<S extends { readonly answer: string | null; readonly memberId: MemberId }>(
  seats: readonly S[],
): S[] {
  return seats.filter((seat) => seat.answer !== 'out');
}

/** What came of it, never less than what was said before: the two may see it differently. */
export function greaterOutcome(one: Outcome | null, other: Outcome): Outcome {
  const order: readonly (Outcome | null)[] = [null, ...outcomes];
  return order.indexOf(one) > order.indexOf(other) ? (one ?? other) : other;
}

/** Kinds of timers; public names, never reused. */
export const introduceKind = 'introductions.introduce';
export const rematchKind = 'introductions.rematch';
export const midwayKind = 'introductions.midway';
export const afterwardsKind = 'introductions.afterwards';

/** Of those who are free, whoever suits somebody best: new to each other and allowed, then by fit. */
export function bestFree(
  one: Candidate,
  free: readonly Candidate[],
  of: { history: History; barred: ReadonlySet<string>; weights: Weights; at: Date },
): Candidate | null {
  const mine = organisationOf(one, of.at);
  const open = free.filter(
    (other) =>
      other.partner.id !== one.partner.id &&
      !of.history.has(pairKey(one.partner.id, other.partner.id)) &&
      !of.barred.has(pairKey(one.partner.id, other.partner.id)) &&
      !one.avoids.includes(other.partner.id) &&
      !other.avoids.includes(one.partner.id),
  );
  const cost = (other: Candidate) => fitCost(mine, organisationOf(other, of.at), of.weights);
  return open.reduce<Candidate | null>(
    (best, other) => (best && cost(best) <= cost(other) ? best : other),
    null,
  );
}
