import { Client, DiscordjsError, DiscordjsErrorCodes, GatewayIntentBits, Options } from 'discord.js';
import { makeRequest } from './make-request.ts';

export type DiscordSettings = {
  readonly token: string;
  /** The address of the REST API; it tells the gateway's. Null: Discord's own. */
  readonly apiUrl: string | null;
  /** Which shards this process runs. Null: as many as Discord recommends, all of them here. */
  readonly shards: { readonly ids: readonly number[]; readonly total: number } | null;
};

/** Servers, and nothing about who is in them or what they say. None of it is privileged. */
const intents = [GatewayIntentBits.Guilds] as const;

export function makeClient({ apiUrl, shards }: DiscordSettings): Client {
  return new Client({
    intents: [...intents],
    allowedMentions: { parse: [] },
    ...(shards ? { shards: [...shards.ids], shardCount: shards.total } : { shards: 'auto' as const }),
    rest: {
      ...(apiUrl ? { api: apiUrl } : {}),
      makeRequest,
      // Only interactions and the start go this way. They do not count towards the 50 requests a second
      // (topics/rate-limits), and a person waits for each, so the client may wait for its turn.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      invalidRequestWarningInterval: 500,
    },
    // Messages and people are never looked up in the cache, so none are kept.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      VoiceStateManager: 0,
    }),
  });
}

export const unknownToken =
  'DISCORD_TOKEN: Discord does not know this token. Reset it on the page of your application, under Bot.';
export const isUnknownToken = (error: unknown) =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
