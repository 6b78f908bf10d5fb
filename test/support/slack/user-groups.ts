import type { PeerState } from './web-methods.ts';

export type PeerUserGroup = {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  users: string[];
  disabled: boolean;
  /** Channels that whoever is put into it is put into too. */
  channels: string[];
};

type Args = Readonly<Record<string, string>>;
const no = (error: string) => ({ ok: false, error });

function change(args: Args, { userGroups, changed }: PeerState, how: (group: PeerUserGroup) => void) {
  const group = userGroups.get(args.usergroup ?? '');
  if (!group) return no('subteam_not_found');
  how(group);
  changed();
  return { ok: true, usergroup: { id: group.id } };
}

/** docs.slack.dev, the methods named `usergroups.…`: what they refuse, and that the list is replaced as a whole. */
export const userGroupMethods: Record<string, (args: Args, state: PeerState) => Record<string, unknown>> = {
  'usergroups.list': (_args, { userGroups }) => ({
    ok: true,
    usergroups: [...userGroups.values()].map(({ id, name, handle, users, disabled, channels }) => ({
      ...{ id, name, handle, users, auto_type: null, is_external: false },
      date_delete: disabled ? 1_700_000_000 : 0,
      prefs: { channels, groups: [] },
    })),
  }),

  'usergroups.users.update': (args, state) => {
    const users = (args.users ?? '').split(',').filter((each) => each !== '');
    if (users.length === 0) return no('no_users_provided');
    if (users.some((each) => state.users.get(each)?.kind !== 'member')) return no('invalid_users');
    return change(args, state, (group) => {
      group.users = users;
    });
  },

  'usergroups.disable': (args, state) =>
    change(args, state, (group) => {
      group.disabled = true;
    }),
  'usergroups.enable': (args, state) =>
    change(args, state, (group) => {
      group.disabled = false;
    }),
};
