/**
 * What people did and what they were told of it. A thing has a name, such as `vote/2/Clinic`, and what it should be,
 * such as `yes`.
 */
export type Ledger = {
  tried(thing: string, what: string): void;
  acknowledged(thing: string, what: string): void;
  /** For every thing that was ever acknowledged, what may stand in the rows now: that, or what was tried after it. */
  expected(): ReadonlyMap<string, readonly string[]>;
  counts(): { tried: number; acknowledged: number };
};

export function makeLedger(): Ledger {
  const things = new Map<string, { tried: string[]; acknowledged: boolean }>();
  let tries = 0;
  let acknowledgements = 0;
  return {
    tried(thing, what) {
      tries += 1;
      const known = things.get(thing) ?? { tried: [], acknowledged: false };
      known.tried.push(what);
      things.set(thing, known);
    },
    acknowledged(thing, what) {
      acknowledgements += 1;
      things.set(thing, { tried: [what], acknowledged: true });
    },
    expected() {
      return new Map(
        [...things]
          .filter(([, { acknowledged }]) => acknowledged)
          .map(([thing, { tried }]) => [thing, tried]),
      );
    },
    counts: () => ({ tried: tries, acknowledged: acknowledgements }),
  };
}
