import type { Slack } from '../../../adapters/slack/main.ts';
import { type Bot, openBot } from '../../../bot.ts';
import type { Feature } from '../../../src/core/command.ts';
import { features as allFeatures } from '../../../src/features/all.ts';
import type { AdapterUnderTest } from '../../adapters/contract.ts';
import { makeDatabase } from '../database.ts';
import { makeKeptLog } from '../silent-log.ts';
import { type Deliver, deliverByHttp, deliverBySocket, signingSecret } from './deliver.ts';
import { openSlackPeer, type SlackPeer } from './peer.ts';
import { makeSlackPerson, type SlackPerson } from './person.ts';
import { drawReceipt } from './receipt.ts';
import { startSlack } from './start.ts';
import type { PeerUser } from './web-methods.ts';

export type SlackUnderTest = Omit<AdapterUnderTest, 'person'> & {
  readonly bot: Bot;
  readonly peer: SlackPeer;
  readonly slack: Slack;
  readonly deliver: Deliver;
  readonly webUrl: string;
  readonly databaseUrl: string;
  person(name: string, more?: { kind?: PeerUser['kind']; team?: string }): SlackPerson;
};

/** The whole bot with real Bolt, against a Slack of our own on the loopback address. */
export async function openSlackUnderTest(of: {
  features?: readonly Feature[];
  by: 'http' | 'socket';
  /** One workspace by its token, unless these say otherwise. */
  env?: Record<string, string>;
  prepare?(peer: SlackPeer): void;
}): Promise<SlackUnderTest> {
  const peer = await openSlackPeer();
  peer.channels.set('C0GENERAL1', { name: 'general', member: true, archived: false });
  of.prepare?.(peer);
  const { url: databaseUrl, drop } = await makeDatabase();
  const log = makeKeptLog();
  const bot = await openBot({
    databaseUrl,
    redisUrl: null,
    queueName: `slack-${process.pid}-${Date.now().toString(36)}`,
    log,
    features: of.features ?? allFeatures,
    poolSize: 6,
  });
  const { slack, web } = await startSlack(bot, peer, {
    ...of.env,
    ...(of.by === 'socket' ? { SLACK_APP_TOKEN: 'xapp-good' } : { SLACK_SIGNING_SECRET: signingSecret }),
  });
  const deliver = of.by === 'socket' ? deliverBySocket(peer) : deliverByHttp(() => `${web.url}/slack/events`);
  let ended = false;
  peer.onPosted((message) => {
    deliver('events_api', drawReceipt(message, peer)).catch((error: unknown) => {
      // Slack does not wait for an app that is going down, and neither may a test's ending.
      if (!ended) throw error;
    });
  });
  const people = new Map<string, SlackPerson>();

  return {
    bot,
    log,
    peer,
    slack,
    messenger: slack.messenger,
    groups: slack.groups,
    deliver,
    databaseUrl,
    webUrl: web.url,
    channel: 'C0GENERAL1',
    until: peer.until,
    person(name, more = {}) {
      const known = people.get(name);
      if (known) return known;
      const made = makeSlackPerson({ name, peer, deliver, channel: 'C0GENERAL1', ...more });
      people.set(name, made);
      return made;
    },
    startWorker: () => bot.startWorker([slack.messenger], 5, [slack.groups]),
    async end() {
      ended = true;
      await slack.close(5000);
      await web.close();
      await bot.close(5000);
      await peer.close();
      await drop();
    },
  };
}
