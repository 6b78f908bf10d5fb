import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSlack } from '../../../adapters/slack/main.ts';
import { readConfig } from '../../../src/config.ts';
import { ExpectedError } from '../../../src/core/errors.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';

let slack: SlackUnderTest;
beforeAll(async () => {
  slack = await openSlackUnderTest({ features: [makeSampleFeature()], by: 'socket' });
});
afterAll(() => slack.end());

test('after Slack closes the connection, a new one is made and commands go on', async () => {
  const ana = slack.person('Ana');
  slack.peer.misbehave('apps.connections.open', { fault: 'server-error' }, 2);
  slack.peer.dropSocket();
  await slack.until(() => slack.peer.socketCount() === 0, 'the connection to close');
  await slack.until(() => slack.peer.socketCount() === 1, 'a new connection');
  await ana.says('/sample refused');
  await slack.until(() => ana.screen().length === 1, 'the answer');
});

test('an envelope that Slack sends again is acknowledged and answered once', async () => {
  const ana = slack.person('Ana');
  const before = ana.screen().length;
  await ana.says('/sample announce title:Once');
  await slack.until(() => ana.screen().length === before + 1, 'the answer');
  await ana.says('', { again: true });
  await ana.says('/sample announce title:Twice');
  await slack.until(() => ana.screen().length === before + 2, 'the next answer');
  expect(ana.screen().filter(({ text }) => text.includes('Once'))).toHaveLength(1);
});

test.each<[string, Record<string, string>, string]>([
  [
    'a bot token that Slack does not take',
    { SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: 'xapp-good' },
    'xoxb-',
  ],
  [
    'an app token that Slack does not take',
    { SLACK_BOT_TOKEN: 'xoxb-good', SLACK_APP_TOKEN: 'xapp-wrong' },
    'xapp-',
  ],
  ['neither an app token nor a signing secret', { SLACK_BOT_TOKEN: 'xoxb-good' }, 'SLACK_SIGNING_SECRET'],
  ['no token at all', { SLACK_APP_TOKEN: 'xapp-good' }, 'SLACK_BOT_TOKEN'],
  [
    'many workspaces and a key that is none',
    {
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 's',
      SLACK_APP_TOKEN: 'xapp-good',
      PUBLIC_URL: 'https://bot.example.org',
      ENCRYPTION_KEY: 'short',
    },
    'openssl rand -base64 32',
  ],
])('%s is told at the start, with what to do', async (_, env, says) => {
  const config = readConfig('/nowhere', { RUN: 'slack', SLACK_API_URL: slack.peer.apiUrl, ...env });
  const starting = openSlack({ bot: slack.bot, config, receives: true }).then((opened) =>
    opened.start().finally(() => opened.close(1000)),
  );
  const error = await starting.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  expect(error.message).toContain(says);
});
