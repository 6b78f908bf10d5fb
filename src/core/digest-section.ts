import type { Card, Part } from './card.ts';
import type { CoalitionId } from './ids.ts';
import type { Tools, Writing } from './ports.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';
import type { Coalition } from './who.ts';

/**
 * One section of the weekly digest. A feature that has something to tell the coalition adds one; several
 * features that add one of the same name, such as `upcoming`, fill the same section.
 */
export type DigestSection = {
  /** Stable name, by which staff can drop the section or one of its items. */
  readonly name: string;
  /**
   * What there is to tell about the time from `since` to `until`, the most important first: when the card is
   * full, the last ones are left out and counted. No items: the section is left out.
   * Pure reading: it is also run for previews.
   */
  collect(scope: DigestScope): Promise<readonly DigestItem[]>;
  /** The section's heading. */
  title(reader: Reader): string;
  /** Says that there is more, and where. Without it: "and 12 more". */
  more?(reader: Reader, count: number): Text;
  /**
   * Runs in the transaction in which a digest goes out, with the keys of the items that stand in it: those of
   * every feature that fills the section.
   */
  told?(told: {
    writing: Writing;
    coalitionId: CoalitionId;
    occurrence: string;
    keys: readonly string[];
  }): Promise<void>;
};

export type DigestScope = {
  readonly coalition: Coalition;
  readonly since: Date;
  readonly until: Date;
  /** The digest's own identity, so that a section can remember what it promised for it. */
  readonly occurrence: string;
  readonly reader: Reader;
  readonly tools: Tools;
};

export type DigestItem = {
  /** Unique within the section; staff drop an item by it. At most 60 characters. */
  readonly key: string;
  /** One line for the staff's list of items. */
  readonly label: string;
  readonly parts: readonly Part[];
  /** Buttons and the like belong to the whole card: they are drawn after the parts. */
  readonly footer?: Card['parts'];
  /** Worth a line, but no reason to send a digest that holds nothing else. */
  readonly minor?: boolean;
};
