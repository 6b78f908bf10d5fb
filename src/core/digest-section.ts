import type { Card, Part } from './card.ts';
import type { Tools } from './ports.ts';
import type { Reader } from './reader.ts';
import type { Coalition } from './who.ts';

/** One section of the weekly digest. A feature that has something to tell the coalition adds one. */
export type DigestSection = {
  /** Stable name, by which staff can drop the section or one of its items. */
  readonly name: string;
  /**
   * What there is to tell about the time from `since` to `until`. No items: the section is left out.
   * Pure reading: it is also run for previews.
   */
  collect(scope: DigestScope): Promise<readonly DigestItem[]>;
  /** The section's heading. */
  title(reader: Reader): string;
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
  /** Unique within the section; staff drop an item by it. */
  readonly key: string;
  /** One line for the staff's list of items. */
  readonly label: string;
  readonly parts: readonly Part[];
  /** Buttons and the like belong to the whole card: they are drawn after the parts. */
  readonly footer?: Card['parts'];
};
