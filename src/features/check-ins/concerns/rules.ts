import { createHash } from 'node:crypto';
import type { MemberId } from '../../../core/ids.ts';

export type Entry = { readonly by: 'raiser' | 'chosen'; readonly words: string };
export type Thread = {
  readonly to: MemberId;
  readonly entries: readonly Entry[];
  /** Whether the chosen person has yet to be told of something new. */
  readonly untold: boolean;
};
/** Threads without a name, by a hash of the receipt code that only the raiser has. */
export type Box = Readonly<Record<string, Thread>>;

/** 22 characters: it travels in the buttons of the chosen person, and leads back to no code. */
export const keyOf = (coalitionId: string, receiptCode: string): string =>
  createHash('sha256').update(`concern:${coalitionId}:${receiptCode}`).digest('base64url').slice(0, 22);

/** Sorted by hash, so that no order says when a thread began. */
export function withThread(box: Box, key: string, thread: Thread): Box {
  return Object.fromEntries(
    Object.entries({ ...box, [key]: thread }).sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
  );
}

/** Adds words of either side; null when there is no such thread. */
export function withWords(box: Box, key: string, entry: Entry): Box | null {
  const thread = box[key];
  if (!thread) return null;
  const untold = entry.by === 'raiser' || thread.untold;
  return withThread(box, key, { ...thread, entries: [...thread.entries, entry], untold });
}

export const toldAll = (box: Box): Box =>
  Object.fromEntries(Object.entries(box).map(([key, thread]) => [key, { ...thread, untold: false }]));

export const threadsOf = (box: Box, to: MemberId): [string, Thread][] =>
  Object.entries(box).filter(([, thread]) => thread.to === to);

export const mostWords = 1000;
/** Shown of one thread, the latest. */
export const entriesShown = 6;
