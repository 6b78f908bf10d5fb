import { createHmac } from 'node:crypto';
import type { SlackPeer } from './peer.ts';

/** What came of a delivery: the status of the acknowledgement and what it said. */
export type Acknowledged = {
  readonly status: number;
  readonly body: string;
  readonly tookMs: number;
};

/** How Slack reaches the app. `command`s and `interactive` payloads and `events_api` envelopes. */
export type Deliver = (
  kind: 'slash_commands' | 'interactive' | 'events_api',
  payload: object,
  how?: { retry?: number },
) => Promise<Acknowledged>;

export const signingSecret = 'a-signing-secret-for-tests';

export type Forgery = {
  readonly secret?: string;
  /** Seconds; past or future. */
  readonly skewSeconds?: number;
  readonly signature?: string;
  readonly tamper?: (body: string) => string;
};

/** Signed as Slack signs: docs.slack.dev, "Verifying requests from Slack". */
export async function sendSigned(
  url: string,
  contentType: string,
  body: string,
  how: { retry?: number | undefined } & Forgery = {},
): Promise<Acknowledged> {
  const timestamp = String(Math.floor(Date.now() / 1000) + (how.skewSeconds ?? 0));
  const signature = createHmac('sha256', how.secret ?? signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': how.signature ?? `v0=${signature}`,
      ...(how.retry
        ? { 'x-slack-retry-num': String(how.retry), 'x-slack-retry-reason': 'http_timeout' }
        : {}),
    },
    body: how.tamper ? how.tamper(body) : body,
  });
  const text = await response.text();
  return inTime({ status: response.status, body: text, tookMs: performance.now() - began });
}

/** docs.slack.dev, "Acknowledge": after three seconds Slack tells the person that the app did not respond. */
const ackWithinMs = 3000;

function inTime(acknowledged: Acknowledged): Acknowledged {
  const tookMs = Math.round(acknowledged.tookMs);
  if (tookMs > ackWithinMs) throw new Error(`Acknowledged after ${tookMs} ms, of at most ${ackWithinMs}`);
  return acknowledged;
}

export function deliverByHttp(eventsUrl: () => string): Deliver {
  return (kind, payload, how = {}) => {
    const form = 'application/x-www-form-urlencoded';
    if (kind === 'events_api') {
      return sendSigned(eventsUrl(), 'application/json', JSON.stringify(payload), how);
    }
    const fields =
      kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
    return sendSigned(eventsUrl(), form, new URLSearchParams(fields).toString(), how);
  };
}

export function deliverBySocket(peer: SlackPeer): Deliver {
  return async (kind, payload, how = {}) => {
    const began = performance.now();
    const said = await peer.sendSocket(kind, payload, how.retry);
    const body = Object.keys(said).length > 0 ? JSON.stringify(said) : '';
    return inTime({ status: 200, body, tookMs: performance.now() - began });
  };
}
