// 2,000 messages into 50 Slack channels through the real queue and the real messenger, to a peer that takes one
// message a second in each, refuses in bursts and cuts 5 % of the connections; beside the fastest that its own rules
// allow. In one process: at 50 sends a second neither the bot nor the peer is short of time.
import { openSlack } from '../adapters/slack/main.ts';
import { type Bot, openBot } from '../bot.ts';
import { readConfig } from '../src/config.ts';
import { card, paragraph } from '../src/core/card.ts';
import { type CoalitionId, newId, type PlaceId, type WorkspaceId } from '../src/core/ids.ts';
import { makeLog } from '../src/log.ts';
import { seeded } from '../test/support/seeded.ts';
import { startWebServer } from '../web/server.ts';
import { openBenchDatabase } from './support/bench-database.ts';
import { type Course, openDeliveryPeer, paceMs, type Taken } from './support/delivery-peer.ts';
import { signed, signingSecret } from './support/sign.ts';

const channelCount = 50;
const perChannel = 40;
const teamId = 'T0BENCH001';
/** Slack's word that a message stands comes so much later. */
const receiptMs = { least: 50, most: 500 };
const giveUpMs = 120_000;

export async function run(): Promise<Record<string, number>> {
  const courses = planCourses(7);
  const database = await openBenchDatabase();
  let deliverReceipt: (message: Taken) => void = () => {};
  const peer = await openDeliveryPeer({
    teamId,
    courses,
    taken: (message) => setTimeout(() => deliverReceipt(message), between(receiptMs.least, receiptMs.most)),
  });
  const log = makeLog('fatal');
  const settings = { databaseUrl: database.url, redisUrl: null };
  const bot = await openBot({ ...settings, log, features: [] });
  const config = readConfig('/nowhere', {
    RUN: 'slack',
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: peer.apiUrl,
  });
  const slack = await openSlack({ bot, config, receives: true });
  const pages = slack.pages ?? undefined;
  const web = await startWebServer({ bot, host: '127.0.0.1', port: 0, ...(pages ? { pages } : {}) });
  deliverReceipt = (message) => void tellOfMessage(`${web.url}/slack/events`, message).catch(() => {});

  await writeMessages(bot, [...courses.keys()]);
  const began = performance.now();
  await bot.startWorker([slack.messenger], config.jobsConcurrency);
  const expected = channelCount * perChannel;
  await untilSettled(bot, began);
  const spans = [...peer.spans];
  const tookMs = Math.max(...spans.map(([, { lastAt }]) => lastAt)) - began;
  const lost = expected - peer.standing.size;
  const duplicates = [...peer.standing.values()].reduce((sum, times) => sum + times - 1, 0);

  await slack.close(5000);
  await web.close();
  await bot.close(5000);
  await peer.close();
  await database.close();

  const ceilingMs = Math.max(...[...courses.values()].map(fastestMs));
  const { refused, cutBefore, cutAfter, tooSoon } = peer.counts;
  console.log(
    `${expected} messages, ${channelCount} channels. Refused with 429: ${refused}; cut before the peer took the message: ${cutBefore}, after: ${cutAfter}; sent too soon by us: ${tooSoon}.`,
  );
  console.log(
    `Ceiling ${(ceilingMs / 1000).toFixed(1)} s: the slowest channel by the peer's own rules, with ${paceMs} ms between two messages, each Retry-After waited for exactly, and what a cut kept from the peer sent again in the same instant, as if one could know. Ours: ${(tookMs / 1000).toFixed(1)} s.`,
  );
  const late = [...peer.lateMs].sort((a, b) => a - b);
  const at = (share: number) => Math.round(late[Math.floor(late.length * share)] ?? 0);
  console.log(
    `A channel stood open for ${at(0.5)} ms (median; p90 ${at(0.9)}, p99 ${at(0.99)}) before the next message came.`,
  );
  const firstMs = Math.max(...spans.map(([, { firstAt }]) => firstAt)) - began;
  const behind = spans
    .map(([id, { firstAt, lastAt }]) => lastAt - firstAt - fastestMs(courses.get(id) as Course))
    .sort((a, b) => a - b);
  console.log(
    `Every channel had its first message after ${Math.round(firstMs)} ms. From there on a channel fell behind its own ceiling by ${Math.round(behind[channelCount / 2] ?? 0)} ms (median), ${Math.round(behind.at(-1) ?? 0)} ms at most.`,
  );
  return { ceilingShare: round(ceilingMs / tookMs), lost, duplicates };
}

/** The same bursts and cuts in every run: each channel loses one message before and one after it was taken. */
function planCourses(seed: number): Map<string, Course> {
  const random = seeded(seed);
  const courses = new Map<string, Course>();
  for (let index = 0; index < channelCount; index += 1) {
    const refusals = new Map<number, number>();
    for (const burst of [8, 20, 31]) if (random() < 0.5) refusals.set(burst, 1 + Math.floor(random() * 4));
    const before = Math.floor(random() * perChannel);
    const after = (before + 1 + Math.floor(random() * (perChannel - 1))) % perChannel;
    const cuts = new Map<number, 'before' | 'after'>([
      [before, 'before'],
      [after, 'after'],
    ]);
    courses.set(`C0BENCH${String(index).padStart(3, '0')}`, { refusals, cuts });
  }
  return courses;
}

/** From the first message's try to the last one's arrival, for a sender that loses no instant. */
function fastestMs({ refusals }: Course): number {
  const waits = [...refusals.values()].reduce((sum, seconds) => sum + seconds * 1000, 0);
  return (perChannel - 1) * paceMs + waits;
}

async function writeMessages(bot: Bot, channels: readonly string[]): Promise<void> {
  const { database, tools } = bot;
  const coalitionId = newId<CoalitionId>();
  const workspaceId = newId<WorkspaceId>();
  const createdAt = new Date();
  await database.coalition.create({
    data: { id: coalitionId, name: 'Ready by Five', timeZone: 'UTC', createdAt },
  });
  await database.workspace.create({
    data: { id: workspaceId, coalitionId, platform: 'slack', ref: teamId, name: 'Ready by Five', createdAt },
  });
  for (const ref of channels) {
    const placeId = newId<PlaceId>();
    await database.place.create({ data: { id: placeId, coalitionId, workspaceId, ref, name: ref } });
    await tools.write(async (writing) => {
      for (let number = 0; number < perChannel; number += 1) {
        await tools.delivery.post(writing, {
          coalitionId,
          to: { place: placeId },
          why: ['measured'],
          key: `bench:${ref}:${number}`,
          card: card(paragraph([`Message ${number}: the shelf at Northside is full again this week.`])),
        });
      }
    });
  }
}

async function untilSettled({ database }: Bot, began: number): Promise<void> {
  for (;;) {
    const waiting = await database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } });
    if (waiting === 0 || performance.now() - began > giveUpMs) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function tellOfMessage(url: string, { deliveryId, channel, ts }: Taken): Promise<void> {
  const body = JSON.stringify({
    type: 'event_callback',
    team_id: teamId,
    api_app_id: 'A0BENCH001',
    event_id: `Ev${deliveryId}`,
    event_time: Math.floor(Date.now() / 1000),
    event: {
      type: 'message_metadata_posted',
      app_id: 'A0BENCH001',
      bot_id: 'BBOT',
      user_id: 'UBOT',
      team_id: teamId,
      channel_id: channel,
      message_ts: ts,
      event_ts: ts,
      metadata: { event_type: 'common_thread_delivery', event_payload: { delivery_id: deliveryId } },
    },
  });
  const response = await fetch(url, { method: 'POST', headers: signed('application/json', body), body });
  await response.arrayBuffer();
}

const between = (least: number, most: number) => least + Math.random() * (most - least);
const round = (value: number) => Math.round(value * 1000) / 1000;
