import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { makeDatabase, onServer } from '../support/database.ts';
import { openDiscordPeer } from '../support/discord/peer.ts';
import { type RunningBot, runBot } from '../support/run-bot.ts';
import { openSlackPeer } from '../support/slack/peer.ts';
import { until } from '../support/until.ts';

/** Each is told from everything else by a word of its own. */
const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-sekret-bot-token',
  SLACK_APP_TOKEN: 'xapp-sekret-app-token',
  SLACK_SIGNING_SECRET: 'sekret-signing',
  SLACK_CLIENT_SECRET: 'sekret-client',
  DISCORD_TOKEN: 'c2VrcmV0.sekret.discord-token',
  ENCRYPTION_KEY: Buffer.from('sekret-encryption-key-0123456789').toString('base64'),
  ENCRYPTION_KEY_OLD: Buffer.from('sekret-older-key-01234567890123!').toString('base64'),
  CONSOLE_PASSWORD: 'sekret-console-password',
  METRICS_TOKEN: 'sekret-metrics-token',
} as const;
const databaseUser = 'careful';
const databasePassword = 'sekret-database-password';

let database: Awaited<ReturnType<typeof makeDatabase>>;
let slack: Awaited<ReturnType<typeof openSlackPeer>>;
let discord: Awaited<ReturnType<typeof openDiscordPeer>>;
let bot: RunningBot | null = null;

beforeAll(async () => {
  database = await makeDatabase();
  await onServer(database.url, `create role ${databaseUser} superuser login password '${databasePassword}'`);
  // Discord knows none of these tokens, Slack only one, and that only for the start.
  slack = await openSlackPeer();
  discord = await openDiscordPeer();
});
afterEach(async () => {
  await bot?.end();
  bot = null;
});
afterAll(async () => {
  await slack.close();
  await discord.close();
  await database.drop();
  await onServer(inject('serverUrl'), `drop role ${databaseUser}`);
});

/** The lowest level there is: whatever the bot ever writes, it writes now. */
function run(more: Readonly<Record<string, string>>): RunningBot {
  const own = { ...secrets, LOG_LEVEL: 'debug', DATABASE_URL: withPassword(database.url), ...more };
  bot = runBot({ SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl, ...own });
  return bot;
}

function withPassword(url: string): string {
  const made = new URL(url);
  made.username = databaseUser;
  made.password = databasePassword;
  return made.toString();
}

/** Each secret holds the word, but for those in base64; and each might stand in an address or in base64 itself. */
function findSecrets(output: string): string[] {
  const plain = [...Object.values(secrets), databasePassword];
  const forms = plain.flatMap((each) => [
    each,
    encodeURIComponent(each),
    Buffer.from(each).toString('base64'),
  ]);
  return [...new Set(['sekret', ...forms])].filter((form) => output.includes(form));
}

test('nothing that is kept secret is written when everything goes wrong that can', async () => {
  slack.tokens.add(secrets.SLACK_BOT_TOKEN);
  const { url, output } = run({ RUN: 'console,jobs,slack', WEB_HOST: '127.0.0.1', SLACK_APP_TOKEN: '' });
  const at = await url;
  if (at === null) throw new Error(`It did not start:\n${output()}`);
  slack.tokens.delete(secrets.SLACK_BOT_TOKEN);
  const wrong = [
    fetch(`${at}/metrics`, { headers: { authorization: 'Bearer wrong' } }),
    fetch(`${at}/login`, { method: 'POST', body: new URLSearchParams({ password: 'wrong' }) }),
    fetch(`${at}/api/state`),
    fetch(`${at}/slack/events`, { method: 'POST', body: 'command=%2Fcoalition' }),
  ];
  for (const response of await Promise.all(wrong)) expect(response.status).toBeGreaterThanOrEqual(300);
  // A command that Slack really signed: to answer it takes the token, which Slack refuses.
  for (const text of ['help', 'setup']) {
    const body = new URLSearchParams({
      command: '/coalition',
      text,
      trigger_id: '1.2.3',
      team_id: slack.team.id,
      team_domain: 'x',
      user_id: 'U0ANA00001',
      user_name: 'ana',
      channel_id: 'C0GENERAL1',
      channel_name: 'general',
      api_app_id: slack.appId,
      response_url: 'http://127.0.0.1:9/nobody-listens-here',
    }).toString();
    const time = String(Math.floor(Date.now() / 1000));
    const made = createHmac('sha256', secrets.SLACK_SIGNING_SECRET)
      .update(`v0:${time}:${body}`)
      .digest('hex');
    const response = await fetch(`${at}/slack/events`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': time,
        'x-slack-signature': `v0=${made}`,
      },
    });
    expect(response.status).toBe(200);
  }
  await until('something has gone wrong', () => /slack\./.test(output()), 20_000);
  await bot?.end();
  expect(output()).toMatch(/"level":(40|50)/);
  expect(findSecrets(output())).toEqual([]);
}, 120_000);

test.each<[string, Readonly<Record<string, string>>]>([
  ['a token that Discord refuses', { RUN: 'discord,jobs' }],
  ['an app token that Slack refuses', { RUN: 'slack', SLACK_SIGNING_SECRET: '' }],
  [
    'a key that is too short',
    { RUN: 'slack,jobs', SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '1.2', ENCRYPTION_KEY: 'sekret' },
  ],
  ['a password that is too short', { CONSOLE_PASSWORD: 'sekret', METRICS_TOKEN: 'sekret' }],
  ['a console for everybody without one', { WEB_HOST: '0.0.0.0', CONSOLE_PASSWORD: '', RUN: 'console' }],
  ['a database that is not there', { DATABASE_URL: withPassword('postgresql://bot@127.0.0.1:9/bot') }],
  ['an address that is none', { DATABASE_URL: `postgresql://bot:${databasePassword}@[::bad/bot` }],
  ['another kind of address', { DATABASE_URL: `mysql://bot:${databasePassword}@127.0.0.1/bot` }],
])(
  '%s is told without it',
  async (_, env) => {
    const { output, url } = run(env);
    // What is wrong is found out at start, or by those who stay: then they have said so.
    if ((await url) !== null) await until('it says so', () => /"level":(40|50)/.test(output()), 30_000);
    await bot?.end();
    expect(output().trim()).not.toBe('');
    expect(findSecrets(output())).toEqual([]);
  },
  90_000,
);
