/** What the bot may do in a workspace, each with what would stop working without it. A test pins the list. */
export const botScopes = [
  /** Slash commands. */
  'commands',
  /** Posting cards and redrawing them, in channels the bot was invited to and in direct messages. */
  'chat:write',
  /** Reminders and requests to one person (conversations.open). */
  'im:write',
  /** Introductions in one conversation of those who meet (conversations.open); else each is written to alone. */
  'mpim:write',
  /** The name, language and time zone of whoever types a command. */
  'users:read',
  /** A table put into a form, such as `/partners import`: the only files ever fetched. */
  'files:read',
  /** A table sent back, such as `/partners export`, and the charts on cards. */
  'files:write',
  /** Slack's receipt of our own messages, so that none is sent twice. Metadata only: never a message's text. */
  'metadata.message:read',
] as const;

/** What Slack tells the bot without being asked. None of these carries what people write. */
export const botEvents = [
  'app_home_opened',
  'app_uninstalled',
  'message_metadata_posted',
  'tokens_revoked',
] as const;

/** The app-level token of Socket Mode. */
export const appTokenScopes = ['connections:write'] as const;
