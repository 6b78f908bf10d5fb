import { type REST, Routes } from 'discord.js';

/** One page is as much as Discord gives; more than this many pages are not read. */
const pageSize = 100;
const mostPages = 6;
/** Our clock and Discord's may differ by this much. */
const clockSlackMs = 120_000;
const discordEpochMs = 1_420_070_400_000;

type Message = { readonly id: string; readonly components?: readonly { readonly id?: number }[] };

/**
 * Looks for a message that an earlier try may have left in a channel. Discord keeps a nonce for a few minutes
 * only; afterwards the mark in the message itself tells it apart, which our own messages show without any
 * privileged intent. In a channel where the bot may not read the history, Discord shows nothing: then there
 * is no knowing, and null is returned (the README says what follows).
 */
export async function findSent(of: {
  rest: REST;
  channel: string;
  mark: number;
  deliveryId: string;
  signal(): AbortSignal;
  /** Makes one request when its turn has come. */
  inTurn<T>(request: () => Promise<T>): Promise<T>;
}): Promise<string | null> {
  let after = snowflakeAt(writtenAt(of.deliveryId));
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(after ? { after } : {}) });
    const route = Routes.channelMessages(of.channel);
    const page = () => of.rest.get(route, { query, signal: of.signal() });
    const messages = (await of.inTurn(page)) as Message[];
    const found = messages.find(({ components }) => components?.[0]?.id === of.mark);
    if (found) return found.id;
    if (after === null || messages.length < pageSize) return null;
    after = messages.reduce((latest, { id }) => (BigInt(id) > BigInt(latest) ? id : latest), after);
  }
  return null;
}

/** When a delivery was written, which its id tells (UUID version 7); null for any other id. */
function writtenAt(deliveryId: string): number | null {
  const hex = /^([\da-f]{8})-([\da-f]{4})-7/i.exec(deliveryId);
  return hex ? Number.parseInt(`${hex[1]}${hex[2]}`, 16) : null;
}

function snowflakeAt(at: number | null): string | null {
  if (at === null) return null;
  return (BigInt(Math.max(0, at - clockSlackMs - discordEpochMs)) << 22n).toString();
}
