import { type BaseInteraction, type Client, Events, type Guild, ShardClientUtil } from 'discord.js';
import type { Bot } from '../../bot.ts';
import { ConfigError } from '../../src/config.ts';
import { card, paragraph } from '../../src/core/card.ts';
import type { Groups } from '../../src/core/groups.ts';
import type { Tools } from '../../src/core/ports.ts';
import { within } from '../../src/core/within.ts';
import { inviteLink } from './accounts.ts';
import { type Answering, answerInteraction, directlyWithinMs } from './answer.ts';
import { type DiscordSettings, isUnknownToken, makeClient, unknownToken } from './client.ts';
import { drawCard } from './draw-card.ts';
import { type DiscordCommand, drawCommands } from './draw-commands.ts';
import { drawForm } from './draw-form.ts';
import { makeGroups } from './groups.ts';
import { recordPresent, recordRemoved, recordServers } from './installations.ts';
import { keepTrying, type Trying } from './keep-trying.ts';
import { makeLateForms } from './late-forms.ts';
import { type DiscordMessenger, makeMessenger, makeRest } from './messenger.ts';
import { receive } from './receive.ts';
import { registerCommands } from './register-commands.ts';
import { repliesTo } from './replies.ts';
import { makeSpareFields } from './spare-fields.ts';
import { suggest } from './suggest.ts';
import { makeTurns, type Shared } from './turns.ts';
import { say } from './words.ts';

export type DiscordConnection = {
  /** Resolves when everything received so far has been answered. */
  settled(): Promise<void>;
  /** Not connected: it could not be reached yet, or has closed the connection for good. */
  isAway(): boolean;
  /** Takes nothing new, finishes what is being done for at most `deadlineMs`, and disconnects. */
  close(deadlineMs: number): Promise<void>;
};

/** How long the start waits for Discord. */
const firstWithinMs = 15_000;
const plainReader = { language: 'en', timeZone: 'UTC' } as const;

/** Sends to Discord without listening: for processes that only work through the queue. */
export function openDiscordMessenger({ token, apiUrl }: DiscordSettings, tools: Shared): DiscordMessenger {
  return makeMessenger(makeRest({ token, apiUrl }), makeTurns(tools, token));
}

/** Keeps Discord's roles. */
export function openDiscordGroups({ token, apiUrl }: DiscordSettings, tools: Shared): Groups {
  return makeGroups(makeRest({ token, apiUrl }), makeTurns(tools, token));
}

/**
 * Connects to the gateway, registers the commands where they differ, and answers what people do. A token that Discord
 * does not take is told at once; while Discord is away, the bot starts without it and tries again.
 */
export async function openDiscord(of: {
  bot: Bot;
  messenger: DiscordMessenger;
  settings: DiscordSettings;
  tell(line: string): void;
  directlyWithinMs?: number;
  /** How long to wait between tries, in milliseconds. */
  retryMs?: readonly number[];
}): Promise<DiscordConnection> {
  const { bot, messenger, settings, retryMs } = of;
  const { tools, dispatch } = bot;
  const { log } = tools;
  const commands = drawCommands(dispatch.registry);
  const shared = {
    ...{ dispatch, tools, messenger },
    lateForms: makeLateForms(),
    spareFields: makeSpareFields(),
    apiUrl: settings.apiUrl,
    directlyWithinMs: of.directlyWithinMs ?? directlyWithinMs,
    underWay: { count: 0 },
  };
  const atWork = new Set<Promise<void>>();
  /** The last one tried; discord.js wants a new one after a login that failed. */
  let client: Client | null = null;
  let arranging: Trying | null = null;
  let isAway = true;
  let closedWith: number | null = null;
  let stopping = false;

  function work(doing: Promise<void>): void {
    const kept = doing
      .catch((error: unknown) => log.error({ error: error as Error }, 'discord.broken'))
      .finally(() => atWork.delete(kept));
    atWork.add(kept);
  }

  function openClient(): Client {
    const opened = makeClient(settings);
    const answering: Answering = { ...shared, rest: opened.rest };
    opened.on(Events.InteractionCreate, (interaction) => {
      if (!stopping) work(handle(interaction, answering));
    });
    opened.on(Events.GuildDelete, ({ id }: Guild) => work(recordRemoved(tools, id, inviteOf(opened))));
    opened.on(Events.GuildCreate, ({ id }: Guild) => work(recordPresent(tools, [id])));
    opened.on(Events.Error, (error) => log.warn({ error }, 'discord.error'));
    opened.on(Events.ShardError, (error, shard) => log.warn({ error, shard }, 'discord.shard-error'));
    opened.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord.reconnecting'));
    opened.on(Events.ShardDisconnect, ({ code }, shard) => {
      if (stopping) return;
      // 4004 token refused, 4014 intents refused, and the like: it stays away until somebody mends it.
      log.error({ shard, code }, 'discord.disconnected');
      closedWith = code;
      if (!isAway) of.tell(closedForGood(code));
      isAway = true;
    });
    opened.rest.on('invalidRequestWarning', ({ count }) => log.warn({ count }, 'discord.invalid-requests'));
    return opened;
  }

  async function connect(): Promise<void> {
    const opened = openClient();
    client = opened;
    const ready = new Promise<Client<true>>((resolve) => opened.once(Events.ClientReady, resolve));
    await opened.login(settings.token).catch((error: unknown) => {
      if (isUnknownToken(error)) throw new ConfigError(unknownToken);
      throw closedWith === null ? error : new ConfigError(closedForGood(closedWith));
    });
    const connected = await ready;
    if (stopping) return;
    isAway = false;
    of.tell(say.plain(plainReader, 'invite', { url: inviteLink(connected.application.id) }));
    arranging = keepTrying(
      () => arrange(connected, commands, tools),
      (error) => {
        log.error({ error: error as Error }, 'discord.not-arranged');
        return false;
      },
      retryMs,
    );
    await arranging.first;
  }

  let failures = 0;
  let hasStarted = false;
  function failedToConnect(error: unknown, againInMs: number): boolean {
    failures += 1;
    if (error instanceof ConfigError) {
      // Nobody waits for this any more, so nobody else would tell it.
      if (hasStarted) of.tell(error.message);
      return true;
    }
    log.warn({ error: error as Error, againInMs }, 'discord.out-of-reach');
    if (failures === 1) of.tell('Discord is out of reach. I keep trying; everything else works meanwhile.');
    return false;
  }

  const joining = keepTrying(connect, failedToConnect, retryMs);
  // Many shards take minutes to connect, and so does a Discord that says nothing: nothing else waits for them.
  await within(joining.first, firstWithinMs);
  hasStarted = true;

  const settled = async () => {
    while (atWork.size > 0) await Promise.all(atWork);
  };

  return {
    settled,
    isAway: () => isAway,
    async close(deadlineMs) {
      stopping = true;
      joining.stop();
      arranging?.stop();
      await within(settled(), deadlineMs);
      await client?.destroy();
    },
  };
}

/** What is to be put right after connecting: who is there, and what they can type. */
async function arrange(
  connected: Client<true>,
  commands: readonly DiscordCommand[],
  tools: Tools,
): Promise<void> {
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
  if (!shards.includes(0)) return;
  const outcome = await registerCommands(connected.rest, application.id, commands);
  tools.log.info({ outcome, shards: shards.length, servers: guilds.cache.size }, 'discord.ready');
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

const closedForGood = (code: number) =>
  `Discord closed the connection for good (code ${code}). Check DISCORD_TOKEN and start again.`;
const inviteOf = (client: Client) => inviteLink(client.application?.id ?? '');
