// The process under test: `bot`, the whole of ours, or `bare`, handlers that only answer. Says its address when ready.
import { App, HTTPReceiver } from '@slack/bolt';
import { Client, GatewayIntentBits, MessageFlags } from 'discord.js';
import { openDiscord, openDiscordMessenger } from '../../adapters/discord/main.ts';
import { openSlack } from '../../adapters/slack/main.ts';
import { openBot } from '../../bot.ts';
import { readConfig } from '../../src/config.ts';
import { features } from '../../src/features/all.ts';
import { makeLog } from '../../src/log.ts';
import { startWebServer } from '../../web/server.ts';
import { signingSecret } from './sign.ts';

const [what = '', databaseUrl = '', peerUrl = '', token = ''] = process.argv.slice(2);
const slackApi = `${peerUrl}/slack/api/`;
const discordApi = `${peerUrl}/discord/api`;
const said =
  'Thank you. The card of Northside Food Bank stays as it is, and everybody can see that it is right.';

async function startBot(): Promise<string> {
  const log = makeLog('error');
  const bot = await openBot({ databaseUrl, redisUrl: null, log, features });
  const config = readConfig('/nowhere', {
    RUN: 'slack',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slackApi,
  });
  const slack = await openSlack({ bot, config, receives: true });
  const settings = { token, apiUrl: discordApi, shards: null };
  const messenger = openDiscordMessenger(settings, bot.tools);
  await bot.startWorker([slack.messenger, messenger], config.jobsConcurrency);
  const pages = slack.pages ?? undefined;
  const web = await startWebServer({ bot, host: '127.0.0.1', port: 0, ...(pages ? { pages } : {}) });
  await openDiscord({ bot, messenger, settings, tell: () => {} });
  return `${web.url}/slack/events`;
}

/** Acknowledges as ours does and gives one fixed sentence: no database, no drawing, nothing else. */
async function startBare(): Promise<string> {
  const receiver = new HTTPReceiver({ signingSecret, port: 0 });
  const app = new App({ receiver, authorize: async () => ({}) });
  app.command(/.*/, async ({ ack, respond }) => {
    await ack();
    await respond({ text: said, response_type: 'ephemeral', replace_original: false });
  });
  app.action(/.*/, async ({ ack, respond }) => {
    await ack();
    await respond({ text: said, replace_original: true });
  });
  const server = await app.start(0);
  const address = (server as { address(): unknown }).address() as { port: number };

  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discordApi, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
  });
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isChatInputCommand()) {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(said);
    } else if (interaction.isButton()) {
      await interaction.deferUpdate();
      await interaction.editReply(said);
    }
  });
  await client.login(token);
  return `http://127.0.0.1:${address.port}/slack/events`;
}

const url = await (what === 'bot' ? startBot() : startBare());
process.send?.(url);
process.on('SIGTERM', () => process.exit(0));
