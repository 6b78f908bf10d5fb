import { App, SocketModeReceiver } from '@slack/bolt';
import { Hono } from 'hono';
import type { Bot } from '../../bot.ts';
import { type Config, ConfigError } from '../../src/config.ts';
import type { Groups } from '../../src/core/groups.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { within } from '../../src/core/within.ts';
import { makeSecrets } from '../../src/secrets.ts';
import { makeSlackAccounts } from './accounts.ts';
import { ackLate } from './ack-late.ts';
import type { Answering } from './answer.ts';
import { clientOptions, quietLogger } from './client-options.ts';
import { makeConversations } from './conversations.ts';
import { fetchFile } from './fetch-file.ts';
import { makeSlackGroups } from './groups.ts';
import { installPages } from './install.ts';
import { installationStore, stateStore } from './installation-store.ts';
import { listen } from './listen.ts';
import { makeSlackMessenger } from './messenger.ts';
import { findOwnTeam } from './own-team.ts';
import { makePictures } from './pictures.ts';
import { makeReceipts } from './receipts.ts';
import type { HomeTeam } from './receive.ts';
import { makeHttpReceiver } from './receiver.ts';
import { makeRespond } from './respond.ts';
import { oneToken, storedTokens, type Tokens } from './tokens.ts';
import { slackCode } from './trouble.ts';
import { makeSlackApi } from './web-api.ts';

export type Slack = {
  readonly messenger: Messenger;
  readonly groups: Groups;
  /** What Slack and browsers reach us by, for the process's web server; null where nothing does. */
  readonly pages: Hono | null;
  /** Slack has not said yet whose the token is. */
  isAway(): boolean;
  /** Begins to take commands, clicks and events. */
  start(): Promise<void>;
  /** Takes nothing new and finishes what was begun, for at most `deadlineMs`. */
  close(deadlineMs: number): Promise<void>;
};

type Settings = Pick<Config, 'slack' | 'publicUrl' | 'encryptionKey' | 'oldEncryptionKeys'>;

/**
 * Joins Slack to the bot: one workspace by token, or many by OAuth; by Socket Mode where there is an app token,
 * else by HTTP. `receives: false` only sends, for a process that does jobs alone.
 */
export async function openSlack(of: { bot: Bot; config: Settings; receives: boolean }): Promise<Slack> {
  const { bot, config } = of;
  const { apiUrl, appToken, signingSecret } = config.slack;
  const { log, database } = bot.tools;
  checkSettings(config, of.receives);
  const options = clientOptions(apiUrl, log);
  const pages = new Hono();

  const tokens = config.slack.botToken
    ? oneToken(config.slack.botToken)
    : tokensByInstallation(config, bot, options, of.receives ? pages : null);
  const api = makeSlackApi(tokens, options);
  const receipts = makeReceipts(bot.tools);
  const pictures = makePictures({ api, database, log });
  const messenger = makeSlackMessenger({
    ...{ api, receipts, pictures, tools: bot.tools },
    conversations: makeConversations(api, bot.tools),
  });
  const groups = makeSlackGroups(api);
  if (!of.receives) {
    const nothing = async () => {};
    return { messenger, groups, pages: null, isAway: () => false, start: nothing, close: nothing };
  }

  const ownTeam = config.slack.botToken ? findOwnTeam(config.slack.botToken, options, bot.tools) : null;
  await ownTeam?.first;
  const homeTeam = (): HomeTeam => ownTeam?.known() ?? null;

  const http = appToken ? null : makeHttpReceiver({ signingSecret: signingSecret ?? '', log });
  if (http) pages.route('/', http.pages);
  const socket = appToken ? openSocket(appToken, apiUrl, bot) : null;
  const app = new App({
    receiver: (socket ?? http) as NonNullable<typeof http | typeof socket>,
    // Tokens are fetched when something is sent, never between a delivery and its acknowledgement.
    authorize: async ({ teamId }) => (teamId ? { teamId } : {}),
    clientOptions: options,
    logger: quietLogger(log),
    // The receipts of our own messages are among what we listen to; messages are not.
    ignoreSelf: false,
    convoStore: false,
  });

  const respond = makeRespond(apiUrl, log);
  const answering: Answering = { api, respond, messenger, pictures, tools: bot.tools };
  const accounts = makeSlackAccounts(api, log);
  const listening = listen(app, {
    bot,
    accounts,
    answering,
    receipts,
    tokens,
    homeTeam,
    fetchText: async (file, teamId, reader) => fetchFile(file, await tokens.get(teamId), apiUrl, reader),
  });

  return {
    messenger,
    groups,
    pages: pages.routes.length > 0 ? pages : null,
    isAway: () => ownTeam !== null && ownTeam.known() === null,
    async start() {
      try {
        await socket?.start();
      } catch (error) {
        const code = slackCode(error);
        if (code === null) throw error;
        throw new ConfigError(
          `SLACK_APP_TOKEN: Slack answered ${code}. Copy the token that starts with xapp-.`,
        );
      }
    },
    async close(deadlineMs) {
      ownTeam?.stop();
      await socket?.client.disconnect();
      await within(listening.finish(), deadlineMs);
    },
  };
}

function checkSettings({ slack, publicUrl, encryptionKey }: Settings, receives: boolean): void {
  const problems: string[] = [];
  const need = (value: string | null, name: string, why: string) => {
    if (!value) problems.push(`${name} is missing: ${why}`);
  };
  if (!slack.botToken) {
    need(slack.clientId, 'SLACK_BOT_TOKEN', 'it is the token of your workspace, starting with xoxb-');
    need(slack.clientSecret, 'SLACK_CLIENT_SECRET', 'many workspaces install the app with it');
    need(encryptionKey, 'ENCRYPTION_KEY', 'tokens of many workspaces are stored, and only sealed');
    if (receives) need(publicUrl, 'PUBLIC_URL', 'Slack sends people back there after installing');
  }
  if (receives && !slack.appToken) {
    const why = 'set SLACK_APP_TOKEN for Socket Mode, or the signing secret for HTTP';
    need(slack.signingSecret, 'SLACK_SIGNING_SECRET', why);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
}

function tokensByInstallation(
  config: Settings,
  bot: Bot,
  options: ReturnType<typeof clientOptions>,
  pages: Hono | null,
): Tokens {
  const { apiUrl, clientId, clientSecret } = config.slack;
  const { database, realClock, log } = bot.tools;
  const secrets = makeSecrets(config.encryptionKey ?? '', config.oldEncryptionKeys);
  const client = { clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
  const tokens = storedTokens({ database, realClock, secrets, log, options, ...client });
  if (pages) {
    const installations = installationStore(bot.tools, secrets, tokens);
    const states = stateStore(database);
    const publicUrl = config.publicUrl ?? '';
    pages.route('/', installPages({ ...client, publicUrl, apiUrl, installations, states, options }));
  }
  return tokens;
}

function openSocket(appToken: string, apiUrl: string | null, bot: Bot): SocketModeReceiver {
  const { log } = bot.tools;
  const { logger, ...options } = clientOptions(apiUrl, log);
  const receiver = new SocketModeReceiver({
    appToken,
    ...(logger ? { logger } : {}),
    installerOptions: {
      clientOptions: {
        ...options,
        rejectRateLimitedCalls: false,
        // Asking for a connection has no queue to wait in. When this gave up, the library would end the process.
        retryConfig: { forever: true, factor: 1.5, minTimeout: 500, maxTimeout: 30_000 },
      },
    },
  });
  const { init } = receiver;
  receiver.init = (app) => init.call(receiver, ackLate(app) as App);
  return receiver;
}
