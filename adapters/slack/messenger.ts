import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Drawn, Messenger, Tools } from '../../src/core/ports.ts';
import { recordLostFile } from '../../src/delivery/lost.ts';
import type { Conversations } from './conversations.ts';
import { type CardFile, type DrawnCard, drawCard, filesIn } from './draw-card.ts';
import type { PictureFiles, Pictures } from './pictures.ts';
import { deliveryEvent, type Receipts } from './receipts.ts';
import { asPlatformError } from './trouble.ts';
import type { SlackApi } from './web-api.ts';

/** docs.slack.dev, "Rate limits": chat.postMessage takes one message a second in a channel. */
const paceMs = 1000;
/** chat.update is Tier 3: 50 a minute in a workspace, whatever the channels. */
const redrawPaceMs = 1200;
/**
 * How late Slack's receipt of a message may be before we take it that there is none, counted from the end of the send: twice
 * the slowest of the last, within these bounds. Slack promises nothing here; the longer holds while we know nothing.
 */
const receiptWithinMs = { least: 1500, most: 5000 };

/** How long an answer keeps trying: whoever asked is still there, and Slack may be asked much by the queue just now. */
const answerWithinMs = 60_000;
/** The same for the files of a queued message, whose lane is held meanwhile. */
const filesWithinMs = 10_000;
/** Where Slack does not say when. */
const againMs = 1000;

/** What goes out beside the lanes: a part of an answer that no other way brings. Both wait until Slack takes it. */
export type SlackMessenger = Messenger & {
  tell(to: Destination, drawn: DrawnCard): Promise<void>;
  bring(to: Destination, files: readonly CardFile[]): Promise<void>;
};

const posted = z.object({ ts: z.string(), channel: z.string() });

export function makeSlackMessenger(of: {
  api: SlackApi;
  receipts: Receipts;
  pictures: Pictures;
  conversations: Conversations;
  tools: Tools;
  /** Milliseconds of the real clock. */
  now?: () => number;
}): SlackMessenger {
  const { api, receipts, pictures, conversations, now = Date.now } = of;
  const { log } = of.tools;
  /** When a send ended without an answer, or when we first heard that one had. */
  const unansweredAt = new Map<string, number>();

  async function channelOf({ workspaceRef, placeRef }: Destination, mostWaitMs = 0): Promise<string> {
    if (!placeRef.startsWith('@')) return placeRef;
    return conversations.open(workspaceRef, [placeRef.slice(1)], mostWaitMs);
  }

  /** Where an earlier try of this message arrived. Waits for a receipt that may still be on its way. */
  async function findEarlier(deliveryId: string, teamId: string): Promise<string | null> {
    const receipt = await receipts.find(deliveryId, teamId);
    if (receipt) {
      unansweredAt.delete(deliveryId);
      return messageRef(receipt.channel, receipt.ts);
    }
    const tried = unansweredAt.get(deliveryId) ?? now();
    unansweredAt.set(deliveryId, tried);
    const { least, most } = receiptWithinMs;
    const slowestMs = (await receipts.findSlowestMs(teamId)) ?? most;
    const waitMs = Math.ceil(tried + Math.min(Math.max(2 * slowestMs, least), most) - now());
    if (waitMs > 0)
      throw new PlatformError('busy', 'slack', { retryAfterMs: waitMs, detail: 'no receipt yet' });
    return null;
  }

  async function upload(teamId: string, channel: string, files: readonly CardFile[], threadTs?: string) {
    if (files.length === 0) return;
    const client = await api.client(teamId);
    for (const { name, content: file } of files) {
      const place = threadTs ? { channel_id: channel, thread_ts: threadTs } : { channel_id: channel };
      await client.filesUploadV2({ ...place, filename: name, title: name, file });
    }
  }

  async function lostFile(deliveryId: string, error: unknown) {
    log.error({ error: error as Error, delivery: deliveryId }, 'slack.file-lost');
    // The message stands, whether or not this can be written down.
    await recordLostFile(of.tools, deliveryId).catch((again) =>
      log.error({ error: again }, 'slack.file-lost'),
    );
  }

  return {
    platform: 'slack',
    paceMs,
    redrawPaceMs,

    async post(to, message) {
      const draw = drawingOf(message);
      try {
        const earlier = message.maybeSent ? await findEarlier(message.deliveryId, to.workspaceRef) : null;
        if (earlier) return { messageRef: earlier, sentEarlier: true };
        const channel = await channelOf(to);
        const metadata = { event_type: deliveryEvent, event_payload: { delivery_id: message.deliveryId } };
        const answer = await pictures.sendWith(to.workspaceRef, message.card, (files) =>
          api.call(to.workspaceRef, 'chat.postMessage', { channel, ...draw(files), ...quiet, metadata }),
        );
        const { ts, channel: where } = posted.parse(answer);
        unansweredAt.delete(message.deliveryId);
        // The card stands; a file that does not get through must not make it stand twice.
        await patiently(filesWithinMs, () => upload(to.workspaceRef, where, filesIn(message.card), ts)).catch(
          (error) => lostFile(message.deliveryId, error),
        );
        return { messageRef: messageRef(where, ts) };
      } catch (error) {
        const trouble = asPlatformError(error);
        // After a time-out too, Slack may have taken it at the very end.
        if (trouble.code === 'no-answer') unansweredAt.set(message.deliveryId, now());
        else if (trouble.code !== 'busy') unansweredAt.delete(message.deliveryId);
        throw trouble;
      }
    },

    async redraw(to, ref, message) {
      const [channel = '', ts = ''] = ref.split('/');
      const draw = drawingOf(message);
      try {
        await pictures.sendWith(to.workspaceRef, message.card, (files) =>
          api.call(to.workspaceRef, 'chat.update', { channel, ts, ...draw(files), ...quiet }),
        );
      } catch (error) {
        throw asPlatformError(error);
      }
    },

    /** A conversation of at most eight people and the bot. */
    async openGroup(workspaceRef, accountRefs) {
      try {
        return { placeRef: await conversations.open(workspaceRef, accountRefs) };
      } catch (error) {
        throw asPlatformError(error);
      }
    },

    async tell(to, drawn) {
      await patiently(answerWithinMs, async (leftMs) => {
        const channel = await channelOf(to, leftMs);
        await api.call(to.workspaceRef, 'chat.postMessage', { channel, ...drawn, ...quiet });
      });
    },

    async bring(to, files) {
      await patiently(answerWithinMs, async (leftMs) =>
        upload(to.workspaceRef, await channelOf(to, leftMs), files),
      );
    },
  };
}

/** Nothing in a message names or fetches anything that the card did not. */
export const quiet = { link_names: false, parse: 'none', unfurl_links: false, unfurl_media: false };

/** Tries again while Slack is busy, and once when it is silent: what arrived unheard then arrives twice. */
async function patiently(withinMs: number, attempt: (leftMs: number) => Promise<void>): Promise<void> {
  const until = Date.now() + withinMs;
  let unheard = 0;
  for (;;) {
    try {
      return await attempt(until - Date.now());
    } catch (error) {
      const { code, retryAfterMs = againMs } = asPlatformError(error);
      if (code === 'no-answer') unheard += 1;
      const passing = code === 'busy' || (code === 'no-answer' && unheard === 1);
      if (!passing || Date.now() + retryAfterMs > until) throw error;
      await delay(retryAfterMs);
    }
  }
}

/** Drawn at once, so that a card which cannot be drawn is not taken for trouble with Slack. */
function drawingOf({ card, reader, accounts }: Drawn): (pictures: PictureFiles) => DrawnCard {
  const scope = { reader, accounts, files: 'here' } as const;
  const plain = drawCard(card, scope);
  return (pictures) => (pictures.size === 0 ? plain : drawCard(card, { ...scope, pictures }));
}

/** Channel and timestamp together name a message; a direct message's channel is known only from here. */
const messageRef = (channel: string, ts: string) => `${channel}/${ts}`;
