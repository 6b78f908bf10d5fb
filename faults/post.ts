import { setTimeout as sleep } from 'node:timers/promises';

/** What may go wrong with what a platform delivers to the bot. */
export const postTroubles = ['twice-at-once', 'twice', 'late'] as const;
export type PostTrouble = (typeof postTroubles)[number];

/** Between the platforms and the bot: brings most of it as it came, and what it is told to otherwise. */
export type Post = {
  trouble(trouble: PostTrouble, happened: () => void): void;
  /** @param deliver called again for a second delivery, with `again` set */
  bring<T>(deliver: (again: boolean) => T | Promise<T>): Promise<T>;
  behave(): void;
};

const laterMs = 1_500;

export function makePost(): Post {
  const waiting: { trouble: PostTrouble; happened: () => void }[] = [];
  const second = async (deliver: (again: boolean) => unknown, afterMs: number) => {
    await sleep(afterMs);
    try {
      await deliver(true);
    } catch {
      // The process that was to get it is down; the platform has brought it once already.
    }
  };
  return {
    trouble(trouble, happened) {
      waiting.push({ trouble, happened });
    },
    async bring(deliver) {
      const next = waiting.shift();
      next?.happened();
      switch (next?.trouble) {
        case 'twice-at-once':
          void second(deliver, 0);
          break;
        case 'twice':
          void second(deliver, laterMs);
          break;
        case 'late':
          // Whatever comes meanwhile overtakes it.
          await sleep(laterMs);
          break;
      }
      return await deliver(false);
    },
    behave() {
      waiting.length = 0;
    },
  };
}
