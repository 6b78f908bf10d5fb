import { setTimeout as sleep } from 'node:timers/promises';
import { type Deliver, deliverByHttp, signingSecret } from '../test/support/slack/deliver.ts';
import { openSlackPeer, type SlackPeer } from '../test/support/slack/peer.ts';
import { drawReceipt } from '../test/support/slack/receipt.ts';
import type { PeerMessage } from '../test/support/slack/web-methods.ts';
import type { Post } from './post.ts';

/** What became of one message that Slack took: whether we heard so, and when the bot took the receipt for it. */
export type Taken = { readonly at: number; receiptAt: number | null };

export type SlackSide = {
  readonly peer: SlackPeer;
  readonly deliver: Deliver;
  readonly channels: { readonly general: string; readonly digest: string };
  readonly env: Readonly<Record<string, string>>;
  /** By delivery id, every message that arrived, in order. */
  taken(deliveryId: string): readonly Taken[];
  close(): Promise<void>;
};

/** docs.slack.dev, "The Events API": three more tries, at once, after a minute and after five. */
const retriesMs = [500, 60_000, 300_000];

/** @param of.eventsUrl where the bot listens */
export async function openSlackSide(of: { post: Post; eventsUrl(): string }): Promise<SlackSide> {
  const peer = await openSlackPeer();
  const channels = { general: 'C0GENERAL1', digest: 'C0DIGEST01' };
  peer.channels.set(channels.general, { name: 'general', member: true, archived: false });
  peer.channels.set(channels.digest, { name: 'digest', member: true, archived: false });
  const byHttp = deliverByHttp(() => `${of.eventsUrl()}/slack/events`);
  const deliver: Deliver = (kind, payload, how = {}) =>
    of.post.bring((again) => byHttp(kind, payload, again ? { retry: 1 } : how));
  const taken = new Map<string, Taken[]>();
  let closed = false;

  async function tell(message: PeerMessage, of: Taken): Promise<void> {
    const envelope = drawReceipt(message, peer);
    for (const [retry, waitMs] of [0, ...retriesMs].entries()) {
      await sleep(waitMs, undefined, { ref: false });
      if (closed) return;
      const { status } = await deliver('events_api', envelope, { retry }).catch(() => ({ status: 0 }));
      if (status !== 200) continue;
      of.receiptAt = Date.now();
      return;
    }
  }
  peer.onPosted((message) => {
    const id = deliveryIdOf(message);
    if (id === null) return;
    const mine: Taken = { at: Date.now(), receiptAt: null };
    taken.set(id, [...(taken.get(id) ?? []), mine]);
    void tell(message, mine);
  });

  return {
    peer,
    deliver,
    channels,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-good',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: peer.apiUrl,
    },
    taken: (deliveryId) => taken.get(deliveryId) ?? [],
    async close() {
      closed = true;
      await peer.close();
    },
  };
}

/** The delivery by which the bot knows a message; null for an answer to what somebody did. */
export function deliveryIdOf({ metadata }: PeerMessage): string | null {
  const id = metadata?.event_payload.delivery_id;
  return typeof id === 'string' ? id : null;
}
