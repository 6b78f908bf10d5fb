import type { CoalitionId, Id } from '../../../core/ids.ts';
import { type GroupProblem, groupProblems } from '../../../core/ports.ts';
import type { PlatformName } from '../../../core/who.ts';
import type { RoleId } from '../catalogue/rules.ts';

export type RoleGroupId = Id<'role-group'>;

/** What keeps a group out of step: the group itself, the bot's rights, or that nobody can be asked. */
export type StepProblem = GroupProblem | 'taken' | 'not-allowed' | 'away';
export const stepProblems: readonly StepProblem[] = [...groupProblems, 'taken', 'not-allowed', 'away'];

export type RoleGroup = {
  readonly id: RoleGroupId;
  readonly coalitionId: CoalitionId;
  readonly role: { readonly id: RoleId; readonly title: string };
  readonly platform: PlatformName;
  readonly workspaceRef: string;
  readonly workspace: string;
  readonly ref: string | null;
  readonly name: string;
  readonly ended: boolean;
  readonly problem: StepProblem | null;
  /** Whom we keep in it. */
  readonly kept: readonly Kept[];
};

export type Kept = { readonly ref: string; readonly byHand: boolean; readonly done: boolean };

export type Steps = {
  /** To be looked up and put in. */
  readonly add: readonly string[];
  /** Put in by us, and no longer wanted there. */
  readonly remove: readonly string[];
  /** In it by hand: to be let go of, not taken out. */
  readonly release: readonly string[];
};

/**
 * What brings a group in step with who holds the role. Whoever is in it without holding the role, or was in it before
 * they held it, is none of our business.
 */
export function stepsFor(wanted: ReadonlySet<string>, kept: readonly Kept[]): Steps {
  const known = new Map(kept.map((each) => [each.ref, each]));
  const gone = kept.filter(({ ref }) => !wanted.has(ref));
  return {
    add: [...wanted].filter((ref) => !known.get(ref)?.done).sort(),
    remove: gone.filter(({ byHand }) => !byHand).map(({ ref }) => ref),
    release: gone.filter(({ byHand }) => byHand).map(({ ref }) => ref),
  };
}
