import { fitCost, type Weights } from '../matching/fit/rules.ts';
import { type History, pairKey } from '../matching/history/rules.ts';
import { mixed, seedOf } from '../matching/seeded/rules.ts';
import { type Candidate, organisationOf } from '../people/rules.ts';

/** Kind of the daily look for new partners; a public name, never reused. */
export const welcomeKind = 'introductions.welcome';
/** How many partners a new one is introduced to, besides its buddy. */
export const welcomes = 3;

/** The partners a new one is introduced to: those who fit best; chance, by its id, breaks ties. */
export function relevantFor(
  newcomer: Candidate,
  others: readonly Candidate[],
  of: { history: History; barred: ReadonlySet<string>; weights: Weights; at: Date },
): Candidate[] {
  const mine = organisationOf(newcomer, of.at);
  const salt = seedOf(newcomer.partner.id);
  return others
    .filter(
      (other) =>
        other.partner.id !== newcomer.partner.id &&
        !of.history.has(pairKey(newcomer.partner.id, other.partner.id)) &&
        !of.barred.has(pairKey(newcomer.partner.id, other.partner.id)) &&
        !newcomer.avoids.includes(other.partner.id) &&
        !other.avoids.includes(newcomer.partner.id),
    )
    .map((other) => ({
      other,
      cost: fitCost(mine, organisationOf(other, of.at), of.weights),
      luck: mixed(salt, seedOf(other.partner.id)),
    }))
    .sort((a, b) => a.cost - b.cost || a.luck - b.luck)
    .map(({ other }) => other);
}
