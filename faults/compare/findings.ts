/** What a comparison found: sentences that say what is missing or stands twice, and where. */
export type Findings = {
  readonly lost: readonly string[];
  readonly duplicates: readonly string[];
  /** Twice or not at all, where docs/arriving-twice.md says so. */
  readonly allowed: readonly string[];
};

export function joined(all: readonly Findings[]): Findings {
  return {
    lost: all.flatMap(({ lost }) => lost),
    duplicates: all.flatMap(({ duplicates }) => duplicates),
    allowed: all.flatMap(({ allowed }) => allowed),
  };
}
