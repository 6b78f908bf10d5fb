import { createHash } from 'node:crypto';
import type { MemberId } from '../../../core/ids.ts';

export type Entry = {
  /** `before`: whoever it was raised to before somebody else was chosen. */
  readonly by: 'raiser' | 'chosen' | 'before';
  readonly words: string;
};
export type Thread = {
  readonly to: MemberId;
  readonly entries: readonly Entry[];
  /** Whether the chosen person has yet to be told of something new. */
  readonly untold: boolean;
  /** The chosen person is done with it, until somebody writes again. */
  readonly closed: boolean;
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

/** Adds words of either side, which opens it again; null when there is no such thread. */
export function withWords(box: Box, key: string, entry: Entry): Box | null {
  const thread = box[key];
  if (!thread) return null;
  const untold = entry.by === 'raiser' || thread.untold;
  return withThread(box, key, { ...thread, entries: [...thread.entries, entry], untold, closed: false });
}

/** Closes a thread of the chosen person; null when it is none of theirs. What they have not heard of stays untold. */
export function withClosed(box: Box, key: string, by: MemberId): Box | null {
  const thread = box[key];
  return thread?.to === by ? withThread(box, key, { ...thread, closed: true }) : null;
}

/** The raiser chooses somebody else, who reads all that was said; null when it stands otherwise by now. */
export function handedOn(box: Box, key: string, people: { from: MemberId; to: MemberId }): Box | null {
  const thread = box[key];
  if (thread?.to !== people.from) return null;
  const entries = thread.entries.map((entry) =>
    entry.by === 'chosen' ? { ...entry, by: 'before' as const } : entry,
  );
  return withThread(box, key, { to: people.to, entries, untold: true, closed: false });
}

export const untoldOf = (box: Box): MemberId[] => [
  ...new Set(
    Object.values(box)
      .filter(({ untold }) => untold)
      .map(({ to }) => to),
  ),
];

/** What these people have been told of; what nobody reads any more stays untold. */
export const toldTo = (box: Box, people: readonly MemberId[]): Box =>
  Object.fromEntries(
    Object.entries(box).map(([key, thread]) => [
      key,
      people.includes(thread.to) ? { ...thread, untold: false } : thread,
    ]),
  );

export const threadsOf = (box: Box, to: MemberId): [string, Thread][] =>
  Object.entries(box).filter(([, thread]) => thread.to === to);

/** Whether the raiser had the last word and the chosen person is not done with it. */
export const waitsForAnswer = ({ entries, closed }: Pick<Thread, 'entries' | 'closed'>): boolean =>
  !closed && entries.at(-1)?.by !== 'chosen';

/** What waits for an answer first, what is closed last; else in the order they are in. */
export function waitingFirst<T extends { thread: Pick<Thread, 'entries' | 'closed'>; own: Entry['by'] }>(
  all: readonly T[],
): T[] {
  const rank = ({ thread, own }: T) =>
    own === 'chosen' && waitsForAnswer(thread) ? 0 : thread.closed ? 2 : 1;
  return [...all].sort((a, b) => rank(a) - rank(b));
}

export const mostWords = 1000;

/** Letters on one page of a thread, `perEntry` for the name before each; see `limits.cardText`. */
const room = { letters: 3000, perEntry: 60, entries: 8 };

/** A thread in pages, each as full as a card takes, the oldest words first and nothing left out. */
export function pagesOf(entries: readonly Entry[]): Entry[][] {
  const pages: Entry[][] = [];
  let used = 0;
  for (const entry of entries) {
    const size = entry.words.length + room.perEntry;
    const page = pages.at(-1);
    if (page && page.length < room.entries && used + size <= room.letters) {
      page.push(entry);
      used += size;
    } else {
      pages.push([entry]);
      used = size;
    }
  }
  return pages;
}
