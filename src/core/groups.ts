import type { PlatformName } from './who.ts';

/** Platforms that have groups of people which a bot can keep: Discord's roles and Slack's user groups. */
export const platformsWithGroups: readonly PlatformName[] = ['discord', 'slack'];

export const groupProblems = ['unknown', 'managed', 'too-strong', 'too-high'] as const;
/** Why a group is not one that the bot may fill: asked anew every time, for rights change. */
export type GroupProblem = (typeof groupProblems)[number];
export type FoundGroup = { readonly ref: string; readonly name: string };

/** One platform's groups of people. Throws `PlatformError` and nothing else. */
export type Groups = {
  readonly platform: PlatformName;
  /** The group that somebody means, by its id, name or mention, if the bot may put people into it. */
  find(workspaceRef: string, typed: string): Promise<FoundGroup | { readonly problem: GroupProblem }>;
  /** Which of these accounts are in it. */
  listIn(
    workspaceRef: string,
    groupRef: string,
    accountRefs: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /**
   * Nobody else in the group is touched. Twice is as once. Gives back whom it could not put in because they are not
   * in the workspace, but may be later.
   */
  change(
    workspaceRef: string,
    groupRef: string,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<readonly string[]>;
};
