import { z } from 'zod';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Drawn, Log, Messenger } from '../../src/core/ports.ts';
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

export type SlackMessenger = Messenger & {
  /** A message to one person, outside any lane: an answer that no other way reached them with. */
  tell(
    teamId: string,
    userId: string,
    drawn: Record<string, unknown>,
    files: readonly CardFile[],
  ): Promise<void>;
};

const posted = z.object({ ts: z.string(), channel: z.string() });

export function makeSlackMessenger(of: {
  api: SlackApi;
  receipts: Receipts;
  pictures: Pictures;
  conversations: Conversations;
  log: Log;
  /** Milliseconds of the real clock. */
  now?: () => number;
}): SlackMessenger {
  const { api, receipts, pictures, conversations, now = Date.now } = of;
  /** When a send ended without an answer, or when we first heard that one had. */
  const unansweredAt = new Map<string, number>();

  async function channelOf({ workspaceRef, placeRef }: Destination): Promise<string> {
    return placeRef.startsWith('@') ? conversations.open(workspaceRef, [placeRef.slice(1)]) : placeRef;
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
        await upload(to.workspaceRef, where, filesIn(message.card), ts).catch((error) =>
          of.log.error({ error, delivery: message.deliveryId }, 'slack.file-lost'),
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

    async tell(teamId, userId, drawn, files) {
      const channel = await channelOf({ workspaceRef: teamId, placeRef: `@${userId}` });
      if (Object.keys(drawn).length > 0) {
        await api.call(teamId, 'chat.postMessage', { channel, ...drawn, ...quiet });
      }
      await upload(teamId, channel, files);
    },
  };
}

/** Nothing in a message names or fetches anything that the card did not. */
export const quiet = { link_names: false, parse: 'none', unfurl_links: false, unfurl_media: false };

/** Drawn at once, so that a card which cannot be drawn is not taken for trouble with Slack. */
function drawingOf({ card, reader, accounts }: Drawn): (pictures: PictureFiles) => DrawnCard {
  const scope = { reader, accounts, files: 'here' } as const;
  const plain = drawCard(card, scope);
  return (pictures) => (pictures.size === 0 ? plain : drawCard(card, { ...scope, pictures }));
}

/** Channel and timestamp together name a message; a direct message's channel is known only from here. */
const messageRef = (channel: string, ts: string) => `${channel}/${ts}`;
