import { PermissionsBitField } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inviteLink } from '../../../adapters/discord/accounts.ts';
import { openDiscord, openDiscordMessenger } from '../../../adapters/discord/main.ts';
import { ConfigError, readConfig } from '../../../src/config.ts';
import { type DiscordBot, openDiscordBot } from '../../support/discord/bot.ts';
import { until } from '../../support/until.ts';

let bot: DiscordBot;
beforeEach(async () => {
  bot = await openDiscordBot();
  await bot.setUp('Ana');
});
afterEach(async () => {
  expect(bot.peer.violations).toEqual([]);
  await bot.end();
});

/** The bits of the gateway's intents: 1 is GUILDS, and nothing else is asked for. */
const guildsOnly = 1;

test('the bot asks for servers only, and for the permissions it uses', () => {
  expect(bot.peer.gateway.identified.map(({ intents }) => intents)).toEqual([guildsOnly]);
  const [line = ''] = bot.said;
  const link = new URL(line.slice(line.indexOf('https://')));
  expect(link.searchParams.get('client_id')).toBe(bot.peer.world.applicationId);
  expect(link.searchParams.get('scope')).toBe('bot applications.commands');
  const permissions = new PermissionsBitField(BigInt(link.searchParams.get('permissions') ?? 0));
  expect(permissions.toArray().sort()).toEqual([
    'AttachFiles',
    'EmbedLinks',
    'SendMessages',
    'SendMessagesInThreads',
    'ViewChannel',
  ]);
  expect(inviteLink('1')).not.toContain('administrator');
});

test('what was asked while the connection was cut is answered after it', async () => {
  bot.peer.gateway.cut();
  const reply = await bot.as('Ana').runs('/sample refused');
  expect(reply.text).toContain('Not today');
  expect(bot.peer.gateway.resumed).toBe(1);
});

const workspace = () => bot.database.workspace.findFirstOrThrow({ where: { ref: bot.guild.id } });
const tasks = () => bot.database.staffTask.findMany({ where: { kind: 'workspace-removed' } });

/** Does something on the gateway that is answered by nothing, and waits until it was dealt with. */
async function after(happens: () => void): Promise<void> {
  happens();
  const helper = bot.peer.addGuild('Elsewhere', ['lobby']);
  await bot.as('Zoe', { guildId: helper.id }).runs('/sample refused');
}

test('a bot that is removed from a server stops sending there and tells staff how to mend it', async () => {
  await after(() => bot.peer.gateway.dispatch('GUILD_DELETE', { id: bot.guild.id }, bot.guild.id));
  expect((await workspace()).removedAt).not.toBeNull();
  const [task] = await tasks();
  expect(JSON.stringify(task?.text)).toContain('oauth2/authorize');
  const reply = await bot.as('Ana').runs('/sample refused');
  expect(reply.text).toContain('Not today');

  const guild = bot.peer.world.guilds.get(bot.guild.id);
  if (!guild) throw new Error('No guild');
  await after(() => bot.peer.joinGuild(bot.guild.id));
  expect((await workspace()).removedAt).toBeNull();
  expect((await tasks()).filter(({ doneAt }) => doneAt === null)).toEqual([]);
});

test('a server that is only away for a while is not taken for gone', async () => {
  await after(() =>
    bot.peer.gateway.dispatch('GUILD_DELETE', { id: bot.guild.id, unavailable: true }, bot.guild.id),
  );
  expect((await workspace()).removedAt).toBeNull();
});

test('a server that was left while nobody listened is found out at the next start', async () => {
  await bot.disconnect();
  const guild = bot.peer.world.guilds.get(bot.guild.id);
  bot.peer.world.guilds.delete(bot.guild.id);
  await bot.connect();
  expect((await workspace()).removedAt).not.toBeNull();
  await bot.disconnect();
  if (guild) bot.peer.world.guilds.set(bot.guild.id, guild);
  await bot.connect();
  expect((await workspace()).removedAt).toBeNull();
});

test('stopping finishes what is being answered', async () => {
  const answering = bot.as('Ana').runs('/sample everything');
  await bot.peer.changed();
  await bot.disconnect();
  expect((await answering).text).toContain('Every part');
  expect(bot.said.join()).not.toContain('closed the connection');
});

test('a connection that Discord ends for good is told in a sentence', async () => {
  bot.peer.gateway.closeWith(4014);
  await until('the sentence about it', () => bot.said.join().includes('code 4014'));
});

test('a token that Discord does not know stops the start with a sentence about it', async () => {
  const settings = { token: 'wrong', apiUrl: bot.peer.apiUrl, shards: null };
  const messenger = openDiscordMessenger(settings, bot.tools);
  const opening = openDiscord({ bot, messenger, settings, tell: () => {} });
  await expect(opening).rejects.toThrow(ConfigError);
  await expect(opening).rejects.toThrow('DISCORD_TOKEN');
});

test('a connection that Discord refuses for good stops the start with a sentence, and is not tried again', async () => {
  await bot.disconnect();
  const before = bot.peer.gateway.identified.length;
  bot.peer.gateway.refuseNext(4011);
  const opening = bot.connect();
  await expect(opening).rejects.toThrow(ConfigError);
  await expect(opening).rejects.toThrow('code 4011');
  expect(bot.peer.gateway.identified.length).toBe(before);
});

test.each([
  ['is out of order', { fault: 'status', status: 503 }],
  ['cannot be reached', { fault: 'cut' }],
] as const)(
  'while Discord %s, the start goes on without it, and people are answered once it is back',
  async (_, fault) => {
    await bot.disconnect();
    bot.peer.faults.next('GET', '/gateway/bot', fault, 1000);
    await bot.connect();
    expect(bot.isAway()).toBe(true);
    expect(bot.said.at(-1)).toContain('Discord is out of reach');
    await until('it has tried more than once', () => eventsOf('discord.out-of-reach') > 1);
    bot.peer.faults.behave();
    await until('it is connected', () => !bot.isAway());
    expect((await bot.as('Ana').runs('/sample refused')).text).toContain('Not today');
  },
);

const eventsOf = (name: string) => bot.log.lines.filter(({ event }) => event === name).length;

test('commands that could not be registered at the start are registered later, and nobody waits for them', async () => {
  await bot.disconnect();
  bot.peer.world.commands = [];
  bot.peer.faults.next('PUT', '/commands', { fault: 'status', status: 503 }, 1000);
  await bot.connect();
  expect(bot.isAway()).toBe(false);
  expect((await bot.as('Ana').runs('/sample refused')).text).toContain('Not today');
  expect(bot.peer.world.commands).toEqual([]);
  bot.peer.faults.behave();
  await until('they are there', () => bot.peer.world.commands.length > 0);
});

test('a process with some of the shards leaves the servers and the commands of the others alone', async () => {
  await bot.disconnect();
  // The bot was removed from both of these while nobody listened. A server's shard is in its id, above 22 bits.
  const [ofFirst, ofSecond] = [String(2n << 22n), String(3n << 22n)];
  const at = new Date();
  const { coalitionId } = await workspace();
  const rows = [ofFirst, ofSecond].map((ref) => ({ coalitionId, platform: 'discord', ref, name: ref }));
  await bot.database.workspace.createMany({ data: rows.map((row) => ({ ...row, createdAt: at })) });
  bot.peer.world.commands = [];
  const before = bot.peer.requests.length;
  await bot.connect({ ids: [1], total: 2 });
  expect(bot.peer.gateway.identified.at(-1)?.shard).toEqual([1, 2]);
  const removedAt = async (ref: string) =>
    (await bot.database.workspace.findFirstOrThrow({ where: { ref } })).removedAt;
  expect(await removedAt(ofFirst)).toBeNull();
  expect(await removedAt(ofSecond)).not.toBeNull();
  const since = bot.peer.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  expect(since).toEqual(['GET /gateway/bot']);
});

test('shards are chosen in the settings, and only those there are', () => {
  const env = { RUN: 'discord', DISCORD_TOKEN: 'x', DISCORD_SHARDS: '2-3/8' };
  expect(readConfig('/nowhere', env).discord.shards).toEqual({ ids: [2, 3], total: 8 });
  expect(() => readConfig('/nowhere', { ...env, DISCORD_SHARDS: '7-8/8' })).toThrow('from 0 to 7');
  expect(() => readConfig('/nowhere', { ...env, DISCORD_SHARDS: 'all' })).toThrow('DISCORD_SHARDS');
});
