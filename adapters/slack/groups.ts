import { z } from 'zod';
import { PlatformError } from '../../src/core/errors.ts';
import type { FoundGroup, GroupProblem, Groups } from '../../src/core/groups.ts';
import { asPlatformError, slackCode } from './trouble.ts';
import type { SlackApi } from './web-api.ts';

const userGroup = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  date_delete: z.number().default(0),
  is_external: z.boolean().default(false),
  is_idp_group: z.boolean().default(false),
  is_membership_locked: z.boolean().default(false),
  is_editing_restricted: z.boolean().default(false),
  auto_type: z.string().nullish(),
  users: z.array(z.string()).default([]),
  prefs: z
    .object({ channels: z.array(z.string()).default([]), groups: z.array(z.string()).default([]) })
    .default({ channels: [], groups: [] }),
});
type UserGroup = z.infer<typeof userGroup>;
const listed = z.object({ usergroups: z.array(userGroup) });

/** What Slack says when somebody cannot be in a user group: guests, bots, and people of other workspaces. */
const cannotBeIn = ['invalid_users', 'failed_for_some_users', 'single_channel_guests_cannot_be_added'];
/** What only the workspace's own settings, or its plan, can mend. */
const notLetIn = ['permission_denied', 'plan_upgrade_required', 'not_allowed'];

/**
 * Slack's user groups. Slack knows no adding and removing, only the whole list: so it is read right before, and
 * whoever else is in it stays. What somebody changes between the two calls is lost; a group of its own has nothing
 * to lose.
 */
export function makeSlackGroups(api: SlackApi): Groups {
  async function call(teamId: string, method: string, body: Record<string, unknown>): Promise<unknown> {
    try {
      return await api.call(teamId, method, body);
    } catch (error) {
      const code = slackCode(error);
      if (code !== null && cannotBeIn.includes(code)) throw error;
      if (code !== null && notLetIn.includes(code))
        throw new PlatformError('not-allowed', 'slack', { cause: error, detail: code });
      throw asPlatformError(error);
    }
  }

  async function list(teamId: string): Promise<UserGroup[]> {
    const asked = { include_disabled: true, include_users: true };
    return listed.parse(await call(teamId, 'usergroups.list', asked)).usergroups;
  }

  async function find(teamId: string, typed: string): Promise<FoundGroup | { problem: GroupProblem }> {
    const wanted = /^<!subteam\^(\w+)/.exec(typed)?.[1] ?? typed;
    const named = wanted.replace(/^@/, '').toLowerCase();
    const groups = await list(teamId);
    const group =
      groups.find(({ id }) => id === wanted) ??
      groups.find(({ handle, name }) => [handle, name].some((each) => each.toLowerCase() === named));
    if (!group) return { problem: 'unknown' };
    const { is_external, is_idp_group, is_membership_locked, auto_type, prefs } = group;
    if (is_external || is_idp_group || is_membership_locked || auto_type) return { problem: 'managed' };
    if (group.is_editing_restricted) return { problem: 'too-high' };
    if (prefs.channels.length + prefs.groups.length > 0) return { problem: 'too-strong' };
    return { ref: group.id, name: `@${group.handle}` };
  }

  async function get(teamId: string, groupRef: string): Promise<UserGroup> {
    const group = (await list(teamId)).find(({ id }) => id === groupRef);
    if (!group) throw new PlatformError('gone', 'slack', { detail: groupRef });
    return group;
  }

  /** Those whom Slack takes; one at a time where it refuses the list because of somebody in it. */
  async function set(teamId: string, usergroup: string, stay: readonly string[], add: readonly string[]) {
    const update = (users: readonly string[]) =>
      call(teamId, 'usergroups.users.update', { usergroup, users: users.join(',') });
    try {
      await update([...stay, ...add]);
    } catch (error) {
      if (error instanceof PlatformError) throw error;
      const taken = [...stay];
      for (const each of add) {
        const refused = await update([...taken, each]).then(
          () => false,
          (again: unknown) => {
            if (again instanceof PlatformError) throw again;
            return true;
          },
        );
        if (!refused) taken.push(each);
      }
    }
  }

  return {
    platform: 'slack',
    find,

    async listIn(teamId, groupRef, userIds) {
      const { users, date_delete } = await get(teamId, groupRef);
      return new Set(date_delete > 0 ? [] : userIds.filter((each) => users.includes(each)));
    },

    async change(teamId, groupRef, { add, remove }) {
      const { users, date_delete } = await get(teamId, groupRef);
      const isOff = date_delete > 0;
      const stay = isOff ? [] : users.filter((each) => !remove.includes(each));
      const fresh = add.filter((each) => !stay.includes(each));
      if (stay.length + fresh.length > 0) {
        if (isOff) await call(teamId, 'usergroups.enable', { usergroup: groupRef });
        const unchanged = !isOff && fresh.length === 0 && stay.length === users.length;
        if (!unchanged) await set(teamId, groupRef, stay, fresh);
        return [];
      }
      // A user group cannot be emptied, only switched off (docs.slack.dev, usergroups.users.update).
      if (!isOff && users.length > 0) await call(teamId, 'usergroups.disable', { usergroup: groupRef });
      return [];
    },
  };
}
