import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRespond } from '../../../adapters/slack/respond.ts';
import { card, heading } from '../../../src/core/card.ts';
import type { CoalitionId, PlaceId } from '../../../src/core/ids.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import type { SlackPerson } from '../../support/slack/person.ts';
import { openSlackUnderTest, type SlackUnderTest } from '../../support/slack/under-test.ts';
import { until } from '../../support/until.ts';

let slack: SlackUnderTest;
beforeAll(async () => {
  slack = await openSlackUnderTest({ features: [directory, makeSampleFeature()], by: 'http' });
  const ana = slack.person('Ana');
  await ana.says('/coalition setup');
  await slack.until(() => ana.form(), 'the form');
  await ana.fills({ name: 'Ready by Five', zone: 'America/Winnipeg', language: 'en' });
  await slack.until(() => ana.screen().length > 0, 'the answer');
});
afterAll(() => slack.end());

const methods = () => slack.peer.calls.map(({ method }) => method);

test('a form that Slack would not wait for opens with one more click, with what was typed', async () => {
  const late = slack.person('Late');
  late.triggersLive(-1);
  await late.says('/sample announce count:many colour:red');
  const offer = await slack.until(() => late.screen().at(-1), 'the offer');
  expect(offer.private).toBe(true);
  expect(late.form()).toBeNull();

  late.triggersLive(3000);
  await late.presses('Open the form', offer);
  const form = await slack.until(() => late.form(), 'the form');
  expect(form.fields).toMatchObject({ title: '', count: 'many', colour: 'red' });
});

test('a form behind a button opens again by the same button', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample everything');
  const message = await slack.until(
    () => ana.screen().findLast(({ text }) => text.includes('Every part')),
    'it',
  );
  slack.peer.misbehave('views.open', { fault: 'refuses', error: 'expired_trigger_id' });
  const label = message.buttons[3] ?? '';
  const before = ana.screen().length;
  await ana.presses(label, message);
  const offer = await slack.until(() => ana.screen()[before], 'the offer');
  await ana.presses('Open the form', offer);
  const form = await slack.until(() => ana.form(), 'the form');
  expect(form.fields['title-line']).toBe('Spring fair');
  const shown = ana.screen().length;
  await ana.fills({ count: '2', colour: 'red' });
  await slack.until(() => ana.screen()[shown], 'the answer');
});

test('an answer that comes after half an hour goes out by itself, to the same person alone', async () => {
  const ana = slack.person('Ana');
  slack.peer.expireResponseUrls();
  await ana.says('/sample form');
  await slack.until(() => ana.form(), 'the form');
  slack.peer.expireResponseUrls();
  const before = ana.screen().length;
  await ana.fills({ count: '3', colour: 'red' });
  const answer = await slack.until(() => ana.screen()[before], 'the answer');
  expect(methods().at(-1)).toBe('chat.postEphemeral');
  expect(answer.private).toBe(true);
});

test('where the bot is no member of the channel, a late answer becomes a direct message', async () => {
  const ana = slack.person('Ana');
  const channel = slack.peer.channels.get(slack.channel);
  await ana.says('/sample form');
  await slack.until(() => ana.form(), 'the form');
  slack.peer.expireResponseUrls();
  if (channel) channel.member = false;
  const before = ana.screen().length;
  await ana.fills({ count: '3', colour: 'red' });
  const answer = await slack.until(() => ana.screen()[before], 'the answer');
  expect(ana.raw(answer).channel).toBe(ana.directMessages);
  if (channel) channel.member = true;
});

test('whoever Slack tells us nothing about is answered all the same', async () => {
  const stranger = slack.person('Stranger', { kind: 'stranger', team: 'T0OTHER001' });
  await stranger.says('/sample refused');
  const answer = await slack.until(() => stranger.screen().at(-1), 'the answer');
  expect(answer.private).toBe(true);
});

test('somebody of another organisation acts in the bot’s workspace, not in one of theirs', async () => {
  const guest = slack.person('Connect', { team: 'T0OTHER001' });
  await guest.says('/sample gather');
  const answer = await slack.until(() => guest.form() ?? guest.screen().at(-1), 'an answer');
  // Theirs has no coalition; the bot's has, so the form opens.
  expect(answer).toHaveProperty('fields');
});

test('acknowledging does not wait for Slack to say who somebody is', async () => {
  slack.peer.misbehave('users.info', { fault: 'slow', ms: 4000 });
  const slow = slack.person('Slow');
  // Slack gives three seconds, and so does this person.
  await slow.says('/sample refused');
  const answer = await slack.until(() => slow.screen().at(-1), 'the answer');
  expect(answer.private).toBe(true);
});

test('a table put into a form is fetched from Slack, whatever a spreadsheet wrote it in', async () => {
  const ana = slack.person('Ana');
  for (const content of [Buffer.from('name\nCafé\n', 'utf8'), Buffer.from('name\nCafé\n', 'latin1')]) {
    await ana.says('/sample gather');
    await slack.until(() => ana.form(), 'the form');
    const before = ana.screen().length;
    await ana.fillsFile('table', 'partners.csv', content);
    const answer = await slack.until(() => ana.screen()[before], 'the answer');
    expect(answer.text).toContain('2');
  }
});

test('a table may be pasted where files are not allowed', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample gather');
  await slack.until(() => ana.form(), 'the form');
  const before = ana.screen().length;
  expect(await ana.fills({ 'table.pasted': 'name\nAna\nBen' })).toBeNull();
  expect((await slack.until(() => ana.screen()[before], 'the answer')).text).toContain('3');
});

test('a file that is elsewhere than with Slack is not fetched, and the token stays here', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample gather');
  await slack.until(() => ana.form(), 'the form');
  const { newFile } = slack.peer;
  const before = ana.screen().length;
  const elsewhere = {
    ...newFile('a.csv', Buffer.from('x')),
    url_private_download: 'http://127.0.0.1:1/steal',
  };
  Object.assign(slack.peer, { newFile: () => elsewhere });
  await ana.fillsFile('table', 'a.csv', Buffer.from('x'));
  Object.assign(slack.peer, { newFile });
  const answer = await slack.until(() => ana.screen()[before], 'the answer');
  expect(answer.text).toContain('could not read a.csv');
});

test('a file in a private answer arrives in the direct messages', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample everything');
  const upload = await slack.until(
    () => [...slack.peer.uploads.values()].findLast(({ channel }) => channel === ana.directMessages),
    'the file',
  );
  expect(upload.name).toBe('names.csv');
  expect(upload.data.toString()).toBe('name\r\nAna\r\n');
});

/** The queue opens as many conversations as Slack takes: the next turn is a moment away. */
async function noTurnBefore(ms: number): Promise<void> {
  const key = `slack-open:${slack.peer.team.id}`;
  const freeAt = new Date(slack.bot.tools.realClock.now().getTime() + ms);
  const row = { key, freeAt };
  await slack.bot.database.sharedPace.upsert({ where: { key }, create: row, update: row });
}

const fileFor = (person: SlackPerson) =>
  [...slack.peer.uploads.values()].find(({ channel }) => channel === person.directMessages);
const tasks = async (kind: string) =>
  JSON.stringify(await slack.bot.database.staffTask.findMany({ where: { kind, doneAt: null } }));

test('while a message to everybody goes out, the file of a private answer waits for its turn', async () => {
  const busy = slack.person('Busy');
  await noTurnBefore(1500);
  slack.peer.misbehave('conversations.open', { fault: 'rate-limited', retryAfterSeconds: 1 });
  await busy.says('/sample everything');
  await slack.until(() => fileFor(busy), 'the file');
  expect(busy.screen().at(-1)?.private).toBe(true);
  expect(slack.log.lines.filter(({ event }) => event.endsWith('-lost'))).toEqual([]);
});

test('when a file can reach nobody, its words stand and staff hear who waits for it', async () => {
  const closed = slack.person('Closed');
  slack.peer.misbehave('conversations.open', { fault: 'refuses', error: 'user_is_restricted' });
  await closed.says('/sample everything');
  await slack.until(() => closed.screen().at(-1), 'the words');
  await until('staff hear of it', async () =>
    (await tasks('file-lost')).includes('Closed was to get a file on Slack'),
  );
  expect(await tasks('answer-lost')).toBe('[]');
});

test('when an answer gets through by no way, staff hear who waits for it', async () => {
  const nowhere = slack.person('Nowhere');
  slack.peer.misbehave('response', { fault: 'server-error' });
  slack.peer.misbehave('chat.postEphemeral', { fault: 'refuses', error: 'not_in_channel' });
  slack.peer.misbehave('conversations.open', { fault: 'refuses', error: 'user_is_restricted' });
  await nowhere.says('/sample refused');
  await until('staff hear of it', async () =>
    (await tasks('answer-lost')).includes('Nowhere asked for something on Slack'),
  );
});

test('when the file of a queued message gets through to nobody, staff hear in which channel', async () => {
  const { tools, database } = slack.bot;
  const { id, coalitionId } = await database.workspace.findFirstOrThrow();
  const place = await database.place.create({
    data: { coalitionId, workspaceId: id, ref: slack.channel, name: 'general' },
  });
  slack.peer.misbehave('files.getUploadURLExternal', { fault: 'refuses', error: 'storage_limit_reached' });
  await tools.write((writing) =>
    tools.delivery.post(writing, {
      coalitionId: coalitionId as CoalitionId,
      to: { place: place.id as PlaceId },
      key: 'with-a-file',
      card: card(heading('With a file'), {
        ...{ part: 'file', name: 'names.csv', mediaType: 'text/csv' },
        content: 'Ana',
      }),
      why: ['because it is tried'],
    }),
  );
  await slack.startWorker();
  await slack.until(() => slack.peer.messages.find(({ text }) => text.includes('With a file')), 'the words');
  await until('staff hear of it', async () => (await tasks('file-lost')).includes('a message in '));
  expect(slack.peer.messages.filter(({ text }) => text.includes('With a file'))).toHaveLength(1);
});

test('mentions in a command reach the fields that want them, and are words elsewhere', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample announce title:Thanks to @ana in #general');
  const answer = await slack.until(() => ana.screen().find(({ text }) => text.includes('Thanks')), 'it');
  expect(answer.text).toContain('Thanks to @ana in #general');
});

test('a response URL takes five answers; the sixth goes to the same person alone, another way', async () => {
  const ana = slack.person('Ana');
  await ana.says('/sample form');
  await slack.until(() => ana.form(), 'the form');
  const { respondUrl } = JSON.parse(String(ana.modal()?.view.private_metadata));
  const respond = makeRespond(slack.peer.apiUrl, slack.log);
  const again = () => respond(respondUrl, Date.now(), { text: 'Once more', response_type: 'ephemeral' });
  for (let time = 1; time <= 5; time += 1) expect(await again()).toBe(true);
  expect(await again()).toBe(false);
  const before = ana.screen().length;
  await ana.fills({ count: '3', colour: 'red' });
  const answer = await slack.until(() => ana.screen()[before], 'the answer');
  expect(methods().at(-1)).toBe('chat.postEphemeral');
  expect(answer.private).toBe(true);
});

test('the App Home shows whoever opens it their place in the coalition', async () => {
  const ana = slack.person('Ana');
  await ana.opensHome();
  await slack.until(() => ana.home() !== '', 'the home');
  for (const words of ['Your place in Ready by Five', 'Backbone staff', 'America/Winnipeg', '[My settings]'])
    expect(ana.home()).toContain(words);
  const visitor = slack.person('Visitor');
  await visitor.opensHome();
  await slack.until(() => visitor.home() !== '', 'the home');
  expect(visitor.home()).toContain('You have not joined yet');
  expect(visitor.home()).toContain('/coalition join');
});

test('what somebody changes from their App Home stands there at once, and the answer is told to them alone', async () => {
  const ana = slack.person('Ana');
  await ana.opensHome();
  await slack.until(() => ana.home().includes('America/Winnipeg'), 'the home');
  await ana.pressesAtHome('My settings');
  await slack.until(() => ana.form(), 'the form');
  const before = ana.screen().length;
  expect(await ana.fills({ zone: 'Europe/Berlin' })).toBeNull();
  await slack.until(() => ana.home().includes('Europe/Berlin'), 'the new home');
  const answer = await slack.until(() => ana.screen()[before], 'the answer');
  expect(ana.raw(answer).channel).toBe(ana.directMessages);
  // What opens no form and says something is told to them alone too, and the home stays.
  const next = ana.screen().length;
  await ana.pressesAtHome('Export what is stored');
  expect(ana.raw(await slack.until(() => ana.screen()[next], 'the export')).channel).toBe(ana.directMessages);
  expect(ana.home()).toContain('Europe/Berlin');
});
