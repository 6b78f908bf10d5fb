import type { Part } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Planned } from '../../../outreach/dry-run.ts';

/** One thing to one person, or to a channel or staff. */
export type Line = Omit<Planned, 'at' | 'due'> & {
  readonly at: Planned['at'] | 'held' | 'next' | 'paused';
  /** When its job is due, where that is still to come. */
  readonly due?: Date;
  /** What became of it, once it is settled. */
  readonly became?: 'sent' | 'expired' | 'unreachable';
};

/** The same thing to several people at one time. */
export type Grouped = Omit<Line, 'to'> & {
  readonly title: string | null;
  readonly members: readonly MemberId[];
  /** The last of several moments; `at` is the first then. */
  readonly latest?: Date;
  readonly to: 'people' | 'channel' | 'staff';
};

/** What one job has for several people is one line, though each hears it in their own hours. */
export function grouped(lines: readonly Line[], reader: Reader): Grouped[] {
  const groups = new Map<string, Grouped & { members: MemberId[] }>();
  for (const line of lines) {
    const title = titleOf(line, reader);
    const to = typeof line.to === 'string' ? line.to : 'people';
    const key = JSON.stringify([line.job, line.kind, to, whenOf(line), title, line.became]);
    const group = groups.get(key) ?? { ...line, title, to, members: [] as MemberId[] };
    if (typeof line.to !== 'string') group.members.push(line.to.member);
    groups.set(key, { ...group, ...between(group, line) });
  }
  return [...groups.values()];
}

function whenOf({ at, due, became }: Line): string {
  if (due) return `${due.toISOString()} ${typeof at === 'string' ? at : ''}`;
  // What is told to several people arrives within moments, one after the other.
  return typeof at === 'string' ? at : at.toISOString().slice(0, became ? minute : undefined);
}

/** The first and the last moment at which one of them may hear it. */
function between(group: Grouped, { at, due }: Line): Pick<Grouped, 'at' | 'latest'> {
  if (!due || typeof at === 'string' || typeof group.at === 'string') return { at: group.at };
  const last = group.latest ?? group.at;
  const [first, latest] = [at < group.at ? at : group.at, at > last ? at : last];
  return latest > first ? { at: first, latest } : { at: first };
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
