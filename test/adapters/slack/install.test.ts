import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOptions } from '../../../adapters/slack/client-options.ts';
import { recordRemoved, resealTokens } from '../../../adapters/slack/installation-store.ts';
import { storedTokens } from '../../../adapters/slack/tokens.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { makeSecrets } from '../../../src/secrets.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';
import { until } from '../../support/until.ts';

const key = randomBytes(32).toString('base64');
let slack: SlackUnderTest;
beforeAll(async () => {
  slack = await openSlackUnderTest({
    features: [directory, makeSampleFeature()],
    by: 'http',
    env: {
      SLACK_BOT_TOKEN: '',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'client-secret',
      ENCRYPTION_KEY: key,
      PUBLIC_URL: 'https://bot.example.org',
    },
  });
});
afterAll(() => slack.end());

async function begin(): Promise<{ state: string; cookie: string }> {
  const response = await fetch(`${slack.webUrl}/slack/install`);
  const html = await response.text();
  const address = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const state = new URL(address).searchParams.get('state') ?? '';
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { state, cookie };
}

const comeBack = (state: string, cookie: string, code = 'good-code') =>
  fetch(`${slack.webUrl}/slack/oauth_redirect?code=${code}&state=${state}`, { headers: { cookie } });

const row = () =>
  slack.bot.database.slackInstallation.findUniqueOrThrow({ where: { teamId: slack.peer.team.id } });

function tokens(secrets = makeSecrets(key)) {
  return storedTokens({
    database: slack.bot.database,
    realClock: slack.bot.tools.realClock,
    secrets,
    clientId: '1.2',
    clientSecret: 'client-secret',
    options: clientOptions(slack.peer.apiUrl, slack.log),
    log: slack.log,
  });
}

async function install() {
  const { state, cookie } = await begin();
  const response = await comeBack(state, cookie);
  expect(response.status).toBe(200);
  return { state, cookie };
}

test('a workspace is installed once, in the browser that began, and its token is sealed', async () => {
  const { state, cookie } = await begin();
  const other = await begin();
  expect((await comeBack(state, other.cookie)).status).toBe(400);
  expect((await comeBack('made-up', 'slack-app-oauth-state=made-up')).status).toBe(400);
  expect(await slack.bot.database.slackInstallation.count()).toBe(0);

  const installed = await comeBack(state, cookie);
  expect(installed.status).toBe(200);
  expect(await installed.text()).toContain('/coalition setup');
  const { botToken, refreshToken } = await row();
  expect(botToken).toMatch(/^v1\./);
  for (const token of slack.peer.tokens) expect(`${botToken}${refreshToken}`).not.toContain(token);

  const again = await comeBack(state, cookie);
  expect(again.status).toBe(400);
  expect(await again.text()).not.toContain('error');
});

test('an installation begun too long ago is begun anew', async () => {
  const { state, cookie } = await begin();
  await slack.bot.database.slackInstallState.updateMany({
    data: { createdAt: new Date(Date.now() - 11 * 60_000) },
  });
  expect((await comeBack(state, cookie)).status).toBe(400);
});

test('people of an installed workspace are answered by its own token', async () => {
  await install();
  const ana = slack.person('Ana');
  await ana.says('/sample form');
  await slack.until(() => ana.form(), 'the form, which takes a token to open');
});

test('of several workers, one refreshes a token and both new tokens are stored', async () => {
  await install();
  const before = await row();
  await slack.bot.database.slackInstallation.updateMany({
    data: { tokenExpiresAt: new Date(Date.now() + 60 * 60_000) },
  });
  const asked = () => slack.peer.calls.filter(({ args }) => args.grant_type === 'refresh_token').length;
  const start = asked();
  const workers = Array.from({ length: 4 }, () => tokens());
  const got = await Promise.all(workers.map((worker) => worker.get(slack.peer.team.id)));
  expect(new Set(got).size).toBe(1);
  expect(asked() - start).toBe(1);
  const after = await row();
  expect(after.botToken).not.toBe(before.botToken);
  expect(after.refreshToken).not.toBe(before.refreshToken);
  expect(after.tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 11 * 60 * 60_000);
  expect(slack.peer.tokens.has(got[0] ?? '')).toBe(true);
});

test('while Slack refreshes nothing, the token goes on as long as it lives', async () => {
  await install();
  await slack.bot.database.slackInstallation.updateMany({
    data: { tokenExpiresAt: new Date(Date.now() + 60_000) },
  });
  slack.peer.misbehave('oauth.v2.access', { fault: 'server-error' });
  const token = await tokens().get(slack.peer.team.id);
  expect(slack.peer.tokens.has(token)).toBe(true);

  await slack.bot.database.slackInstallation.updateMany({ data: { tokenExpiresAt: new Date(0) } });
  slack.peer.misbehave('oauth.v2.access', { fault: 'server-error' });
  await expect(tokens().get(slack.peer.team.id)).rejects.toMatchObject({ code: 'busy' });
});

test('a refresh token that Slack no longer takes means that the app has to be installed again', async () => {
  await install();
  await slack.bot.database.slackInstallation.updateMany({ data: { tokenExpiresAt: new Date(0) } });
  slack.peer.refreshTokens.clear();
  await expect(tokens().get(slack.peer.team.id)).rejects.toMatchObject({ code: 'disconnected' });
});

test('the key is rotated: sealed anew, and the old key opens nothing any more', async () => {
  await install();
  const { database } = slack.bot;
  const fresh = randomBytes(32).toString('hex');
  const token = await tokens().get(slack.peer.team.id);
  await expect(tokens(makeSecrets(fresh)).get(slack.peer.team.id)).rejects.toThrow('ENCRYPTION_KEY_OLD');

  expect(await resealTokens(database, makeSecrets(fresh, [key]))).toBe(1);
  expect(await resealTokens(database, makeSecrets(fresh, [key]))).toBe(0);
  expect(await tokens(makeSecrets(fresh)).get(slack.peer.team.id)).toBe(token);
  await expect(tokens(makeSecrets(key)).get(slack.peer.team.id)).rejects.toThrow('sealed with key');
  await resealTokens(database, makeSecrets(key, [fresh]));
});

test('when the app is removed, its tokens go, staff are told, and a late word changes nothing', async () => {
  await install();
  const ana = slack.person('Ana');
  await ana.says('/coalition setup');
  await slack.until(() => ana.modal()?.view.callback_id === 'coalition.setup', 'the form');
  await ana.fills({ name: 'Ready by Five', zone: 'UTC', language: 'en' });
  await slack.until(() => ana.screen().at(-1)?.text.includes('set up'), 'the answer');
  const removed = (type: object, secondsFromNow: number) =>
    slack.deliver('events_api', {
      type: 'event_callback',
      team_id: slack.peer.team.id,
      api_app_id: slack.peer.appId,
      event_id: slack.peer.nextId('Ev'),
      event_time: Math.floor(Date.now() / 1000) + secondsFromNow,
      event: type,
    });
  const { database } = slack.bot;
  const workspace = () => database.workspace.findFirstOrThrow({ where: { platform: 'slack' } });

  await recordRemoved(slack.bot.tools, slack.peer.team.id, new Date(Date.now() - 3_600_000));
  await removed({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }, 1);
  expect((await row()).botToken).not.toBeNull();

  await removed({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['UBOT00001'] } }, 1);
  await removed({ type: 'app_uninstalled' }, 1);
  await until('the workspace is removed', async () => (await workspace()).removedAt !== null);
  expect(await row()).toMatchObject({ botToken: null, refreshToken: null });
  const tasks = await database.staffTask.findMany({ where: { kind: 'workspace-removed', doneAt: null } });
  expect(JSON.stringify(tasks.map(({ text }) => text))).toContain('Install me there again');

  await install();
  expect((await workspace()).removedAt).toBeNull();
  expect(await database.staffTask.count({ where: { kind: 'workspace-removed', doneAt: null } })).toBe(0);
});

test('nothing secret is in the log', async () => {
  const logged = JSON.stringify(slack.log.lines, (_, value) =>
    value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
  );
  for (const secret of [...slack.peer.tokens, 'client-secret', key]) expect(logged).not.toContain(secret);
});
