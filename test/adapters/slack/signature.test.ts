import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import { type Forgery, sendSigned } from '../../support/slack/deliver.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';

let slack: SlackUnderTest;
beforeAll(async () => {
  slack = await openSlackUnderTest({ features: [makeSampleFeature()], by: 'http' });
});
afterAll(() => slack.end());

const form = 'application/x-www-form-urlencoded';
const send = (fields: Record<string, string>, how: Forgery = {}) =>
  sendSigned(`${slack.webUrl}/slack/events`, form, new URLSearchParams(fields).toString(), how);

function command(trigger: string) {
  const { peer, channel } = slack;
  return {
    command: '/sample',
    text: 'announce title:Signed',
    trigger_id: trigger,
    team_id: peer.team.id,
    team_domain: 'ready',
    user_id: 'U0SIGNER1',
    user_name: 'signer',
    channel_id: channel,
    channel_name: 'general',
    response_url: peer.newResponseUrl({ channel, userId: 'U0SIGNER1', message: null }),
  };
}

test('a request that Slack signed now is taken, up to five minutes off in either direction', async () => {
  for (const skewSeconds of [0, -295, 295]) {
    const before = slack.peer.messages.length;
    expect((await send(command(`good${skewSeconds}`), { skewSeconds })).status).toBe(200);
    await slack.until(() => slack.peer.messages.length > before, 'the answer');
  }
});

test.each<[string, Forgery]>([
  ['forged with another secret', { secret: 'another' }],
  ['changed on its way', { tamper: (body) => body.replace('Signed', 'Sinned') }],
  ['six minutes old', { skewSeconds: -360 }],
  ['six minutes from the future', { skewSeconds: 360 }],
  ['without a signature', { signature: '' }],
  ['with a signature cut short', { signature: 'v0=abc' }],
  ['with another version of signature', { signature: `v1=${'0'.repeat(64)}` }],
])('a request %s is refused without a word', async (_, how) => {
  const before = slack.peer.messages.length;
  const { status, body } = await send(command('forged'), how);
  expect({ status, body }).toEqual({ status: 401, body: '' });
  expect(slack.peer.messages.length).toBe(before);
});

test('a request that is replayed is acknowledged and does nothing', async () => {
  const replayed = command('replayed');
  const before = slack.peer.messages.length;
  expect((await send(replayed)).status).toBe(200);
  await slack.until(() => slack.peer.messages.length > before, 'the answer');
  expect((await send(replayed)).status).toBe(200);
  expect((await send(command('another'))).status).toBe(200);
  await slack.until(() => slack.peer.messages.length > before + 1, 'the answer to another');
  expect(slack.peer.messages.length).toBe(before + 2);
});

test('Slack’s question whether we are there is answered, and only to Slack', async () => {
  const asked = JSON.stringify({ type: 'url_verification', challenge: 'say-this' });
  const url = `${slack.webUrl}/slack/events`;
  const { status, body } = await sendSigned(url, 'application/json', asked);
  expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: { challenge: 'say-this' } });
  expect((await sendSigned(url, 'application/json', asked, { secret: 'another' })).body).toBe('');
});

test('what is no request of Slack’s shape is refused, and the next one is taken', async () => {
  const url = `${slack.webUrl}/slack/events`;
  expect((await sendSigned(url, 'application/json', '{"type":')).status).toBe(400);
  expect((await sendSigned(url, form, 'payload=%7B%22type%22')).status).toBe(400);
  expect((await send({ command: '/sample' })).status).toBe(500);
  expect((await sendSigned(url, 'application/json', 'x'.repeat(2_000_000))).status).toBe(413);
  expect((await send(command('after'))).status).toBe(200);
});
