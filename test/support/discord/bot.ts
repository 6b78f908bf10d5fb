import type { DiscordSettings } from '../../../adapters/discord/client.ts';
import {
  type DiscordConnection,
  openDiscord,
  openDiscordGroups,
  openDiscordMessenger,
} from '../../../adapters/discord/main.ts';
import { type Bot, openBot } from '../../../bot.ts';
import type { Feature } from '../../../src/core/command.ts';
import type { Groups } from '../../../src/core/groups.ts';
import type { Messenger } from '../../../src/core/ports.ts';
import { makeDatabase } from '../database.ts';
import { makeSampleFeature } from '../sample-feature.ts';
import { makeKeptLog } from '../silent-log.ts';
import { type DiscordPeer, openDiscordPeer } from './peer.ts';
import { type DiscordPerson, makeDiscordPerson } from './person.ts';

/** The whole bot, connected by real discord.js to a Discord on this machine. */
export type DiscordBot = Bot & {
  readonly peer: DiscordPeer;
  readonly messenger: Messenger;
  readonly roles: Groups;
  readonly guild: { readonly id: string; readonly channels: Readonly<Record<string, string>> };
  readonly said: string[];
  readonly log: ReturnType<typeof makeKeptLog>;
  /** The same name is the same person. */
  as(name: string, from?: { guildId?: string; locale?: string }): DiscordPerson;
  /** Makes a coalition of the server, with this person as its backbone staff. */
  setUp(name: string): Promise<void>;
  /** Lets every message and redraw that is due happen. */
  settle(): Promise<void>;
  /** Whether Discord cannot be reached. */
  isAway(): boolean;
  /** Stops listening, as a stopped process does, and starts again. */
  disconnect(): Promise<void>;
  connect(shards?: DiscordSettings['shards']): Promise<void>;
  end(): Promise<void>;
};

const settleWithinMs = 20_000;

export async function openDiscordBot(
  of: {
    features?: readonly Feature[];
    shards?: number;
    /** Whether answers wait for no acknowledgement, however slow the machine is; otherwise all of them do. */
    directly?: boolean;
  } = {},
): Promise<DiscordBot> {
  const { url, drop } = await makeDatabase();
  const peer = await openDiscordPeer(of.shards === undefined ? {} : { shards: of.shards });
  const guild = peer.addGuild('Ready by Five', ['general', 'digest']);
  const log = makeKeptLog();
  const bot = await openBot({
    databaseUrl: url,
    redisUrl: null,
    queueName: `test-${process.pid}-${Date.now().toString(36)}`,
    log,
    features: of.features ?? [makeSampleFeature()],
    poolSize: 6,
  });
  const settings: DiscordSettings = { token: peer.world.token, apiUrl: peer.apiUrl, shards: null };
  const messenger = { ...openDiscordMessenger(settings, bot.tools), paceMs: 0 };
  const roles = openDiscordGroups(settings, bot.tools);
  await bot.startWorker([messenger], 5, [roles]);
  const said: string[] = [];
  let connection: DiscordConnection | null = null;
  async function connect(shards: DiscordSettings['shards'] = null) {
    const tell = (line: string) => void said.push(line);
    const directlyWithinMs = of.directly ? 60_000 : 0;
    const how = { settings: { ...settings, shards }, tell, directlyWithinMs, retryMs: [20] };
    connection = await openDiscord({ bot, messenger, ...how });
  }
  async function disconnect() {
    await connection?.close(5000);
    connection = null;
  }
  await connect();
  const people = new Map<string, DiscordPerson>();

  function as(name: string, from: { guildId?: string; locale?: string } = {}): DiscordPerson {
    const guildId = from.guildId ?? guild.id;
    const key = `${guildId}/${name}`;
    const [channelId = ''] = [...(peer.world.guilds.get(guildId)?.channels.keys() ?? [])];
    const person =
      people.get(key) ??
      makeDiscordPerson({
        ...from,
        peer,
        name,
        guildId,
        channelId,
        settled: async () => connection?.settled(),
      });
    people.set(key, person);
    return person;
  }

  return {
    ...bot,
    ...{ messenger, roles },
    peer,
    guild,
    said,
    log,
    as,
    connect,
    disconnect,
    isAway: () => connection?.isAway() ?? true,
    async setUp(name) {
      const at = new Date();
      const coalition = await bot.database.coalition.create({
        data: { name: 'Ready by Five', timeZone: 'America/Winnipeg', createdAt: at },
      });
      const workspace = await bot.database.workspace.create({
        data: { coalitionId: coalition.id, platform: 'discord', ref: guild.id, name: 'Ready', createdAt: at },
      });
      await bot.database.place.createMany({
        data: Object.entries(guild.channels).map(([channel, ref]) => ({
          coalitionId: coalition.id,
          workspaceId: workspace.id,
          ref,
          name: channel,
        })),
      });
      const person = as(name);
      const member = await bot.database.member.create({
        data: {
          coalitionId: coalition.id,
          name,
          standing: 'backbone',
          language: 'en',
          timeZone: 'UTC',
          joinedAt: at,
        },
      });
      await bot.database.account.create({
        data: {
          coalitionId: coalition.id,
          workspaceId: workspace.id,
          memberId: member.id,
          ref: person.id,
          name,
        },
      });
    },
    async settle() {
      const until = Date.now() + settleWithinMs;
      for (;;) {
        await bot.sweep();
        const [messages, stale, busy] = await Promise.all([
          bot.database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } }),
          bot.database.posting.count({ where: { stale: true } }),
          bot.queue.countBusy(),
        ]);
        if (messages + stale + busy === 0) return;
        if (Date.now() > until) throw new Error(`Not settled: ${messages} messages, ${stale} stale cards`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async end() {
      await disconnect();
      await bot.close(5000);
      await drop();
      await peer.close();
    },
  };
}
