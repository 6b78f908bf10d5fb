/** What Discord sends, in the shapes of its API reference: every field that a client may look at is there. */
export type DiscordUser = ReturnType<typeof botUser>;

export const botUser = (id: string) => ({
  id,
  username: 'common-thread',
  discriminator: '0',
  avatar: null,
  bot: true,
});

export function messageFrame<More extends object>(
  of: { id: string; channelId: string; author: DiscordUser; postedAt: Date },
  more: More,
) {
  return {
    id: of.id,
    channel_id: of.channelId,
    type: 0,
    content: '',
    author: of.author,
    timestamp: of.postedAt.toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0,
    ...more,
  };
}

export const memberFrame = (user: object) => ({
  user,
  roles: [],
  nick: null,
  joined_at: '2026-01-01T00:00:00.000Z',
  deaf: false,
  mute: false,
  permissions: '0',
  flags: 0,
});

export function guildFrame(of: {
  id: string;
  name: string;
  ownerId: string;
  /** Names by id. */
  channels: Iterable<readonly [string, string]>;
}) {
  return {
    id: of.id,
    name: of.name,
    owner_id: of.ownerId,
    roles: [{ id: of.id, name: '@everyone', permissions: '0', color: 0, position: 0 }],
    emojis: [],
    stickers: [],
    features: [],
    members: [],
    presences: [],
    voice_states: [],
    threads: [],
    guild_scheduled_events: [],
    stage_instances: [],
    member_count: 5,
    large: false,
    preferred_locale: 'en-US',
    channels: [...of.channels].map(([id, name], position) => ({
      id,
      type: 0,
      name,
      position,
      permission_overwrites: [],
    })),
  };
}
