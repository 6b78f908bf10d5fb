import { z } from 'zod';

/** What one voice says to a proposal. Which of these a rule offers, and how it counts them, is the rule's. */
export const positions = ['yes', 'aside', 'unsure', 'no', 'block'] as const;
export type Position = (typeof positions)[number];

const option = z.int().min(0).max(99);

/** What stands on a ballot. Options are numbered from 0 in the order of the card. */
export const mark = z.discriminatedUnion('mark', [
  z.object({ mark: z.literal('abstain') }).strict(),
  z.object({ mark: z.literal('position'), position: z.enum(positions) }).strict(),
  z.object({ mark: z.literal('option'), option }).strict(),
  /** Most wanted first; options left out come after all that are named. */
  z.object({ mark: z.literal('ranking'), order: z.array(option).min(1).max(100) }).strict(),
  /** Points or dots for each option in the order of the card. */
  z.object({ mark: z.literal('points'), points: z.array(z.int().min(0).max(1000)).min(1).max(100) }).strict(),
]);
export type Mark = z.infer<typeof mark>;

/** One ballot as it is counted: no name, no time, only what it says and what it weighs. */
export type Ballot = { readonly mark: Mark; readonly weight: bigint };

/** The weight of everybody who abstained. */
export function abstained(ballots: readonly Ballot[]): bigint {
  return sum(ballots.filter((each) => each.mark.mark === 'abstain'));
}

function sum(ballots: readonly Ballot[]): bigint {
  return ballots.reduce((total, each) => total + each.weight, 0n);
}
