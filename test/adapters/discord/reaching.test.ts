import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { shown } from '../../../src/core/answer.ts';
import { card, paragraph } from '../../../src/core/card.ts';
import { defineCommand, defineFeature } from '../../../src/core/command.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import type { Coalition } from '../../../src/core/who.ts';
import { wordsIn } from '../../../src/core/words.ts';
import { findDirectWorkspace } from '../../../src/identity/direct-workspace.ts';
import { placeField } from '../../../src/identity/fields.ts';
import { type DiscordBot, openDiscordBot } from '../../support/discord/bot.ts';
import { readable } from '../../support/discord/person.ts';
import { until } from '../../support/until.ts';

let bot: DiscordBot;
beforeAll(async () => {
  bot = await openDiscordBot();
  await bot.setUp('Ana');
});
afterAll(() => bot.end());
afterEach(() => expect(bot.peer.violations.splice(0)).toEqual([]));

const wordFor = (personId: string) =>
  bot.peer.messagesIn(`@${personId}`).find(({ body }) => readable(body) === '## A word for you');
const general = () => bot.guild.channels.general ?? '';
const tasks = (kind: string) => bot.database.staffTask.findMany({ where: { kind, doneAt: null } });

test('somebody gets a direct message, and can press what stands in it', async () => {
  const ana = bot.as('Ana');
  await ana.runs('/sample tell', { who: ana.id });
  await bot.settle();
  const direct = wordFor(ana.id);
  if (!direct) throw new Error('No direct message');
  // A right that only a member of this coalition has, asked for without Discord naming the server.
  const pressed = await ana.pressesId('sample.count', direct);
  expect(pressed.acknowledged).toBe(6);
  expect(pressed.follows).toEqual([]);
});

test('a stranger who presses something in a direct message is told where to go', async () => {
  const zoe = bot.as('Zoe');
  const channel = bot.peer.world.snowflake();
  bot.peer.world.direct.set(zoe.id, channel);
  const direct = wordFor(bot.as('Ana').id);
  if (!direct) throw new Error('No direct message');
  const pressed = await zoe.pressesId('sample.private', { ...direct, channelId: channel });
  expect(pressed.text).toContain('can’t tell which coalition');
});

test('a person in two coalitions presses in the one whose message it is', async () => {
  const ana = bot.as('Ana');
  const at = new Date();
  const other = await bot.database.coalition.create({
    data: { name: 'Other', timeZone: 'UTC', createdAt: at },
  });
  const workspace = await bot.database.workspace.create({
    data: {
      coalitionId: other.id,
      platform: 'discord',
      ref: '99999999999999999',
      name: 'Other',
      createdAt: at,
    },
  });
  const member = await bot.database.member.create({
    data: {
      coalitionId: other.id,
      name: 'Ana',
      standing: 'member',
      language: 'en',
      timeZone: 'UTC',
      joinedAt: at,
    },
  });
  await bot.database.account.create({
    data: {
      coalitionId: other.id,
      workspaceId: workspace.id,
      memberId: member.id,
      ref: ana.id,
      name: 'Ana',
      reachedAt: new Date(at.getTime() + 60_000),
    },
  });
  const direct = wordFor(ana.id);
  const find = (messageRefs: string[]) =>
    findDirectWorkspace(bot.database, { platform: 'discord', messageRefs, accountRef: ana.id });
  expect((await find([direct?.id ?? '']))?.ref).toBe(bot.guild.id);
  expect((await find([]))?.ref).toBe(workspace.ref);
  await bot.database.coalition.delete({ where: { id: other.id } });
});

test('a channel that refuses the bot becomes a task that names the missing permission', async () => {
  bot.peer.world.forbidden.set(general(), 50013);
  await bot.as('Ana').runs('/sample live', { where: general() });
  await bot.settle();
  bot.peer.world.forbidden.delete(general());
  const [task] = await tasks('place-unreachable');
  expect(JSON.stringify(task?.text)).toContain('missing: Send Messages');
});

test('a person whose direct messages are closed is recorded as unreachable, and nothing crashes', async () => {
  const ana = bot.as('Ana');
  bot.peer.world.closedDirect.add(ana.id);
  await ana.runs('/sample tell', { who: ana.id });
  await bot.settle();
  bot.peer.world.closedDirect.delete(ana.id);
  const account = await bot.database.account.findFirstOrThrow({ where: { ref: ana.id } });
  expect(account.unreachableWhy).toBe('direct-messages-closed');
  expect((await ana.runs('/sample refused')).text).toContain('Not today');
});

test('when news cannot reach a person, staff are told who it is and why', async () => {
  const { database, tools } = bot;
  const ana = bot.as('Ana');
  // Whatever the time is where this runs, they may be contacted.
  await database.coalition.updateMany({
    data: { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] },
  });
  const account = { ref: ana.id, workspace: { ref: bot.guild.id } };
  await database.account.updateMany({ where: account, data: { unreachableSince: null } });
  const found = await database.account.findFirstOrThrow({
    where: account,
    include: { workspace: { include: { coalition: true } } },
  });
  bot.peer.world.closedDirect.add(ana.id);
  await tools.write((writing) =>
    tools.outreach.reach(writing, {
      coalition: found.workspace.coalition as unknown as Coalition,
      ...{ member: found.memberId as MemberId, kind: 'neutral', from: 'sample', subject: 'news' },
      card: card(paragraph(['News'])),
      why: ['because it is tried'],
    }),
  );
  await until('staff are told', async () => {
    await bot.sweep();
    return (await tasks('member-unreachable')).length > 0;
  });
  bot.peer.world.closedDirect.delete(ana.id);
  const [task] = await tasks('member-unreachable');
  expect(JSON.stringify(task?.text)).toContain('Ana');
  expect(JSON.stringify(task?.text)).toContain('direct messages are closed to me');
});

test('a forged button, and a member’s button pressed by a stranger, are refused privately', async () => {
  const loud = await bot.as('Ana').runs('/sample announce', { title: 'Look' });
  if (!loud.message) throw new Error('No message');
  const forged = await bot.as('Ana').pressesId('sample.nothing:here', loud.message);
  expect(forged.text).toContain('older message');
  expect(forged.message?.ephemeral).toBe(true);
  const elsewhere = bot.peer.addGuild('Elsewhere', ['lobby']);
  const zoe = bot.as('Zoe', { guildId: elsewhere.id });
  const refused = await zoe.pressesId('sample.count', loud.message);
  expect(refused.text).toContain('There is no coalition here yet');
  expect(refused.follows[0]?.ephemeral).toBe(true);
  expect(loud.message.edits).toBe(0);
});

test('a channel that is picked is known by its name', async () => {
  const remember = defineCommand({
    name: 'place remember',
    answers: 'privately',
    by: 'visitor',
    options: { where: placeField() },
    run: async ({ options }) => shown(card(paragraph([`It is ${options.where.name}`]))),
  });
  const say = wordsIn({ 'command.place.remember': 'Remember', 'command.place.remember.where': 'Where' });
  const other = await openDiscordBot({
    features: [defineFeature({ name: 'place', say, commands: [remember] })],
  });
  await other.setUp('Ana');
  const lobby = other.peer.addChannel(other.guild.id, 'lobby');
  const reply = await other.as('Ana').runs('/place remember', { where: lobby });
  expect(reply.text).toBe('It is lobby');
  await other.end();
});
