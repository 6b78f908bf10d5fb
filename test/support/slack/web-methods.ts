import { findBlockProblems, findViewProblems } from './block-rules.ts';
import { type PeerUserGroup, userGroupMethods } from './user-groups.ts';

/** A message as it stands in a channel, a direct conversation or in one person's view alone. */
export type PeerMessage = {
  readonly ts: string;
  readonly channel: string;
  /** Only this person sees it. */
  readonly visibleTo: string | null;
  /** It came as the answer to what somebody did, and not as a message of its own. */
  readonly isAnswer: boolean;
  text: string;
  blocks: readonly unknown[];
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null;
  updates: number;
  gone: boolean;
};

export type PeerUser = {
  readonly id: string;
  readonly name: string;
  readonly tz: string;
  readonly locale: string;
  readonly kind: 'member' | 'guest' | 'stranger' | 'bot' | 'disabled';
};

export type PeerView = {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly view: Record<string, unknown>;
  closed: boolean;
};

/** `channel` is null until the upload is completed, and empty when it was completed without one. */
type PeerUpload = { name: string; data: Buffer; channel: string | null; refusals: number };

/** What the Web API keeps and changes. */
export type PeerState = {
  readonly team: { id: string; name: string };
  readonly appId: string;
  readonly users: Map<string, PeerUser>;
  readonly messages: PeerMessage[];
  /** Channels by id; the bot may write only where it is a member. */
  readonly channels: Map<string, { name: string; member: boolean; archived: boolean }>;
  readonly userGroups: Map<string, PeerUserGroup>;
  readonly modals: PeerView[];
  readonly homes: Map<string, PeerView>;
  readonly triggers: Map<string, { userId: string; until: number; used: boolean }>;
  readonly uploads: Map<string, PeerUpload>;
  /** How often a message is refused for the next picture, because Slack has it but not processed it yet. */
  readonly processing: { refusals: number };
  readonly tokens: Set<string>;
  readonly refreshTokens: Map<string, { used: boolean }>;
  nextId(prefix: string): string;
  baseUrl(): string;
  changed(): void;
  posted(message: PeerMessage): void;
};

type Args = Readonly<Record<string, string>>;
type Reply = Record<string, unknown>;
const no = (error: string, more: Reply = {}): Reply => ({ ok: false, error, ...more });

export const webMethods: Record<string, (args: Args, state: PeerState) => Reply> = {
  ...userGroupMethods,

  'auth.test': (_args, { team }) => ({
    ok: true,
    team_id: team.id,
    team: team.name,
    user_id: 'UBOT00001',
    bot_id: 'BBOT00001',
    url: 'https://example.slack.com/',
  }),

  'apps.connections.open': (_args, state) => ({
    ok: true,
    url: `${state.baseUrl().replace(/^http/, 'ws')}/socket`,
  }),

  'users.info': ({ user = '' }, { users, team }) => {
    const found = users.get(user);
    if (!found) return no('user_not_found');
    if (found.kind === 'stranger') return no('user_not_visible');
    return {
      ok: true,
      user: {
        id: found.id,
        team_id: team.id,
        name: found.name.toLowerCase(),
        real_name: found.name,
        tz: found.tz,
        locale: found.locale,
        is_restricted: found.kind === 'guest',
        profile: { real_name: found.name },
      },
    };
  },

  'conversations.open': ({ users: wanted = '' }, { users, channels }) => {
    if (wanted.includes(',')) {
      const several = wanted.split(',').sort();
      if (several.length > 8) return no('too_many_users');
      if (several.some((each) => users.get(each)?.kind !== 'member' && users.get(each)?.kind !== 'guest'))
        return no('user_not_found');
      const id = `G${several.map((each) => each.slice(1)).join('')}`;
      channels.set(id, { name: 'groupmessage', member: true, archived: false });
      return { ok: true, channel: { id } };
    }
    const user = users.get(wanted);
    if (!user) return no('user_not_found');
    if (user.kind === 'bot') return no('cannot_dm_bot');
    if (user.kind === 'disabled') return no('user_disabled');
    if (user.kind === 'stranger') return no('user_not_visible');
    const id = `D${wanted.slice(1)}`;
    channels.set(id, { name: 'directmessage', member: true, archived: false });
    return { ok: true, channel: { id } };
  },

  'chat.postMessage': (args, state) => {
    const trouble = channelTrouble(args.channel, state) ?? contentTrouble(args, state);
    if (trouble) return trouble;
    const message = put(args, { visibleTo: null, isAnswer: false }, state);
    state.posted(message);
    return { ok: true, ts: message.ts, channel: message.channel, message: { text: message.text } };
  },

  'chat.postEphemeral': (args, state) => {
    const trouble = channelTrouble(args.channel, state) ?? contentTrouble(args, 'no-files');
    if (trouble) return trouble;
    return { ok: true, message_ts: put(args, { visibleTo: args.user ?? '', isAnswer: true }, state).ts };
  },

  'chat.update': (args, state) => {
    const trouble = channelTrouble(args.channel, state) ?? contentTrouble(args, state);
    if (trouble) return trouble;
    const found = state.messages.find(
      ({ ts, channel, gone, visibleTo }) =>
        ts === args.ts && channel === args.channel && !gone && visibleTo === null,
    );
    if (!found) return no('message_not_found');
    change(found, args);
    state.changed();
    return { ok: true, ts: found.ts, channel: found.channel };
  },

  'views.open': ({ trigger_id = '', view = '' }, state) => {
    const trigger = state.triggers.get(trigger_id);
    if (!trigger) return no('invalid_trigger_id');
    if (trigger.used) return no('exchanged_trigger_id');
    if (Date.now() > trigger.until) return no('expired_trigger_id');
    const drawn = JSON.parse(view);
    const problems = findViewProblems(drawn);
    if (problems.length > 0) return no('invalid_arguments', refusal(problems));
    trigger.used = true;
    const ids = { id: state.nextId('V'), hash: state.nextId('hash') };
    const opened = { ...ids, userId: trigger.userId, view: drawn, closed: false };
    state.modals.push(opened);
    state.changed();
    return { ok: true, view: { id: opened.id, hash: opened.hash } };
  },

  'views.publish': ({ user_id = '', view = '' }, state) => {
    const drawn = JSON.parse(view);
    const problems = findViewProblems(drawn);
    if (problems.length > 0) return no('invalid_arguments', refusal(problems));
    const ids = { id: state.nextId('V'), hash: state.nextId('hash') };
    state.homes.set(user_id, { ...ids, userId: user_id, view: drawn, closed: false });
    state.changed();
    return { ok: true };
  },

  'files.getUploadURLExternal': ({ filename = '' }, state) => {
    const id = state.nextId('F');
    state.uploads.set(id, { name: filename, data: Buffer.alloc(0), channel: null, ...state.processing });
    return { ok: true, upload_url: `${state.baseUrl()}/upload/${id}`, file_id: id };
  },

  'files.completeUploadExternal': ({ files = '[]', channel_id = '' }, state) => {
    const sent = JSON.parse(files) as { id: string }[];
    for (const { id } of sent) {
      const upload = state.uploads.get(id);
      if (!upload) return no('file_not_found');
      upload.channel = channel_id;
    }
    state.changed();
    return { ok: true, files: sent };
  },

  'oauth.v2.access': (args, state) => {
    const expires = { expires_in: 43_200 };
    const token = state.nextId('xoxb-');
    const refresh = state.nextId('xoxe-');
    if (args.grant_type === 'refresh_token') {
      const known = state.refreshTokens.get(args.refresh_token ?? '');
      if (!known || known.used) return no('invalid_refresh_token');
      known.used = true;
    } else if (args.code !== 'good-code') return no('invalid_code');
    state.tokens.add(token);
    state.refreshTokens.set(refresh, { used: false });
    return {
      ok: true,
      access_token: token,
      refresh_token: refresh,
      ...expires,
      token_type: 'bot',
      scope: 'commands,chat:write',
      bot_user_id: 'UBOT00001',
      app_id: state.appId,
      team: args.code === 'good-code' || !args.code ? state.team : null,
      enterprise: null,
      authed_user: { id: 'UINSTALLER' },
      is_enterprise_install: false,
    };
  },
};

function channelTrouble(channel: string | undefined, { channels }: PeerState): Reply | null {
  const found = channels.get(channel ?? '');
  if (!found) return no('channel_not_found');
  if (found.archived) return no('is_archived');
  if (!found.member) return no('not_in_channel');
  return null;
}

/** A message's words and blocks, refused as Slack refuses them. */
export function contentTrouble(args: Args, files: Pick<PeerState, 'uploads'> | 'no-files'): Reply | null {
  if ((args.text ?? '').length > 40_000) return no('msg_too_long');
  if (!args.blocks) return args.text ? null : no('no_text');
  const blocks = JSON.parse(args.blocks);
  const problems = findBlockProblems(blocks, 'message');
  if (problems.length === 0) problems.push(...findPictureProblems(blocks, files));
  if (problems.includes('msg_blocks_too_long')) return no('msg_blocks_too_long');
  return problems.length > 0 ? no('invalid_blocks', refusal(problems)) : null;
}

/**
 * A picture in a message is a finished upload that Slack has processed, and a PNG, JPEG or GIF. Messages to one person
 * and those by a response URL take none (node-slack-sdk#1790, java-slack-sdk#1349).
 */
function findPictureProblems(
  blocks: readonly { slack_file?: { id: string } }[],
  files: Pick<PeerState, 'uploads'> | 'no-files',
): string[] {
  return blocks.flatMap(({ slack_file }, index) => {
    if (!slack_file) return [];
    const refused = [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`];
    const file = files === 'no-files' ? undefined : files.uploads.get(slack_file.id);
    if (!file || file.channel === null || !isPicture(file.data)) return refused;
    if (file.refusals <= 0) return [];
    file.refusals -= 1;
    return refused;
  });
}

const isPicture = (data: Buffer) =>
  ['89504e47', 'ffd8ff', '47494638'].some((magic) => data.toString('hex').startsWith(magic));

const refusal = (problems: readonly string[]): Reply => ({
  response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
});

export function put(
  args: Args,
  how: Pick<PeerMessage, 'visibleTo' | 'isAnswer'>,
  state: PeerState,
): PeerMessage {
  const message: PeerMessage = {
    ts: state.nextId('ts').replace('ts', '17000000.'),
    channel: args.channel ?? '',
    ...how,
    text: args.text ?? '',
    blocks: args.blocks ? JSON.parse(args.blocks) : [],
    metadata: args.metadata ? JSON.parse(args.metadata) : null,
    updates: 0,
    gone: false,
  };
  state.messages.push(message);
  state.changed();
  return message;
}

export function change(message: PeerMessage, args: Args): void {
  message.text = args.text ?? '';
  message.blocks = args.blocks ? JSON.parse(args.blocks) : [];
  message.updates += 1;
}
