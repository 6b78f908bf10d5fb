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

/** By which ready rule a proposal is put to a coalition that has not said: one that its charter has and that can say yes. */
export function proposalPreset(of: Charter): 'two-thirds' | 'consent' | 'consensus' | null {
  if (of.rules.includes('share')) return 'two-thirds';
  return (['consent', 'consensus'] as const).find((each) => of.rules.includes(each)) ?? null;
}

/** What a coalition begins with. */
export const firstCharter: Charter = { mayOpen: 'staff', rules: [...ruleNames] };

export const charterRuleNames = ruleNames;
