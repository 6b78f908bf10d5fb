import type { CoalitionId } from './ids.ts';
import type { Writing } from './ports.ts';

/** What a timer posts to channels, while all is paused and afterwards. */
export type PausedPosts = {
  /** What their lanes hold already stays in them. */
  pause(writing: Writing, coalitionId: CoalitionId): Promise<void>;
  /**
   * Drops what is out of date and plans the rest; cards that changed meanwhile are drawn once.
   * @param afterMs when a post goes out, by its place among those of its lane
   */
  resume(
    writing: Writing,
    coalitionId: CoalitionId,
    afterMs: (index: number, of: number) => number,
  ): Promise<{ posts: number; outdated: number }>;
};
