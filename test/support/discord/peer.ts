import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeApi } from './api.ts';
import type { ApiRequest, ApiResponse } from './api-request.ts';
import { type Fault, type Faults, makeFaults } from './faults.ts';
import { drawGuild, type Gateway, openGateway } from './gateway.ts';
import { type OfficialSpec, openOfficialSpec } from './official-spec.ts';
import { makeWorld, type PeerFile, type PeerMessage, type World } from './world.ts';

/**
 * A Discord on this machine: gateway and REST API over real sockets, with the rules that matter to a bot. It
 * refuses what Discord refuses, and keeps every broken rule in `violations`; what a test has not taken from there when
 * the peer is closed is an error.
 */
export type DiscordPeer = {
  readonly apiUrl: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly violations: string[];
  /** Every request that came, in order. */
  readonly requests: { method: string; path: string; at: number }[];
  /** Everything that stands in a channel, oldest first; for a direct one, `@` and the person's id. */
  messagesIn(placeRef: string): PeerMessage[];
  addGuild(name: string, channels: readonly string[]): { id: string; channels: Record<string, string> };
  addChannel(guildId: string, name: string): string;
  /** Takes so many requests within any second from a bot, interactions aside, and refuses the others. */
  limitRequests(perSecond: number): { refused: number };
  /** Tells the bot that it has been added to a server. */
  joinGuild(id: string): void;
  /** Where files that people attach are fetched from. */
  attach(text: string | Buffer): string;
  /** Resolves when the next change at Discord has been made. */
  changed(): Promise<unknown>;
  close(): Promise<void>;
};

export async function openDiscordPeer(of: { shards?: number } = {}): Promise<DiscordPeer> {
  const world = makeWorld();
  const faults = makeFaults();
  const violations: string[] = [];
  const requests: DiscordPeer['requests'] = [];
  const attachments = new Map<string, Buffer>();
  const changes = new EventEmitter().setMaxListeners(0);
  const shards = () => of.shards ?? 1;
  let port = 0;
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const api = makeApi(world, { spec: officialSpec(), violations, shards, gatewayUrl });

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      violations.push(`The peer broke: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    const method = request.method ?? 'GET';
    const attachment = attachments.get(url.pathname);
    if (attachment) return response.writeHead(200).end(attachment);
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '');
    requests.push({ method, path, at: world.now() });
    const { body, files } = await readBody(request);
    const fault = faults.take(method, path) ?? findTooMany(path);
    if (fault && fault.fault !== 'done-without-answer') {
      fault.happened?.();
      return fail(response, fault);
    }
    const asked: ApiRequest = {
      method,
      path,
      query: url.searchParams,
      authorization: request.headers.authorization ?? null,
      body,
      files,
    };
    const answer = api(asked);
    fault?.happened?.();
    changes.emit('change');
    if (!fault) answerWith(response, answer, path);
    else if (fault.status) response.writeHead(fault.status).end();
  }

  let limit: { perSecond: number; counted: { refused: number } } | null = null;
  const taken: number[] = [];

  /** topics/rate-limits: interactions do not count, nor do the webhooks by which they are answered. */
  function findTooMany(path: string): Fault | null {
    if (limit === null || /^\/(interactions|webhooks)\//.test(path)) return null;
    const now = performance.now();
    while ((taken[0] ?? now) <= now - 1000) taken.shift();
    if (taken.length < limit.perSecond) {
      taken.push(now);
      return null;
    }
    limit.counted.refused += 1;
    return { fault: 'rate-limit', retryAfterSeconds: 1, scope: 'global' };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  const gateway = openGateway(server, world, gatewayUrl, shards);

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    world,
    gateway,
    faults,
    violations,
    requests,
    messagesIn(placeRef) {
      const channel = placeRef.startsWith('@') ? world.direct.get(placeRef.slice(1)) : placeRef;
      return [...world.messages.values()].filter((each) => each.channelId === channel && !each.gone);
    },
    addGuild(name, names) {
      const id = world.snowflake();
      const channels = Object.fromEntries(names.map((each) => [each, world.snowflake()]));
      world.guilds.set(id, {
        name,
        channels: new Map(Object.entries(channels).map(([each, ref]) => [ref, each])),
      });
      return { id, channels };
    },
    addChannel(guildId, name) {
      const id = world.snowflake();
      world.guilds.get(guildId)?.channels.set(id, name);
      return id;
    },
    limitRequests(perSecond) {
      limit = { perSecond, counted: { refused: 0 } };
      return limit.counted;
    },
    joinGuild(id) {
      const guild = world.guilds.get(id);
      if (!guild) throw new Error(`There is no server ${id}`);
      gateway.dispatch('GUILD_CREATE', drawGuild(id, guild, world), id);
    },
    attach(text) {
      const path = `/attachments/${world.snowflake()}`;
      attachments.set(path, Buffer.from(text));
      return `http://127.0.0.1:${port}${path}`;
    },
    changed: () => once(changes, 'change'),
    async close() {
      gateway.close();
      server.closeAllConnections();
      server.close();
      const left = violations.splice(0);
      if (left.length > 0) throw new Error(`What Discord would refuse:\n  ${left.join('\n  ')}`);
    },
  };
}

let opened: OfficialSpec | null | undefined;

/** Reading the file takes a moment, so it is read once for all peers of a test file. */
function officialSpec(): OfficialSpec | null {
  opened ??= openOfficialSpec();
  return opened;
}

async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: PeerFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith('multipart/')) return { body: JSON.parse(raw.toString('utf8')), files: [] };
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const files: PeerFile[] = [];
  for (const [name, value] of form) {
    if (name.startsWith('files[') && typeof value !== 'string')
      files.push({ name: value.name, text: await value.text() });
  }
  return { body: JSON.parse(String(form.get('payload_json'))), files };
}

function answerWith(response: ServerResponse, { status, body }: ApiResponse, path: string) {
  const bucket = path.split('/').slice(0, 3).join('-');
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'x-ratelimit-bucket': `bucket${bucket}`,
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset-after': '1',
  };
  response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
}

function fail(response: ServerResponse, fault: Exclude<Fault, { fault: 'done-without-answer' }>) {
  const json = { 'content-type': 'application/json' };
  switch (fault.fault) {
    case 'status': {
      const body = { code: fault.code ?? 0, message: fault.message ?? 'No' };
      return response.writeHead(fault.status, json).end(JSON.stringify(body));
    }
    case 'rate-limit': {
      const { retryAfterSeconds, scope } = fault;
      const headers = {
        ...json,
        'retry-after': String(Math.ceil(retryAfterSeconds)),
        'x-ratelimit-scope': scope,
        ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
      };
      const body = {
        message: 'You are being rate limited.',
        retry_after: retryAfterSeconds,
        global: scope === 'global',
      };
      return response.writeHead(429, headers).end(JSON.stringify(body));
    }
    case 'silence':
      return;
    case 'endless-body':
      response.writeHead(200, json);
      return response.write('{');
    case 'cut':
      return response.destroy();
    default:
      return fault satisfies never;
  }
}
