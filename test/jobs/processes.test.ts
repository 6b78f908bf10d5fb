import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBot } from '../../bot.ts';
import { card, heading } from '../../src/core/card.ts';
import { type CoalitionId, newId, type PlaceId, type WorkspaceId } from '../../src/core/ids.ts';
import { makeDatabase } from '../support/database.ts';
import { openDiscordPeer } from '../support/discord/peer.ts';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { silentLog } from '../support/silent-log.ts';
import { until } from '../support/until.ts';
import { wrongClock } from '../support/wrong-clock.ts';

/** Several real processes on one database, as somebody runs them who splits the work. */
let database: Awaited<ReturnType<typeof makeDatabase>>;
const running: BotProcess[] = [];

beforeEach(async () => {
  database = await makeDatabase();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot.end('SIGKILL');
  await database.drop();
});

async function start(run: string, env: Record<string, string> = {}): Promise<BotProcess> {
  const bot = await startBotProcess({ DATABASE_URL: database.url, RUN: run, ...env });
  running.push(bot);
  return bot;
}

test('a process that does jobs alone brings the digest to the console of another, at the time shown there', async () => {
  const shown = await start('console');
  await start('jobs');
  const say = (text: string) => shown.post('/api/say', { as: 'mara-quill', in: 'general', text });
  const announcement = 'The reading tent comes to the summer fair.';
  await say('/digest schedule thursday 09:00 #announcements');
  await say(`/digest announce ${announcement}`);
  await shown.moveClock('next-day');
  for (let day = 0; day < 7; day += 1) await shown.moveClock('next-day');
  await until(
    'the digest',
    async () =>
      (await shown.messages('mara-quill', 'announcements')).some(({ text }) => text.includes(announcement)),
    60_000,
  );
}, 180_000);

test('two processes of one Discord bot share its requests, also where the clock of one is an hour ahead', async () => {
  const peer = await openDiscordPeer();
  const names = Array.from({ length: 150 }, (_, index) => `channel-${index}`);
  const guild = peer.addGuild('Ready by Five', names);
  const limit = peer.limitRequests(50);
  const { url: databaseUrl } = database;
  const bot = await openBot({ databaseUrl, redisUrl: null, log: silentLog, features: [] });
  const [coalitionId, workspaceId] = [newId<CoalitionId>(), newId<WorkspaceId>()];
  const createdAt = new Date();
  await bot.database.coalition.create({
    data: { id: coalitionId, name: 'Ready by Five', timeZone: 'UTC', createdAt },
  });
  await bot.database.workspace.create({
    data: { id: workspaceId, coalitionId, platform: 'discord', ref: guild.id, name: 'Ours', createdAt },
  });
  const places = names.map((name) => ({ id: newId<PlaceId>(), name, ref: guild.channels[name] ?? '' }));
  await bot.database.place.createMany({
    data: places.map((place) => ({ ...place, coalitionId, workspaceId })),
  });
  await bot.tools.write(async (writing) => {
    for (const { id, name } of places) {
      const message = { key: `hello-${name}`, card: card(heading(`Hello, ${name}`)) };
      await bot.tools.delivery.post(writing, {
        why: ['because it is tried'],
        coalitionId,
        to: { place: id },
        ...message,
      });
    }
  });

  const discord = { DISCORD_TOKEN: peer.world.token, DISCORD_API_URL: peer.apiUrl, JOBS_CONCURRENCY: '20' };
  await Promise.all([start('jobs', discord), start('jobs', { ...discord, ...wrongClock(3_600_000) })]);
  const standing = () => [...peer.world.messages.values()];
  await until('every message stands', () => standing().length >= names.length, 90_000);
  await bot.close(5000);
  await peer.close();
  expect(new Set(standing().map(({ channelId }) => channelId)).size).toBe(names.length);
  expect(standing()).toHaveLength(names.length);
  // Each process by itself would send 50 in a second, so half of all would be refused. A busy machine may bunch some.
  expect(limit.refused).toBeLessThan(15);
}, 180_000);
