import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What happens to one channel: by the number of the message that is about to be taken, counted from 0. */
export type Course = {
  /** Refused with 429 the first time, with this many seconds of Retry-After. */
  readonly refusals: ReadonlyMap<number, number>;
  /** The first try ends without an answer: before Slack took the message, or after. */
  readonly cuts: ReadonlyMap<number, 'before' | 'after'>;
};

export type Taken = { readonly deliveryId: string; readonly channel: string; readonly ts: string };

type Channel = {
  course: Course;
  taken: number;
  takenAt: number;
  closedUntil: number;
  refused: Set<number>;
  cut: Set<number>;
};

/** docs.slack.dev, "Rate limits": one message a second in a channel. */
export const paceMs = 1000;

type DeliveryPeer = {
  readonly apiUrl: string;
  /** Every message that stands, with how often it was posted. */
  readonly standing: ReadonlyMap<string, number>;
  readonly counts: { refused: number; cutBefore: number; cutAfter: number; tooSoon: number };
  /** When each channel's first try came and its last message was taken, by `performance.now()`. */
  readonly spans: ReadonlyMap<string, { firstAt: number; lastAt: number }>;
  /** How long each channel stood open before the next message came, in milliseconds. */
  readonly lateMs: readonly number[];
  close(): Promise<void>;
};

/** Slack's chat.postMessage with its limit and its failures, on the loopback address. */
export async function openDeliveryPeer(of: {
  teamId: string;
  courses: ReadonlyMap<string, Course>;
  taken(message: Taken): void;
}): Promise<DeliveryPeer> {
  const channels = new Map<string, Channel>();
  for (const [id, course] of of.courses) {
    channels.set(id, {
      course,
      taken: 0,
      takenAt: Number.NEGATIVE_INFINITY,
      closedUntil: Number.NEGATIVE_INFINITY,
      refused: new Set(),
      cut: new Set(),
    });
  }
  const standing = new Map<string, number>();
  const counts = { refused: 0, cutBefore: 0, cutAfter: 0, tooSoon: 0 };
  const lateMs: number[] = [];
  const spans = new Map<string, { firstAt: number; lastAt: number }>();
  let made = 0;

  function refuse(response: ServerResponse, waitMs: number) {
    response.setHeader('retry-after', String(Math.ceil(waitMs / 1000)));
    answer(response, 429, { ok: false, error: 'ratelimited' });
  }

  function postMessage(args: URLSearchParams, response: ServerResponse) {
    const id = args.get('channel') ?? '';
    const channel = channels.get(id);
    if (!channel) return answer(response, 200, { ok: false, error: 'channel_not_found' });
    const now = performance.now();
    const number = channel.taken;
    if (!spans.has(id)) spans.set(id, { firstAt: now, lastAt: now });
    const openAt = Math.max(channel.closedUntil, channel.takenAt + paceMs);
    if (now < openAt) {
      counts.tooSoon += 1;
      return refuse(response, openAt - now);
    }
    if (Number.isFinite(openAt) && !channel.cut.has(number)) lateMs.push(now - openAt);
    const refusal = channel.course.refusals.get(number);
    if (refusal && !channel.refused.has(number)) {
      channel.refused.add(number);
      channel.closedUntil = now + refusal * 1000;
      counts.refused += 1;
      return refuse(response, refusal * 1000);
    }
    const cut = channel.cut.has(number) ? undefined : channel.course.cuts.get(number);
    channel.cut.add(number);
    if (cut === 'before') {
      counts.cutBefore += 1;
      response.destroy();
      return;
    }
    channel.taken += 1;
    channel.takenAt = now;
    const span = spans.get(id);
    if (span) span.lastAt = now;
    made += 1;
    // Seconds with their fraction, and no two alike.
    const ts = `${(Date.now() / 1000).toFixed(3)}${String(made % 1000).padStart(3, '0')}`;
    const { event_payload } = JSON.parse(args.get('metadata') ?? '{}') as {
      event_payload: { delivery_id: string };
    };
    const deliveryId = event_payload.delivery_id;
    standing.set(deliveryId, (standing.get(deliveryId) ?? 0) + 1);
    of.taken({ deliveryId, channel: id, ts });
    if (cut === 'after') {
      counts.cutAfter += 1;
      response.destroy();
      return;
    }
    answer(response, 200, { ok: true, ts, channel: id, message: { text: '' } });
  }

  const server = createServer(async (request, response) => {
    const args = new URLSearchParams(await text(request));
    if (request.url === '/api/chat.postMessage') return postMessage(args, response);
    answer(response, 200, { ok: true, team_id: of.teamId, team: 'Ready by Five', user_id: 'UBOT' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    standing,
    counts,
    spans,
    lateMs,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
