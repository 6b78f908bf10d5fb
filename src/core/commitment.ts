import type { PartnerId } from './ids.ts';
import type { Tools } from './ports.ts';
import type { Coalition } from './who.ts';

/** What a partner can promise in the partner agreement and the bot can see. */
export const commitmentNames = ['roles', 'meetings', 'data'] as const;
export type CommitmentName = (typeof commitmentNames)[number];

/** A feature that sees one of them adds it; while none does, nothing is said about it. */
export type Commitment = {
  readonly name: CommitmentName;
  /** What the partner has done: `of` is how much there was to do since then, or null where that means nothing. */
  measure(scope: {
    coalition: Coalition;
    partnerId: PartnerId;
    since: Date;
    tools: Tools;
  }): Promise<{ readonly done: number; readonly of: number | null }>;
};
