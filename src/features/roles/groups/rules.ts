import type { GroupProblem } from '../../../core/groups.ts';
import type { CoalitionId, Id } from '../../../core/ids.ts';
import type { PlatformName } from '../../../core/who.ts';
import type { RoleId } from '../catalogue/rules.ts';

export type RoleGroupId = Id<'role-group'>;

/** What keeps a group out of step: the group itself, the bot's rights, or that nobody can be asked. */
export type StepProblem = GroupProblem | 'taken' | 'not-allowed' | 'away';

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

type Steps = {
  /** To be looked up and put in. */
  readonly add: readonly string[];
  /** Put in by us, and no longer wanted there. */
  readonly remove: readonly string[];
  /** In it by hand: to be let go of, not taken out. */
  readonly release: readonly string[];
};

/**
 * Whom to put in in one go: first those of whom nothing is known yet, then those it was tried with before, in turn, so
 * that some who are not in the workspace yet keep nobody else waiting.
 * @param turn counts up with time
 */
export function nextToAdd(
  add: readonly string[],
  kept: readonly Kept[],
  { turn, most }: { turn: number; most: number },
): readonly string[] {
  const tried = add.filter((ref) => kept.some((each) => each.ref === ref));
  const fresh = add.filter((ref) => !tried.includes(ref));
  const from = tried.length > 0 ? (turn * most) % tried.length : 0;
  return [...fresh, ...tried.slice(from), ...tried.slice(0, from)].slice(0, most);
}

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
