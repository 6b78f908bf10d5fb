// Slack commands over signed HTTP and Discord interactions over the gateway, to an acknowledged and finished answer,
// by the whole bot and by bare Bolt and discord.js handlers that only answer. Each is a process of its own; the load
// and the platforms' side of it are in this one. The two take turns, so that neither has the better minute.
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { stillRightPress } from '../src/features/directory/partners/cards.ts';
import { openBenchDatabase } from './support/bench-database.ts';
import { countUpserts, type Partner, teamId, writeCoalition } from './support/commands-coalition.ts';
import { type CommandsPeer, type Ended, openCommandsPeer } from './support/commands-peer.ts';
import { interactionOf } from './support/discord-interaction.ts';
import { signed } from './support/sign.ts';

const steps = [1, 4, 16];
const warmUp = 400;
const rounds = 9;
const perRound = 800;

type Under = { readonly peer: CommandsPeer; readonly slackUrl: string; readonly child: ChildProcess };
type Kind = 'read' | 'write';
type Platform = 'slack' | 'discord';
type Figures = { ackP99: number; p50: number; perSecond: number };

/** @param options flags for the bot's process, such as --cpu-prof */
export async function run(options: readonly string[]): Promise<Record<string, unknown>> {
  const database = await openBenchDatabase();
  const partners = await writeCoalition(database.url);
  const ours = await start('bot', database.url, options);
  const bare = await start('bare', database.url, []);
  const result: Record<string, unknown> = {};
  let slackWrites = 0;

  console.log('Read: /partners show X. Write: pressing “still right”, each person for their own partner.');
  console.log(
    'Bare: Bolt with its own HTTP receiver and discord.js; ack() and respond(), deferReply or deferUpdate and editReply, with one fixed sentence.',
  );
  for (const platform of ['slack', 'discord'] as const) {
    for (const kind of ['read', 'write'] as const)
      for (const under of [bare, ours]) await load(under, platform, kind, partners, 16, warmUp);
    for (const together of steps) {
      const figures = await measure(platform, { ours, bare }, partners, together);
      const { read, write } = figures;
      console.log(
        `${platform}, ${together} at once: read p50 ${show(read.ours.p50)} ms (bare ${show(read.bare.p50)}), write p50 ${show(write.ours.p50)} ms (bare ${show(write.bare.p50)}), acknowledged p99 ${show(figures.ackOurs)} ms (bare ${show(figures.ackBare)}), writes ${Math.round(write.ours.perSecond)}/s (bare ${Math.round(write.bare.perSecond)}/s), reads ${Math.round(read.ours.perSecond)}/s`,
      );
      result[platform] = {
        ackP99Ratio: round(figures.ackOurs / figures.ackBare),
        readP50Ratio: round(read.ours.p50 / read.bare.p50),
        writeP50Ratio: round(write.ours.p50 / write.bare.p50),
        throughputRatio: round(write.ours.perSecond / write.bare.perSecond),
      };
      if (platform === 'slack') slackWrites = write.ours.perSecond;
    }
  }
  const upserts = await countUpserts(database.url, 16);
  console.log(
    `commitCeilingShare ${round(slackWrites / upserts)}: finished Slack writes over ${Math.round(upserts)} bare prepared upserts/s, 16 connections.`,
  );
  for (const { child, peer } of [ours, bare]) {
    await stop(child);
    await peer.close();
  }
  await database.close();
  return result;
}

async function measure(
  platform: Platform,
  of: { ours: Under; bare: Under },
  partners: readonly Partner[],
  together: number,
) {
  const ended: Record<'ours' | 'bare', Record<Kind, Run[]>> = {
    ours: { read: [], write: [] },
    bare: { read: [], write: [] },
  };
  const count = together === 1 ? perRound / 4 : perRound;
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const kind of ['read', 'write'] as const) {
      for (const who of turn % 2 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
        ended[who][kind].push(await load(of[who], platform, kind, partners, together, count));
      }
    }
  }
  const acks = (who: 'ours' | 'bare') =>
    percentile(
      [...ended[who].read, ...ended[who].write].flatMap(({ acks }) => acks),
      0.99,
    );
  const both = (kind: Kind) => ({ ours: figuresOf(ended.ours[kind]), bare: figuresOf(ended.bare[kind]) });
  return { read: both('read'), write: both('write'), ackOurs: acks('ours'), ackBare: acks('bare') };
}

type Run = { acks: number[]; ends: number[]; perSecond: number };

function figuresOf(runs: readonly Run[]): Figures {
  return {
    ackP99: percentile(
      runs.flatMap(({ acks }) => acks),
      0.99,
    ),
    p50: percentile(
      runs.flatMap(({ ends }) => ends),
      0.5,
    ),
    perSecond: percentile(
      runs.map(({ perSecond }) => perSecond),
      0.5,
    ),
  };
}

let made = 0;

async function load(
  under: Under,
  platform: Platform,
  kind: Kind,
  partners: readonly Partner[],
  together: number,
  count: number,
): Promise<Run> {
  const acks: number[] = [];
  const ends: number[] = [];
  let left = count;
  const began = performance.now();
  async function one(): Promise<void> {
    while (left > 0) {
      left -= 1;
      made += 1;
      const partner = partners[made % partners.length] as Partner;
      const sentAt = performance.now();
      const send = platform === 'slack' ? sendSlack : sendDiscord;
      const ended = await send(under, kind, partner, made);
      acks.push(ended.acknowledgedAt - sentAt);
      ends.push(ended.finishedAt - sentAt);
    }
  }
  await Promise.all(Array.from({ length: together }, one));
  return { acks, ends, perSecond: (count / (performance.now() - began)) * 1000 };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

async function sendSlack(
  { peer, slackUrl }: Under,
  kind: Kind,
  partner: Partner,
  number: number,
): Promise<Ended> {
  const respondTo = `/response/${number}`;
  const ended = peer.wait(respondTo);
  const trigger_id = `${number}.trigger`;
  const response_url = `${peer.url}${respondTo}`;
  const fields: Record<string, string> =
    kind === 'read'
      ? {
          command: '/partners',
          text: `show ${partner.name}`,
          team_id: teamId,
          team_domain: 'ready',
          channel_id: 'C0GENERAL1',
          channel_name: 'general',
          user_id: partner.slack,
          user_name: 'ben',
          api_app_id: 'A0BENCH001',
          trigger_id,
          response_url,
        }
      : { payload: JSON.stringify(slackPress(partner, number, trigger_id, response_url)) };
  const body = new URLSearchParams(fields).toString();
  await post(slackUrl, body);
  peer.acknowledged(respondTo);
  return ended;
}

function slackPress(partner: Partner, number: number, trigger_id: string, response_url: string) {
  const channel = { id: 'C0GENERAL1', name: 'general' };
  const action_id = stillRightPress.encode({ partner: partner.id });
  return {
    type: 'block_actions',
    api_app_id: 'A0BENCH001',
    team: { id: teamId, domain: 'ready' },
    user: { id: partner.slack, username: 'ben', team_id: teamId },
    channel,
    container: { type: 'message', message_ts: `1700000000.${number}`, channel_id: channel.id },
    message: { ts: `1700000000.${number}`, text: 'Is it still right?' },
    trigger_id,
    response_url,
    actions: [{ type: 'button', action_id, block_id: 'b', action_ts: `1700000001.${number}` }],
  };
}

function post(url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...signed('application/x-www-form-urlencoded', body),
      'content-length': String(Buffer.byteLength(body)),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200
          ? resolve()
          : reject(new Error(`Acknowledged with ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function sendDiscord({ peer }: Under, kind: Kind, partner: Partner, number: number): Promise<Ended> {
  const interaction = interactionOf(kind, partner, number);
  const ended = peer.wait(interaction.token);
  peer.dispatch('INTERACTION_CREATE', interaction);
  return ended;
}

async function start(what: 'bot' | 'bare', databaseUrl: string, flags: readonly string[]): Promise<Under> {
  const peer = await openCommandsPeer(`bench.${what}`);
  const server = path.join(import.meta.dirname, 'support', 'commands-server.js');
  const child = fork(server, [what, databaseUrl, peer.url, peer.token], { execArgv: [...flags] });
  const slackUrl = await new Promise<string>((resolve, reject) => {
    child.once('message', (url) => resolve(String(url)));
    child.once('exit', (code) => reject(new Error(`The ${what} process ended with ${code}`)));
  });
  await peer.connected;
  return { peer, slackUrl, child };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const show = (value: number) => value.toFixed(1);
