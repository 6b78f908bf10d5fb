import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { change, contentTrouble, type PeerMessage, type PeerState, put, webMethods } from './web-methods.ts';

/** How the peer misbehaves for the next calls of a method; `happened` is told as soon as it has. */
export type Fault = { readonly happened?: () => void } & (
  | { readonly fault: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly fault: 'server-error' }
  | { readonly fault: 'refuses'; readonly error: string; readonly needed?: string }
  /** Does what was asked and then breaks the connection: nobody hears of it. */
  | { readonly fault: 'done-unanswered' }
  /** Breaks the connection, and nothing is done. */
  | { readonly fault: 'cut' }
  /** Never answers, and nothing is done. */
  | { readonly fault: 'silence' }
  | { readonly fault: 'slow'; readonly ms: number }
);

type ResponseUrl = {
  readonly channel: string;
  readonly userId: string;
  readonly of: PeerMessage | null;
  uses: number;
  until: number;
};

export type SlackPeer = PeerState & {
  readonly apiUrl: string;
  /** Every call that came, in order; `at` in milliseconds of the real clock. */
  readonly calls: {
    readonly method: string;
    readonly args: Readonly<Record<string, string>>;
    readonly at: number;
  }[];
  /**
   * Only calls whose `channel` this is, where it is given. `*` is any method of the Web API; `response` stands for
   * what comes by a response URL.
   */
  misbehave(method: string, fault: Fault, times?: number, channel?: string): void;
  /** Forgets every fault that has not happened yet. */
  behave(): void;
  newTrigger(userId: string, livesMs?: number): string;
  newResponseUrl(of: { channel: string; userId: string; message: PeerMessage | null }): string;
  /** Half an hour goes by for every response URL there is. */
  expireResponseUrls(): void;
  /** A file that somebody put into a form. */
  newFile(name: string, content: Buffer): { name: string; url_private_download: string; size: number };
  /** Sends one envelope down the open socket and waits for its acknowledgement. */
  sendSocket(type: string, payload: object, retry?: number): Promise<Record<string, unknown>>;
  dropSocket(): void;
  socketCount(): number;
  /** Told of each message with metadata, as Slack tells an app of its own. */
  onPosted(tell: (message: PeerMessage) => void): void;
  /** Resolves as soon as `look` finds something; looks whenever something changed. */
  until<T>(look: () => T | undefined | null | false, what: string): Promise<T>;
  close(): Promise<void>;
};

const waitMs = 15_000;

/** A Slack of our own on the loopback address, which behaves as the real one is documented to. */
export async function openSlackPeer(): Promise<SlackPeer> {
  let ids = 0;
  let watchers: (() => void)[] = [];
  let tellPosted: (message: PeerMessage) => void = () => {};
  const faults: { method: string; fault: Fault; channel: string | undefined }[] = [];
  const responseUrls = new Map<string, ResponseUrl>();
  const files = new Map<string, Buffer>();
  const calls: { method: string; args: Record<string, string>; at: number }[] = [];
  const acks = new Map<string, (payload: Record<string, unknown>) => void>();

  const state: PeerState = {
    team: { id: 'T0HOME0001', name: 'Ready by Five' },
    appId: 'A0COMMON01',
    users: new Map(),
    messages: [],
    channels: new Map(),
    userGroups: new Map(),
    modals: [],
    homes: new Map(),
    triggers: new Map(),
    uploads: new Map(),
    processing: { refusals: 0 },
    tokens: new Set(['xoxb-good', 'xapp-good']),
    refreshTokens: new Map(),
    nextId: (prefix) => {
      ids += 1;
      return `${prefix}${String(ids).padStart(6, '0')}`;
    },
    baseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changed: () => {
      for (const watcher of watchers) watcher();
    },
    posted: (message) => {
      if (message.metadata) tellPosted(message);
    },
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server, path: '/socket' });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data));
      acks.get(envelope_id)?.(payload ?? {});
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: {} }));
    state.changed();
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://peer');
    const body = await readBody(request);
    const [, area = '', name = ''] = pathname.split('/');
    switch (area) {
      case 'api':
        return serveMethod(name, Object.fromEntries(new URLSearchParams(body.toString())), request, response);
      case 'response': {
        const fault = takeFault('response', undefined);
        if (await failedBefore(fault, response)) return;
        const { status, said } = answerResponseUrl(name, JSON.parse(body.toString()));
        if (fault?.fault === 'done-unanswered') return leaveUnanswered(fault, response);
        return send(response, status, said);
      }
      case 'upload': {
        const upload = state.uploads.get(name);
        if (upload) upload.data = await readUpload(body, request);
        return send(response, upload ? 200 : 404, 'OK');
      }
      case 'file': {
        const file = files.get(name);
        const allowed = state.tokens.has(tokenOf(request));
        return file && allowed ? void response.end(file) : send(response, 403, 'no');
      }
      default:
        return send(response, 404, 'not found');
    }
  }

  async function serveMethod(
    method: string,
    args: Record<string, string>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    calls.push({ method, args, at: Date.now() });
    const fault = takeFault(method, args.channel);
    if (await failedBefore(fault, response)) return;
    if (method !== 'oauth.v2.access' && !state.tokens.has(tokenOf(request))) {
      return send(response, 200, { ok: false, error: 'invalid_auth' });
    }
    const run = webMethods[method];
    const answer = run ? run(args, state) : { ok: false, error: 'unknown_method' };
    if (fault?.fault === 'done-unanswered') return leaveUnanswered(fault, response);
    send(response, 200, answer);
  }

  function takeFault(method: string, channel: string | undefined): Fault | null {
    const at = faults.findIndex(
      (each) =>
        (each.method === method || (each.method === '*' && method !== 'response')) &&
        (each.channel === undefined || each.channel === channel),
    );
    return at === -1 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
  }

  /** Whether the call came to its end here, before anything was done. */
  async function failedBefore(fault: Fault | null, response: ServerResponse): Promise<boolean> {
    if (fault && fault.fault !== 'done-unanswered') fault.happened?.();
    switch (fault?.fault) {
      case 'rate-limited':
        response.setHeader('retry-after', String(fault.retryAfterSeconds));
        send(response, 429, { ok: false, error: 'ratelimited' });
        return true;
      case 'server-error':
        send(response, 503, 'unavailable');
        return true;
      case 'refuses': {
        const { error, needed } = fault;
        send(response, 200, { ok: false, error, ...(needed ? { needed } : {}) });
        return true;
      }
      case 'cut':
        response.destroy();
        return true;
      case 'silence':
        return true;
      case 'slow':
        await sleep(fault.ms);
        return false;
      default:
        return false;
    }
  }

  function leaveUnanswered(fault: Fault, response: ServerResponse): void {
    fault.happened?.();
    response.destroy();
  }

  /** Five uses within half an hour: docs.slack.dev, "Handling user interaction". */
  function answerResponseUrl(
    id: string,
    body: Record<string, unknown>,
  ): { status: number; said: object | string } {
    const url = responseUrls.get(id);
    if (!url || Date.now() > url.until) return { status: 404, said: { ok: false, error: 'expired_url' } };
    if (url.uses >= 5) return { status: 404, said: { ok: false, error: 'used_url' } };
    url.uses += 1;
    const args = { channel: url.channel, text: String(body.text ?? ''), blocks: JSON.stringify(body.blocks) };
    const trouble = body.delete_original ? null : contentTrouble(args, 'no-files');
    if (trouble) return { status: 400, said: trouble };
    if (body.delete_original && url.of) url.of.gone = true;
    else if (body.replace_original && url.of) change(url.of, args);
    else {
      const visibleTo = body.response_type === 'in_channel' ? null : url.userId;
      put(args, { visibleTo, isAnswer: true }, state);
    }
    state.changed();
    return { status: 200, said: 'ok' };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    ...state,
    apiUrl: `${state.baseUrl()}/api/`,
    calls,
    misbehave(method, fault, times = 1, channel) {
      for (let time = 0; time < times; time += 1) faults.push({ method, fault, channel });
    },
    behave() {
      faults.length = 0;
    },
    newTrigger(userId, livesMs = 3000) {
      const id = state.nextId('trigger.');
      state.triggers.set(id, { userId, until: Date.now() + livesMs, used: false });
      return id;
    },
    newResponseUrl({ channel, userId, message }) {
      const id = state.nextId('r');
      responseUrls.set(id, { channel, userId, of: message, uses: 0, until: Date.now() + 30 * 60_000 });
      return `${state.baseUrl()}/response/${id}`;
    },
    expireResponseUrls() {
      for (const url of responseUrls.values()) url.until = 0;
    },
    newFile(name, content) {
      const id = state.nextId('F');
      files.set(id, content);
      return { name, url_private_download: `${state.baseUrl()}/file/${id}`, size: content.length };
    },
    async sendSocket(type, payload, retry) {
      const [socket] = sockets.clients;
      if (!socket) throw new Error('No socket is open');
      const envelope_id = state.nextId('envelope');
      const acknowledged = new Promise<Record<string, unknown>>((resolve) => acks.set(envelope_id, resolve));
      const again = retry ? { retry_attempt: retry, retry_reason: 'timeout' } : {};
      (socket as WebSocket).send(
        JSON.stringify({ envelope_id, type, payload, accepts_response_payload: true, ...again }),
      );
      return acknowledged;
    },
    dropSocket() {
      for (const socket of sockets.clients) socket.close();
    },
    socketCount: () => sockets.clients.size,
    onPosted(tell) {
      tellPosted = tell;
    },
    async until(look, what) {
      const ends = Date.now() + waitMs;
      for (;;) {
        const found = look();
        if (found) return found;
        const left = ends - Date.now();
        if (left <= 0) throw new Error(`Waited ${waitMs} ms in vain for ${what}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(left, 200));
          watchers.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
        watchers = [];
      }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, status: number, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}

const tokenOf = (request: IncomingMessage) => (request.headers.authorization ?? '').replace(/^Bearer /, '');

/** An upload comes raw or as a form with one file in it. */
async function readUpload(body: Buffer, request: IncomingMessage): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const [file] = [...form.values()];
  if (file === undefined || typeof file === 'string') return Buffer.from(file ?? '');
  return Buffer.from(await file.arrayBuffer());
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
