import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shown } from '../../../src/core/answer.ts';
import { buttons, type Card, card, heading } from '../../../src/core/card.ts';
import { defineButton, defineCommand, defineFeature } from '../../../src/core/command.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import { press } from '../../../src/core/press.ts';
import { wordsIn } from '../../../src/core/words.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';

/** A picture of one dot, which no two tests share unless they mean to. */
const dot = (which: number) =>
  `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, which >> 8, which & 255]).toString('base64')}`;

let which = 0;
const alt = 'Blankets given, month by month';
const chart = (title: string): Card =>
  card(
    heading(title),
    { part: 'image', url: dot(which), alt },
    buttons({ id: again.encode({}), label: 'Draw it again' }),
  );

const again = press('pictures.again', {});
const say = wordsIn({
  'command.chart post': 'Show the chart to the channel',
  'command.chart show': 'Show the chart to me',
});
const pictures = defineFeature({
  name: 'pictures',
  say,
  commands: [
    defineCommand({
      name: 'chart post',
      bare: true,
      answers: 'in-channel',
      by: 'anyone',
      run: async () => shown(chart('For all')),
    }),
    defineCommand({
      name: 'chart show',
      bare: true,
      answers: 'privately',
      by: 'anyone',
      run: async () => shown(chart('For you')),
    }),
  ],
  buttons: [
    defineButton({
      press: again,
      answers: 'by-updating',
      by: 'anyone',
      run: async () => shown(chart('Drawn again')),
    }),
  ],
});

let slack: SlackUnderTest;
beforeAll(async () => {
  slack = await openSlackUnderTest({ features: [directory, pictures], by: 'http' });
});
afterAll(() => slack.end());
beforeEach(() => {
  which += 1;
  slack.peer.behave();
  slack.peer.processing.refusals = 0;
});

const ana = () => slack.person('Ana');
const uploads = () => [...slack.peer.uploads.values()].filter(({ channel }) => channel !== null);
const uploadedHere = () => uploads().filter(({ data }) => dot(which).endsWith(data.toString('base64')));
const imageIn = (blocks: readonly unknown[]) =>
  (blocks as { type: string; slack_file?: { id: string }; alt_text?: string }[]).find(
    ({ type }) => type === 'image',
  );
const to = () => ({ workspaceRef: slack.peer.team.id, placeRef: slack.channel });
const drawn = (title: string) => ({
  card: chart(title),
  reader: { language: 'en', timeZone: 'UTC' },
  accounts: new Map(),
});
let deliveries = 0;
async function post(title: string) {
  deliveries += 1;
  const deliveryId = `00000000-0000-7000-8000-${String(deliveries).padStart(12, '0')}`;
  const { messageRef } = await slack.slack.messenger.post(to(), {
    ...drawn(title),
    deliveryId,
    maybeSent: false,
  });
  const message = slack.peer.messages.find(({ ts }) => messageRef.endsWith(ts));
  if (!message) throw new Error('It does not stand anywhere');
  return { messageRef, message };
}

test('a chart posted to a channel is seen there, with the words for whoever cannot see it', async () => {
  const { message } = await post('June');
  expect(imageIn(message.blocks)).toMatchObject({ slack_file: { id: expect.any(String) }, alt_text: alt });
  expect(uploadedHere()).toHaveLength(1);
  // Shared by the message that shows it, and nowhere else.
  expect(uploadedHere()[0]?.channel).toBe('');
});

test('the same chart drawn again, or in another channel, is not uploaded again; another chart is', async () => {
  const { messageRef, message } = await post('June');
  await post('June too');
  await slack.slack.messenger.redraw(to(), messageRef, drawn('June, corrected'));
  expect(message.text).toContain('June, corrected');
  expect(uploadedHere()).toHaveLength(1);
  const before = imageIn(message.blocks)?.slack_file?.id;
  which += 1;
  await slack.slack.messenger.redraw(to(), messageRef, drawn('July'));
  expect(imageIn(message.blocks)?.slack_file?.id).not.toBe(before);
  expect(uploadedHere()).toHaveLength(1);
});

test('a chart for several channels at once is uploaded once', async () => {
  await Promise.all(['One', 'Two', 'Three'].map(post));
  expect(uploadedHere()).toHaveLength(1);
});

test('Slack takes a moment over a new picture, and the message follows when it is ready', async () => {
  slack.peer.processing.refusals = 2;
  const { message } = await post('June, slowly');
  expect(imageIn(message.blocks)?.slack_file).toBeDefined();
  expect(slack.peer.messages.filter(({ text }) => text === message.text)).toHaveLength(1);
});

test('a picture that Slack does not get ready leaves its words in the message', async () => {
  slack.peer.processing.refusals = 1000;
  const { message } = await post('June');
  expect(imageIn(message.blocks)).toBeUndefined();
  expect(JSON.stringify(message.blocks)).toContain(alt);
}, 30_000);

test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
  'a card stands with the words for its picture when %s is refused',
  async (method) => {
    slack.peer.misbehave(method, { fault: 'refuses', error: 'missing_scope', needed: 'files:write' });
    const { message } = await post('June');
    expect(imageIn(message.blocks)).toBeUndefined();
    expect(JSON.stringify(message.blocks)).toContain(alt);
  },
);

test('too many uploads for now: the card waits for as long as Slack says, and has its picture then', async () => {
  slack.peer.misbehave('files.getUploadURLExternal', { fault: 'rate-limited', retryAfterSeconds: 7 });
  const error = await post('June').catch((reason) => reason);
  expect(error).toBeInstanceOf(PlatformError);
  expect(error).toMatchObject({ code: 'busy', retryAfterMs: 7000 });
  expect(imageIn((await post('June')).message.blocks)).toBeDefined();
});

test('a picture that somebody removed from Slack is uploaded again when its card is drawn again', async () => {
  const { messageRef, message } = await post('June');
  for (const [id, { data }] of slack.peer.uploads) {
    if (dot(which).endsWith(data.toString('base64'))) slack.peer.uploads.delete(id);
  }
  await slack.bot.database.slackPicture.updateMany({
    data: { uploadedAt: new Date('2026-01-01T00:00:00Z') },
  });
  await slack.slack.messenger.redraw(to(), messageRef, drawn('June, corrected'));
  expect(imageIn(message.blocks)?.slack_file).toBeDefined();
  expect(uploadedHere()).toHaveLength(1);
});

test('what is remembered of pictures stays small', async () => {
  const { database } = slack.bot;
  const teamId = slack.peer.team.id;
  const old = Array.from({ length: 600 }, (_, index) => ({
    ...{ teamId, hash: `old-${index}`, fileId: `F${index}` },
    uploadedAt: new Date(Date.UTC(2025, 0, 1) + index),
  }));
  await database.slackPicture.createMany({ data: old });
  await post('June');
  expect(await database.slackPicture.count({ where: { teamId } })).toBe(500);
});

test('an answer for everybody shows its chart to everybody, and changes with it', async () => {
  await ana().says('/chart post');
  const seen = await slack.until(
    () =>
      ana()
        .screen()
        .findLast(({ text }) => text.includes('For all')),
    'it',
  );
  expect(imageIn(ana().raw(seen).blocks)?.slack_file).toBeDefined();
  await ana().presses('Draw it again', seen);
  await slack.until(() => seen.text.includes('Drawn again'), 'the change');
  expect(imageIn(ana().raw(seen).blocks)?.slack_file).toBeDefined();
  expect(uploadedHere()).toHaveLength(1);
});

test('where the bot was not invited, an answer for everybody has the words alone', async () => {
  const general = slack.peer.channels.get(slack.channel);
  if (general) general.member = false;
  const before = ana().screen().length;
  await ana().says('/chart post');
  const seen = await slack.until(() => ana().screen()[before], 'it');
  if (general) general.member = true;
  expect(seen.text).toContain(alt);
  expect(imageIn(ana().raw(seen).blocks)).toBeUndefined();
});

test('an answer to one person names its chart, which goes to their direct messages', async () => {
  await ana().says('/chart show');
  const seen = await slack.until(
    () =>
      ana()
        .screen()
        .findLast(({ text }) => text.includes('For you')),
    'it',
  );
  expect(seen.text).toContain(`${alt} (The picture is in your direct messages from me.)`);
  await slack.until(() => uploadedHere().length === 1, 'the picture');
  expect(uploadedHere()[0]?.channel).toBe(ana().directMessages);
});
