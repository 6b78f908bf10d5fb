import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CoalitionId, MemberId } from '../../src/core/ids.ts';
import { attention } from '../../src/features/attention/feature.ts';
import { directory } from '../../src/features/directory/feature.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { askCard, askingFeature } from '../support/asking-feature.ts';
import { type Both, openBoth } from '../support/both/under-test.ts';
import { readable } from '../support/discord/person.ts';
import { until } from '../support/until.ts';

let both: Both;
const slackSays = async (name: string, typed: string) =>
  (await both.next(name, (person) => person.says(typed))).text;

beforeAll(async () => {
  both = await openBoth({ features: [directory, attention, askingFeature] });
  await both.setUp();
  const ben = both.onDiscord('Ben');
  const form = await ben.runs('coalition join');
  await ben.fills({ organisation: 'Hope House', standing: 'member', zone: 'UTC' }, form);
});
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

async function reach(name: string, subject: string) {
  const { database, tools } = both.bot;
  const member = await database.member.findFirstOrThrow({ where: { name } });
  const coalition = await getCoalition(database, member.coalitionId as CoalitionId);
  await tools.write((writing) =>
    tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition,
      member: member.id as MemberId,
      kind: 'ask',
      from: 'test',
      subject,
      card: askCard(subject),
    }),
  );
}

test('what waited through a pause is one message on each platform, answered part by part where it stands', async () => {
  expect(await slackSays('Ana', '/coalition pause')).toContain('Paused');
  for (const name of ['Ana', 'Ben']) for (const subject of ['one', 'two']) await reach(name, subject);
  await both.bot.sweep();
  expect(await slackSays('Ana', '/coalition resume')).toContain('one message');
  const resuming = { kind: 'outreach.resume', doneAt: null };
  await until('everybody’s message is planned', async () => {
    await both.bot.sweep();
    return (await both.bot.database.timer.count({ where: resuming })) === 0;
  });
  both.goTo(new Date(Date.now() + 2 * 3_600_000));
  await both.bot.sweep();

  const ana = both.onSlack('Ana');
  // On a weekend the note about the link is among them; on a working day it has come before.
  const isJoined = (seen: { text: string }) => /What we need from you: [23] things/.test(seen.text);
  const onSlack = await both.slack.until(() => ana.screen().find(isJoined), 'the message on Slack');
  await ana.presses('Yes to one', onSlack);
  await both.slack.until(() => onSlack.text.includes('one is answered'), 'the answer in its place');
  expect(onSlack.buttons).toContain('Yes to two');
  await ana.presses('Say why two', onSlack);
  await both.slack.until(() => ana.form(), 'the form');
  await ana.fills({ words: 'because' });
  await both.slack.until(() => onSlack.text.includes('two: because'), 'the words in their place');
  expect(onSlack.text).toContain('one is answered');

  const ben = both.onDiscord('Ben');
  const direct = () => both.discord.messagesIn(`@${ben.id}`);
  await until('the message on Discord', () =>
    direct().some(({ body }) => readable(body).includes('2 things')),
  );
  const [onDiscord] = direct();
  if (!onDiscord) throw new Error('No direct message');
  expect(direct()).toHaveLength(1);
  const pressed = await ben.presses('Yes to two', onDiscord);
  expect(pressed.text).toContain('two is answered');
  expect(pressed.text).toContain('What we need from you');
  const form = await ben.presses('Say why one', onDiscord);
  const filled = await ben.fills({ words: 'so it is' }, form);
  expect(filled.text).toContain('one: so it is');
  expect(filled.text).toContain('two is answered');
  expect(direct()).toHaveLength(1);
});
