import { z } from 'zod';

const ruleNames = [
  'consent',
  'consensus',
  'share',
  'plurality',
  'runoff',
  'transferable',
  'score',
  'dots',
  'advice',
  'sense',
] as const;

/** How decisions are made in a coalition: changed only by a decision. */
export const charter = z
  .object({ mayOpen: z.enum(['staff', 'voices']), rules: z.array(z.enum(ruleNames)).min(1) })
  .strict();
export type Charter = z.infer<typeof charter>;

/** What a coalition begins with. */
export const firstCharter: Charter = { mayOpen: 'staff', rules: [...ruleNames] };

export const charterRuleNames = ruleNames;
