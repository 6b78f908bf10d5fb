import { openSlack, type Slack } from '../../../adapters/slack/main.ts';
import type { Bot } from '../../../bot.ts';
import { readConfig } from '../../../src/config.ts';
import { startWebServer, type WebServer } from '../../../web/server.ts';
import type { SlackPeer } from './peer.ts';

/** Joins a bot to our Slack: one workspace by its token, unless the settings say otherwise. */
export async function startSlack(
  bot: Bot,
  peer: SlackPeer,
  env: Readonly<Record<string, string>>,
): Promise<{ slack: Slack; web: WebServer }> {
  const one = { RUN: 'slack', SLACK_BOT_TOKEN: 'xoxb-good', SLACK_API_URL: peer.apiUrl };
  const config = readConfig('/nowhere', { ...one, ...env });
  const slack = await openSlack({ bot, config, receives: true });
  const pages = slack.pages ? { pages: slack.pages } : {};
  const web = await startWebServer({ bot, host: '127.0.0.1', port: 0, ...pages });
  await slack.start();
  return { slack, web };
}
