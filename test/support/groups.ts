import type { Groups } from '../../src/core/groups.ts';
import type { PlatformName } from '../../src/core/who.ts';

/** A platform on which there is every group that somebody names, by its name, with nobody in it at first. */
export function makeTestGroups(platform: PlatformName): Groups {
  const groups = new Map<string, Set<string>>();

  function groupOf(workspaceRef: string, ref: string): Set<string> {
    const key = `${workspaceRef}/${ref}`;
    const known = groups.get(key) ?? new Set();
    groups.set(key, known);
    return known;
  }

  return {
    platform,
    async find(_, typed) {
      return { ref: typed, name: typed };
    },
    async listIn(workspaceRef, ref, accountRefs) {
      const group = groupOf(workspaceRef, ref);
      return new Set(accountRefs.filter((each) => group.has(each)));
    },
    async change(workspaceRef, ref, { add, remove }) {
      const group = groupOf(workspaceRef, ref);
      for (const each of add) group.add(each);
      for (const each of remove) group.delete(each);
      return [];
    },
  };
}
