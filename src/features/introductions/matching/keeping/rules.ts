/** One for all rounds: what one round's plan counted on must be found again by the next. */
export const planSeed = 20_160_701;

/** How one kind of round is planned: pairs, or pairs with one group of three. */
type Planning<Round> = {
  /** Rounds that there can be, this one included. */
  readonly most: number;
  /** How many rounds can follow one; more than `wanted` are not looked for. Null where looking would take too long. */
  after(round: Round, wanted: number): number | null;
  /** As many rounds as there can be, without regard to what they cost. Null where looking would take too long. */
  plan(): readonly Round[] | null;
  costOf(round: Round): readonly number[];
  /** Rounds of the plan that are looked at: each costs a plan of its own. */
  readonly looks: number;
};

/**
 * Takes the cheapest round only when as many rounds can follow it as if it had been chosen for that alone; else the
 * cheapest round of the plan of which that is true.
 */
export function keepingThePlan<Round>(cheapest: Round, of: Planning<Round>): Round {
  const after = of.after(cheapest, of.most - 1);
  if (after === null || after >= of.most - 1) return cheapest;
  const plan = of.plan();
  if (plan === null || after + 1 >= plan.length) return cheapest;
  const inOrder = [...plan].sort((one, other) => compare(of.costOf(one), of.costOf(other)));
  const wanted = plan.length - 1;
  const kept = inOrder.slice(0, of.looks).find((round) => (of.after(round, wanted) ?? 0) >= wanted);
  return kept ?? inOrder[0] ?? cheapest;
}

/** By the first number in which they differ. */
export function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
