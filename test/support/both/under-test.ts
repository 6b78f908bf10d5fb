import { openDiscord, openDiscordGroups, openDiscordMessenger } from '../../../adapters/discord/main.ts';
import { type Bot, openBot } from '../../../bot.ts';
import type { Feature } from '../../../src/core/command.ts';
import { digests } from '../../../src/features/digests/feature.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import type { Seen } from '../../adapters/contract.ts';
import { makeDatabase } from '../database.ts';
import { type DiscordPeer, openDiscordPeer } from '../discord/peer.ts';
import { type DiscordPerson, makeDiscordPerson } from '../discord/person.ts';
import { codeIn } from '../linking.ts';
import { makeSampleFeature } from '../sample-feature.ts';
import { makeKeptLog } from '../silent-log.ts';
import { deliverByHttp, signingSecret } from '../slack/deliver.ts';
import { openSlackPeer, type SlackPeer } from '../slack/peer.ts';
import { makeSlackPerson, type SlackPerson } from '../slack/person.ts';
import { startSlack } from '../slack/start.ts';

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
  /** The answer that somebody on Slack gets to what they do; what they are told unasked meanwhile is none. */
  next(name: string, does: (person: SlackPerson) => Promise<unknown>): Promise<Seen>;
  /** Opens a form on Slack and fills it; what comes next is the answer. */
  fillsOnSlack(
    name: string,
    opens: (person: SlackPerson) => Promise<unknown>,
    values: Readonly<Record<string, string>>,
  ): Promise<Seen>;
  /**
   * Ana sets a coalition up on Slack whose people may be contacted at any hour, so that a test does the same by day and
   * night; the Discord server is linked to it. Returns the answer there.
   */
  setUp(): Promise<{ readonly text: string }>;
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
    poolSize: 9,
  });
  const { slack, web } = await startSlack(bot, slackPeer, { SLACK_SIGNING_SECRET: signingSecret });
  const deliver = deliverByHttp(() => `${web.url}/slack/events`);
  const settings = { token: discordPeer.world.token, apiUrl: discordPeer.apiUrl, shards: null };
  const messenger = openDiscordMessenger(settings, bot.tools);
  await bot.startWorker([slack.messenger, messenger], 5, [
    slack.groups,
    openDiscordGroups(settings, bot.tools),
  ]);
  const connection = await openDiscord({ bot, messenger, settings, tell: () => {} });
  const slackPeople = new Map<string, SlackPerson>();
  const discordPeople = new Map<string, DiscordPerson>();

  function onSlack(name: string): SlackPerson {
    const person =
      slackPeople.get(name) ?? makeSlackPerson({ name, peer: slackPeer, deliver, channel: general });
    slackPeople.set(name, person);
    return person;
  }
  function onDiscord(name: string, guildId = guild.id): DiscordPerson {
    const key = `${guildId}/${name}`;
    const [channelId = ''] = [...(discordPeer.world.guilds.get(guildId)?.channels.keys() ?? [])];
    const settled = () => connection.settled();
    const person =
      discordPeople.get(key) ?? makeDiscordPerson({ peer: discordPeer, name, guildId, channelId, settled });
    discordPeople.set(key, person);
    return person;
  }
  const next: Both['next'] = async (name, does) => {
    const person = onSlack(name);
    const before = person.answers().length;
    await does(person);
    return slackPeer.until(() => person.answers()[before], `an answer to ${name}`);
  };
  const fillsOnSlack: Both['fillsOnSlack'] = async (name, opens, values) => {
    const person = onSlack(name);
    await opens(person);
    await slackPeer.until(() => person.form(), `a form for ${name}`);
    return next(name, () => person.fills(values));
  };

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
    onSlack,
    onDiscord,
    next,
    fillsOnSlack,
    async setUp() {
      const values = { name: 'Ready by Five', zone: 'UTC', language: 'en' };
      await fillsOnSlack('Ana', (ana) => ana.says('/coalition setup'), values);
      const always = { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] };
      await bot.database.coalition.updateMany({ data: always });
      const link = await next('Ana', (ana) => ana.says('/coalition link'));
      return onDiscord('Installer').runs('coalition link', { code: codeIn(link) });
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
      await drop();
      await discordPeer.close();
    },
  };
}
