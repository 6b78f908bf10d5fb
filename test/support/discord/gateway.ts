import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { botUser, guildFrame } from './frames.ts';
import type { World } from './world.ts';

type Session = {
  readonly id: string;
  readonly shard: number;
  sequence: number;
  readonly sent: { s: number; t: string; d: unknown }[];
  socket: WebSocket | null;
};

export type Gateway = {
  /** Every IDENTIFY that came, in order. */
  readonly identified: { intents: number; shard: [number, number] }[];
  readonly resumed: number;
  dispatch(event: string, data: unknown, guildId?: string): void;
  /** Cuts every connection; a client then resumes. */
  cut(): void;
  closeWith(code: number): void;
  /** Closes the next connection that identifies itself with this code. */
  refuseNext(code: number): void;
  close(): void;
};

/** Discord's gateway: HELLO, IDENTIFY or RESUME, READY, heartbeats, events with their sequence. */
export function openGateway(server: Server, world: World, url: () => string, shards: () => number): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const identified: Gateway['identified'] = [];
  let resumed = 0;
  let refusal: number | null = null;

  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (client) => greet(client));
  });

  function greet(client: WebSocket) {
    let session: Session | null = null;
    client.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: never };
      if (op === 1) return say(client, { op: 11 });
      if (op === 2) {
        session = identify(client, d);
        return;
      }
      if (op === 6) session = resume(client, d);
    });
    client.on('close', () => {
      if (session?.socket === client) session.socket = null;
    });
    say(client, { op: 10, d: { heartbeat_interval: 41_250 } });
  }

  function identify(
    client: WebSocket,
    d: { token: string; intents: number; shard?: [number, number] },
  ): Session | null {
    if (d.token !== world.token) {
      client.close(4004, 'Authentication failed.');
      return null;
    }
    if (refusal !== null) {
      client.close(refusal);
      refusal = null;
      return null;
    }
    const shard = d.shard ?? [0, 1];
    identified.push({ intents: d.intents, shard });
    const session: Session = {
      id: randomBytes(8).toString('hex'),
      shard: shard[0],
      sequence: 0,
      sent: [],
      socket: client,
    };
    sessions.set(session.id, session);
    const own = [...world.guilds].filter(([id]) => shardOf(id, shard[1]) === shard[0]);
    send(session, 'READY', {
      v: 10,
      user: botUser(world.botId),
      guilds: own.map(([id]) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      shard,
      application: { id: world.applicationId, flags: 0 },
    });
    for (const [id, guild] of own) send(session, 'GUILD_CREATE', drawGuild(id, guild, world));
    return session;
  }

  function resume(client: WebSocket, d: { session_id: string; seq: number }): Session | null {
    const session = sessions.get(d.session_id);
    if (!session) {
      say(client, { op: 9, d: false });
      return null;
    }
    resumed += 1;
    session.socket = client;
    for (const missed of session.sent.filter(({ s }) => s > d.seq)) say(client, { op: 0, ...missed });
    send(session, 'RESUMED', {});
    return session;
  }

  function send(session: Session, t: string, d: unknown) {
    session.sequence += 1;
    const event = { s: session.sequence, t, d };
    session.sent.push(event);
    if (session.socket) say(session.socket, { op: 0, ...event });
  }

  return {
    identified,
    get resumed() {
      return resumed;
    },
    dispatch(event, data, guildId) {
      const latest = new Map([...sessions.values()].map((session) => [session.shard, session]));
      const shard = guildId === undefined ? 0 : shardOf(guildId, Math.max(shards(), latest.size));
      const session = latest.get(shard);
      if (!session) throw new Error(`No client listens on shard ${shard}`);
      send(session, event, data);
    },
    cut() {
      for (const client of sockets.clients) client.terminate();
    },
    closeWith(code) {
      for (const client of sockets.clients) client.close(code);
    },
    refuseNext(code) {
      refusal = code;
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

const say = (client: WebSocket, payload: unknown) => client.send(JSON.stringify(payload));
const shardOf = (guildId: string, count: number) => Number((BigInt(guildId) >> 22n) % BigInt(count));

export const drawGuild = (
  id: string,
  { name, channels }: { name: string; channels: Map<string, string> },
  world: World,
) => guildFrame({ id, name, channels, ownerId: world.snowflake() });
