import { openDiscord, openDiscordGroups, openDiscordMessenger } from '../../../adapters/discord/main.ts';
import { openSlack } from '../../../adapters/slack/main.ts';
import { type Bot, openBot } from '../../../bot.ts';
import { readConfig } from '../../../src/config.ts';
import type { Feature } from '../../../src/core/command.ts';
import { digests } from '../../../src/features/digests/feature.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { startWebServer } from '../../../web/server.ts';
import { makeDatabase } from '../database.ts';
import { type DiscordPeer, openDiscordPeer } from '../discord/peer.ts';
import { type DiscordPerson, makeDiscordPerson } from '../discord/person.ts';
import { makeSampleFeature } from '../sample-feature.ts';
import { makeKeptLog } from '../silent-log.ts';
import { deliverByHttp, signingSecret } from '../slack/deliver.ts';
import { openSlackPeer, type SlackPeer } from '../slack/peer.ts';
import { makeSlackPerson, type SlackPerson } from '../slack/person.ts';

/** One bot in a Slack workspace and a Discord server at once, with real Bolt and real discord.js. */
export type Both = {
  readonly bot: Bot;
  readonly log: ReturnType<typeof makeKeptLog>;
  readonly slack: SlackPeer & { readonly general: string; readonly digest: string };
  readonly discord: DiscordPeer & {
    readonly guildId: string;
    readonly general: string;
    readonly digest: string;
  };
  onSlack(name: string): SlackPerson;
  onDiscord(name: string, guildId?: string): DiscordPerson;
  /** Moves the bot's clock; the platforms keep the real one. */
  goTo(at: Date): void;
  end(): Promise<void>;
};

/** @param of.features instead of those that every conversation here needs */
export async function openBoth(of: { features?: readonly Feature[] } = {}): Promise<Both> {
  const slackPeer = await openSlackPeer();
  const [general, digest] = ['C0GENERAL1', 'C0DIGEST01'] as const;
  slackPeer.channels.set(general, { name: 'general', member: true, archived: false });
  slackPeer.channels.set(digest, { name: 'digest', member: true, archived: false });
  const discordPeer = await openDiscordPeer();
  const guild = discordPeer.addGuild('Neighbours', ['general', 'digest']);
  const { url: databaseUrl, drop } = await makeDatabase();
  const log = makeKeptLog();
  let aheadMs = 0;
  const bot = await openBot({
    databaseUrl,
    redisUrl: null,
    queueName: `both-${process.pid}-${Date.now().toString(36)}`,
    clock: () => ({ now: () => new Date(Date.now() + aheadMs) }),
    log,
    features: of.features ?? [directory, digests, makeSampleFeature()],
    poolSize: 8,
  });
  const config = readConfig('/nowhere', {
    RUN: 'slack',
    SLACK_BOT_TOKEN: 'xoxb-good',
    SLACK_API_URL: slackPeer.apiUrl,
    SLACK_SIGNING_SECRET: signingSecret,
  });
  const slack = await openSlack({ bot, config, receives: true });
  const web = await startWebServer({
    bot,
    host: '127.0.0.1',
    port: 0,
    ...(slack.pages ? { pages: slack.pages } : {}),
  });
  await slack.start();
  const deliver = deliverByHttp(() => `${web.url}/slack/events`);
  const settings = { token: discordPeer.world.token, apiUrl: discordPeer.apiUrl, shards: null };
  const messenger = openDiscordMessenger(settings, bot.tools);
  await bot.startWorker([slack.messenger, messenger], 5, [slack.groups, openDiscordGroups(settings)]);
  const connection = await openDiscord({ bot, messenger, settings, tell: () => {} });
  const slackPeople = new Map<string, SlackPerson>();
  const discordPeople = new Map<string, DiscordPerson>();

  return {
    bot,
    log,
    slack: { ...slackPeer, general, digest },
    discord: {
      ...discordPeer,
      guildId: guild.id,
      general: guild.channels.general ?? '',
      digest: guild.channels.digest ?? '',
    },
    onSlack(name) {
      const person =
        slackPeople.get(name) ?? makeSlackPerson({ name, peer: slackPeer, deliver, channel: general });
      slackPeople.set(name, person);
      return person;
    },
    onDiscord(name, guildId = guild.id) {
      const key = `${guildId}/${name}`;
      const [channelId = ''] = [...(discordPeer.world.guilds.get(guildId)?.channels.keys() ?? [])];
      const settled = () => connection.settled();
      const person =
        discordPeople.get(key) ?? makeDiscordPerson({ peer: discordPeer, name, guildId, channelId, settled });
      discordPeople.set(key, person);
      return person;
    },
    goTo(at) {
      aheadMs = at.getTime() - Date.now();
    },
    async end() {
      await connection.close(5000);
      await slack.close(5000);
      await web.close();
      await bot.close(5000);
      await slackPeer.close();
      await discordPeer.close();
      await drop();
    },
  };
}
