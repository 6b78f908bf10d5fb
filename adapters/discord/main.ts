import {
  type BaseInteraction,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  type Guild,
  Options,
  ShardClientUtil,
} from 'discord.js';
import type { Bot } from '../../bot.ts';
import { ConfigError } from '../../src/config.ts';
import { card, paragraph } from '../../src/core/card.ts';
import type { Groups } from '../../src/core/groups.ts';
import { within } from '../../src/core/within.ts';
import { inviteLink } from './accounts.ts';
import { type Answering, answerInteraction, directlyWithinMs } from './answer.ts';
import { drawCard } from './draw-card.ts';
import { drawCommands } from './draw-commands.ts';
import { drawForm } from './draw-form.ts';
import { makeGroups } from './groups.ts';
import { recordPresent, recordRemoved, recordServers } from './installations.ts';
import { makeLateForms } from './late-forms.ts';
import { type DiscordMessenger, makeMessenger, makeRest } from './messenger.ts';
import { receive } from './receive.ts';
import { registerCommands } from './register-commands.ts';
import { repliesTo } from './replies.ts';
import { makeSpareFields } from './spare-fields.ts';
import { suggest } from './suggest.ts';
import { makeTurns, type Shared } from './turns.ts';
import { say } from './words.ts';

export type DiscordSettings = {
  readonly token: string;
  /** The address of the REST API; it tells the gateway's. Null: Discord's own. */
  readonly apiUrl: string | null;
  /** Which shards this process runs. Null: as many as Discord recommends, all of them here. */
  readonly shards: { readonly ids: readonly number[]; readonly total: number } | null;
};

export type DiscordConnection = {
  /** Resolves when everything received so far has been answered. */
  settled(): Promise<void>;
  /** Takes nothing new, finishes what is being done for at most `deadlineMs`, and disconnects. */
  close(deadlineMs: number): Promise<void>;
};

/** Servers, and nothing about who is in them or what they say. None of it is privileged. */
export const intents = [GatewayIntentBits.Guilds] as const;

/** Sends to Discord without listening: for processes that only work through the queue. */
export function openDiscordMessenger({ token, apiUrl }: DiscordSettings, tools: Shared): DiscordMessenger {
  return makeMessenger(makeRest({ token, apiUrl }), makeTurns(tools, token));
}

/** Keeps Discord's roles; asks little, so it counts its requests for itself. */
export function openDiscordGroups({ token, apiUrl }: DiscordSettings): Groups {
  return makeGroups(makeRest({ token, apiUrl }));
}

/** Connects to the gateway, registers the commands where they differ, and answers what people do. */
export async function openDiscord(of: {
  bot: Bot;
  messenger: DiscordMessenger;
  settings: DiscordSettings;
  tell(line: string): void;
  directlyWithinMs?: number;
}): Promise<DiscordConnection> {
  const { bot, messenger, settings } = of;
  const { tools, dispatch } = bot;
  const { log } = tools;
  const client = makeClient(settings);
  const answering: Answering = {
    dispatch,
    tools,
    rest: client.rest,
    messenger,
    lateForms: makeLateForms(),
    spareFields: makeSpareFields(),
    apiUrl: settings.apiUrl,
    directlyWithinMs: of.directlyWithinMs ?? directlyWithinMs,
    underWay: { count: 0 },
  };
  const atWork = new Set<Promise<void>>();
  let stopping = false;

  function work(doing: Promise<void>): void {
    const kept = doing
      .catch((error: unknown) => log.error({ error: error as Error }, 'discord.broken'))
      .finally(() => atWork.delete(kept));
    atWork.add(kept);
  }

  client.on(Events.InteractionCreate, (interaction) => {
    if (!stopping) work(handle(interaction, answering));
  });
  client.on(Events.GuildDelete, ({ id }: Guild) => work(recordRemoved(tools, id, inviteOf(client))));
  client.on(Events.GuildCreate, ({ id }: Guild) => work(recordPresent(tools, [id])));
  client.on(Events.Error, (error) => log.warn({ error }, 'discord.error'));
  client.on(Events.ShardError, (error, shard) => log.warn({ error, shard }, 'discord.shard-error'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord.reconnecting'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    if (stopping) return;
    // 4004 token refused, 4014 intents refused, and the like: it stays away until somebody mends it.
    log.error({ shard, code }, 'discord.disconnected');
    of.tell(`Discord closed the connection for good (code ${code}). Check DISCORD_TOKEN and start again.`);
  });
  client.rest.on('invalidRequestWarning', ({ count }) => log.warn({ count }, 'discord.invalid-requests'));

  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(settings.token).catch((error: unknown) => {
    throw isUnknownToken(error) ? new ConfigError(unknownToken) : error;
  });
  const connected = await ready;

  const { application, guilds, options } = connected;
  const total = options.shardCount ?? 1;
  const shards = Array.isArray(options.shards) ? options.shards : [];
  await recordServers(tools, {
    present: new Set(guilds.cache.keys()),
    isOurs: (guildId) =>
      /^\d+$/.test(guildId) && shards.includes(ShardClientUtil.shardIdForGuildId(guildId, total)),
    invite: inviteLink(application.id),
  });
  // One process is enough to register; where shards are split it is the one with the first.
  if (shards.includes(0)) {
    const outcome = await registerCommands(client.rest, application.id, drawCommands(dispatch.registry));
    log.info({ outcome, shards: shards.length, servers: guilds.cache.size }, 'discord.ready');
  }
  of.tell(say.plain({ language: 'en', timeZone: 'UTC' }, 'invite', { url: inviteLink(application.id) }));

  const settled = async () => {
    while (atWork.size > 0) await Promise.all(atWork);
  };

  return {
    settled,
    async close(deadlineMs) {
      stopping = true;
      await within(settled(), deadlineMs);
      await client.destroy();
    },
  };
}

async function handle(interaction: BaseInteraction, answering: Answering): Promise<void> {
  const { dispatch, rest, tools, lateForms, spareFields } = answering;
  if (interaction.isAutocomplete()) return suggest(interaction, { dispatch, rest, log: tools.log });
  if (interaction.isButton()) {
    const late = lateForms.find(interaction.customId, interaction.user.id);
    const replies = repliesTo(interaction, rest);
    if (late?.form) return replies.showForm(drawForm(late.form, late.reader));
    if (late) {
      const { reader } = late;
      const gone = card(paragraph(say(reader, 'form.late.gone')));
      return replies.reply(drawCard({ card: gone, reader, accounts: new Map() }));
    }
  }
  const received = receive(interaction, { registry: dispatch.registry, spareFields });
  if (received) await answerInteraction(interaction, received, answering);
}

function makeClient({ apiUrl, shards }: DiscordSettings): Client {
  return new Client({
    intents: [...intents],
    allowedMentions: { parse: [] },
    ...(shards ? { shards: [...shards.ids], shardCount: shards.total } : { shards: 'auto' as const }),
    rest: {
      ...(apiUrl ? { api: apiUrl } : {}),
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

const unknownToken =
  'DISCORD_TOKEN: Discord does not know this token. Reset it on the page of your application, under Bot.';
const isUnknownToken = (error: unknown) =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;

const inviteOf = (client: Client) => inviteLink(client.application?.id ?? '');
