import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { Hono } from 'hono';
import type { Log } from '../../src/core/ports.ts';
import { ackLate } from './ack-late.ts';
import { isFromSlack } from './signature.ts';

/** Slack's own limit on a view is 250 KB, and nothing it sends is larger. */
const mostBytes = 1024 * 1024;
/** Slack takes no answer after three seconds; ours are given at once, so this is for what nobody listens to. */
const answerWithinMs = 2900;

/**
 * Bolt's way in by HTTP, on the process's one web server. It does transport only: verify, parse, hand to Bolt,
 * and make Bolt's acknowledgement the response.
 */
export function makeHttpReceiver(of: {
  signingSecret: string;
  log: Log;
}): Receiver & { pages: Hono<{ Bindings: HttpBindings }> } {
  const pages = new Hono<{ Bindings: HttpBindings }>();
  let app: Pick<App, 'processEvent'> | null = null;

  pages.post('/slack/events', async (context) => {
    const { incoming } = context.env;
    const rawBody = await readWithin(incoming, mostBytes);
    if (rawBody === null) return context.body(null, 413);
    const { headers } = incoming;
    const header = (name: string) => {
      const value = headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    const signed = {
      signature: header('x-slack-signature'),
      timestamp: header('x-slack-request-timestamp'),
      rawBody,
    };
    // What was wrong with it would only help whoever forged it.
    if (!isFromSlack(signed, of.signingSecret, Date.now())) return context.body(null, 401);
    const body = parseBody(rawBody.toString('utf8'), header('content-type') ?? '');
    if (body === null) return context.body(null, 400);
    if (body.ssl_check) return context.body(null, 200);
    if (body.type === 'url_verification') return context.json({ challenge: body.challenge });

    const retryNum = Number(header('x-slack-retry-num'));
    const retryReason = header('x-slack-retry-reason');
    return await new Promise<Response>((resolve) => {
      const late = setTimeout(() => resolve(context.body(null, 503)), answerWithinMs);
      const answer = (response: Response) => {
        clearTimeout(late);
        resolve(response);
      };
      const event: ReceiverEvent = {
        body,
        ...(Number.isInteger(retryNum) ? { retryNum } : {}),
        ...(retryReason ? { retryReason } : {}),
        ack: async (response) => {
          if (response === undefined || response === '') answer(context.body(null, 200));
          else if (typeof response === 'string') answer(context.text(response));
          else answer(context.json(response));
        },
      };
      app?.processEvent(event).then(
        // Without an acknowledgement Slack tries again.
        () => answer(context.body(null, 500)),
        (error) => {
          of.log.error({ error }, 'slack.receiver');
          answer(context.body(null, 500));
        },
      );
    });
  });

  return {
    pages,
    init: (bolt) => {
      app = ackLate(bolt);
    },
    start: async () => {},
    stop: async () => {},
  };
}

/**
 * Null when there is more. Read from Node's own request: a Request of the web's kind, made for every delivery, cost
 * more than all the rest before the acknowledgement.
 */
async function readWithin(incoming: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > most) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parseBody(text: string, contentType: string): Record<string, unknown> | null {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return asRecord(JSON.parse(text));
    const form = new URLSearchParams(text);
    const payload = form.get('payload');
    return payload === null ? Object.fromEntries(form) : asRecord(JSON.parse(payload));
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
