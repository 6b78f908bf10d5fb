import type { Part } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Planned } from '../../../outreach/dry-run.ts';

/** One thing to one person, or to a channel or staff. */
export type Line = Omit<Planned, 'at'> & {
  readonly at: Date | 'held' | 'next' | 'paused';
  /** What became of it, once it is settled. */
  readonly became?: 'sent' | 'expired' | 'unreachable';
};

/** The same thing to several people at one time. */
export type Grouped = Omit<Line, 'to'> & {
  readonly title: string | null;
  readonly members: readonly MemberId[];
  readonly to: 'people' | 'channel' | 'staff';
};

export function grouped(lines: readonly Line[], reader: Reader): Grouped[] {
  const groups = new Map<string, Grouped & { members: MemberId[] }>();
  for (const line of lines) {
    const title = titleOf(line, reader);
    const to = typeof line.to === 'string' ? line.to : 'people';
    // What is told to several people arrives within moments, one after the other.
    const at =
      typeof line.at === 'string'
        ? line.at
        : line.at.toISOString().slice(0, line.became ? minute : undefined);
    const key = JSON.stringify([line.job, line.kind, to, at, title, line.became]);
    const group = groups.get(key) ?? { ...line, title, to, members: [] as MemberId[] };
    if (typeof line.to !== 'string') group.members.push(line.to.member);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const longestTitle = 90;
/** Letters of an instant down to its minute. */
const minute = 16;

/** A message by its heading, or by how it begins. */
function titleOf({ card, text }: Line, reader: Reader): string | null {
  const first = card?.parts.find((part: Part) => part.part === 'heading' || part.part === 'text');
  if (first?.part === 'heading') return shortened(first.text, longestTitle);
  const words = first?.part === 'text' ? first.text : text;
  return words && shortened(plainText(words, reader), longestTitle);
}
