import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { botUser, guildFrame, messageFrame } from '../../test/support/discord/frames.ts';

/** When one interaction was acknowledged and when its answer stood, by `performance.now()`. */
export type Ended = { readonly acknowledgedAt: number; readonly finishedAt: number };

type Waiting = { acknowledgedAt: number; finish(ended: Ended): void };

export type CommandsPeer = {
  readonly url: string;
  readonly token: string;
  /** Resolves when a Discord client has connected. */
  readonly connected: Promise<void>;
  /** Sends an event down the gateway. */
  dispatch(event: string, data: unknown): void;
  /** Begins to wait for the answer that carries this key: a response URL's end or an interaction's token. */
  wait(key: string): Promise<Ended>;
  acknowledged(key: string): void;
  close(): Promise<void>;
};

export const ids = {
  application: '1300000000000000001',
  bot: '1300000000000000001',
  guild: '1300000000000000002',
  channel: '1300000000000000003',
  message: '1300000000000000004',
};
const user = botUser(ids.bot);

/** A message as Discord shows it to whoever edits or presses it. */
export const discordMessage = messageFrame(
  { id: ids.message, channelId: ids.channel, author: user, postedAt: new Date('2026-01-05T15:00:00.000Z') },
  { content: 'Is it still right?' },
);

/** What of Slack and Discord a finished command needs, in little code: it only takes the time of each answer. */
export async function openCommandsPeer(token: string): Promise<CommandsPeer> {
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | null = null;
  let sequence = 0;
  let tellConnected: () => void = () => {};
  const connected = new Promise<void>((resolve) => {
    tellConnected = resolve;
  });

  function acknowledged(key: string) {
    const found = waiting.get(key);
    if (found) found.acknowledgedAt = performance.now();
  }
  function finished(key: string) {
    const found = waiting.get(key);
    waiting.delete(key);
    found?.finish({ acknowledgedAt: found.acknowledgedAt, finishedAt: performance.now() });
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const path = request.url?.split('?')[0] ?? '';
    const [, area = '', , , kind = '', key = ''] = path.split('/');
    const body = await text(request);
    if (area === 'response') {
      finished(path);
      return answer(response, 'ok');
    }
    if (area === 'slack') return answer(response, slackAnswer(path));
    if (kind === 'gateway') return answer(response, gatewayBot());
    if (kind === 'applications') return answer(response, []);
    // /discord/api/v10/interactions/ID/TOKEN/callback and /discord/api/v10/webhooks/ID/TOKEN/messages/@original
    const interaction = path.split('/')[6] ?? '';
    if (kind === 'interactions') {
      acknowledged(interaction);
      // 4 and 7 bring the answer along (interactions/receiving-and-responding); 5 and 6 only say that one will come.
      const { type } = JSON.parse(body) as { type: number };
      if (type === 4 || type === 7) finished(interaction);
      response.writeHead(204).end();
      return;
    }
    if (kind === 'webhooks') {
      finished(interaction);
      return answer(response, discordMessage);
    }
    throw new Error(`The peer knows no ${request.method} ${path} ${key}`);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gatewayBot = () => ({
    url: url().replace('http', 'ws'),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => {
    client.on('message', (raw) => {
      const { op } = JSON.parse(String(raw)) as { op: number };
      if (op === 1) client.send(JSON.stringify({ op: 11 }));
      if (op !== 2) return;
      socket = client;
      const application = { id: ids.application, flags: 0 };
      const guilds = [{ id: ids.guild, unavailable: true }];
      const session = { session_id: 'bench', resume_gateway_url: url().replace('http', 'ws'), shard: [0, 1] };
      dispatch('READY', { v: 10, user, guilds, application, ...session });
      dispatch('GUILD_CREATE', guild);
      tellConnected();
    });
    client.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
  });
  function dispatch(t: string, d: unknown) {
    sequence += 1;
    socket?.send(JSON.stringify({ op: 0, s: sequence, t, d }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: url(),
    token,
    connected,
    dispatch,
    acknowledged,
    wait: (key) =>
      new Promise((finish) => {
        waiting.set(key, { acknowledgedAt: Number.NaN, finish });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function slackAnswer(path: string): object {
  if (path.endsWith('users.info')) {
    return {
      ok: true,
      user: { id: 'U', team_id: 'T0BENCH001', real_name: 'Ben', tz: 'UTC', locale: 'en-US' },
    };
  }
  return { ok: true, team_id: 'T0BENCH001', team: 'Ready by Five', user_id: 'UBOT', bot_id: 'BBOT' };
}

const guild = guildFrame({
  id: ids.guild,
  name: 'Ready by Five',
  ownerId: ids.bot,
  channels: [[ids.channel, 'general']],
});

function answer(response: ServerResponse, body: object | string): void {
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json' }).end(said);
}
