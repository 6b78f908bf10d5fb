import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CoalitionId, MemberId } from '../../../src/core/ids.ts';
import { attention } from '../../../src/features/attention/feature.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { askCard, askingFeature } from '../../support/asking-feature.ts';
import { type Both, openBoth } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

let both: Both;
const slackSays = async (name: string, typed: string) =>
  (await both.next(name, (person) => person.says(typed))).text;

beforeAll(async () => {
  both = await openBoth({ features: [directory, attention, askingFeature, makeSampleFeature()] });
  await both.setUp();
  const { database } = both.bot;
  for (const [platform, ref] of [
    ['slack', both.slack.general],
    ['discord', both.discord.general],
  ] as const) {
    const { id: workspaceId, coalitionId } = await workspaceOn(platform);
    await database.place.create({ data: { coalitionId, workspaceId, ref, name: 'general' } });
  }
  const values = { organisation: 'Hope House', standing: 'member', zone: 'UTC' };
  await both.onDiscord('Ben').fills(values, await both.onDiscord('Ben').runs('coalition join'));
  await both.fillsOnSlack('Cleo', (cleo) => cleo.says('/coalition join'), values);
  // What is told of joining is no part of what is tried here.
  await until('Ben was told that Cleo joined', async () => {
    const told = onDiscord(`@${both.onDiscord('Ben').id}`).some((text) => text.includes('Cleo has joined'));
    return told && (await database.outgoing.count({ where: onItsWay })) === 0;
  });
});
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

const workspaceOn = (platform: string) =>
  both.bot.database.workspace.findFirstOrThrow({ where: { platform } });
const onItsWay = { state: { in: ['waiting', 'sending'] } };
const countTasks = (kind: string) => both.bot.database.staffTask.count({ where: { kind, doneAt: null } });

async function reach(name: string, subject: string): Promise<void> {
  const { database, tools } = both.bot;
  const member = await database.member.findFirstOrThrow({ where: { name } });
  const coalition = await getCoalition(database, member.coalitionId as CoalitionId);
  await tools.write((writing) =>
    tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition,
      member: member.id as MemberId,
      kind: 'give',
      from: 'test',
      subject,
      card: askCard(subject),
    }),
  );
}
const onDiscord = (placeRef: string) =>
  both.discord
    .messagesIn(placeRef)
    .filter(({ ephemeral }) => !ephemeral)
    .map(({ body }) => readable(body));
const onSlack = (channel: string) =>
  both.slack.messages
    .filter((each) => each.channel === channel && each.metadata !== null && !each.gone)
    .map(({ blocks }) => readBlocks(blocks));

test('whoever closed their direct messages is reached again after /coalition me, on either platform', async () => {
  const [ben, cleo] = [both.onDiscord('Ben'), both.onSlack('Cleo')];
  both.discord.world.closedDirect.add(ben.id);
  both.slack.misbehave('conversations.open', { fault: 'refuses', error: 'external_dm_not_allowed' });
  await reach('Ben', 'closed');
  await reach('Cleo', 'closed');
  await until('staff are told of both', async () => (await countTasks('member-unreachable')) === 2);

  both.discord.world.closedDirect.delete(ben.id);
  expect((await ben.runs('coalition me')).text).toContain('I try again with the next one');
  expect(await slackSays('Cleo', '/coalition me')).toContain('I try again with the next one');
  expect(await countTasks('member-unreachable')).toBe(0);
  await reach('Ben', 'open again');
  await reach('Cleo', 'open again');
  await until('both have the next message', () =>
    [onDiscord(`@${ben.id}`), onSlack(cleo.directMessages)].every((texts) =>
      texts.some((text) => text.includes('open again')),
    ),
  );
});

test('a bot that was removed from a server and added again brings its card there up to date', async () => {
  const { slack, discord } = both;
  await slackSays('Ana', `/sample live ${slack.general}`);
  await both.onDiscord('Ben').runs('sample live', { where: discord.general });
  const counts = () =>
    [onSlack(slack.general)[0], onDiscord(discord.general)[0]].map((text = '') =>
      text.includes('Pressed once') ? 1 : Number(/\d+/.exec(text)?.[0]),
    );
  await until('the card stands in both', () => counts().every((count) => count === 1));
  const ana = both.onSlack('Ana');
  const [message] = slack.messages.filter((each) => each.channel === slack.general && each.metadata);
  const card = await slack.until(() => ana.screen().find((seen) => ana.raw(seen) === message), 'the card');
  const [label = ''] = card.buttons;

  // Discord refuses what comes before the gateway has said why.
  discord.world.forbidden.set(discord.general, 50001);
  await ana.presses(label, card);
  await until('the card on Discord was refused', async () => (await countTasks('place-unreachable')) === 1);
  discord.gateway.dispatch('GUILD_DELETE', { id: discord.guildId }, discord.guildId);
  await until('the server is gone', async () => (await workspaceOn('discord')).removedAt !== null);
  await ana.presses(label, card);
  await until('the card on Slack is current', () => counts()[0] === 3);
  expect(counts()).toEqual([3, 1]);

  discord.world.forbidden.delete(discord.general);
  discord.joinGuild(discord.guildId);
  await until('the card on Discord is current', () => counts()[1] === 3);
  expect(await countTasks('workspace-removed')).toBe(0);
});

test('a token of Slack that stops working is found out by a message to somebody and told to staff once', async () => {
  both.slack.tokens.delete('xoxb-good');
  await reach('Cleo', 'withdrawn');
  await reach('Ana', 'withdrawn');
  await until('staff are told', async () => (await countTasks('workspace-removed')) === 1);
  await until('nothing is on its way any more', async () => {
    await both.bot.sweep();
    return (
      (await both.bot.database.outreach.count({ where: { state: 'unreachable', subject: 'withdrawn' } })) ===
        2 && (await both.bot.database.outgoing.count({ where: onItsWay })) === 0
    );
  });
  expect(await countTasks('workspace-removed')).toBe(1);
  expect(await countTasks('member-unreachable')).toBe(0);
  const marked = { unreachableSince: { not: null } };
  expect(await both.bot.database.account.count({ where: marked })).toBe(0);
});
