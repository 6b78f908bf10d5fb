import type { Part } from '../../../core/card.ts';
import { cardText } from '../../../core/card-text.ts';
import type { DigestItem } from '../../../core/digest-section.ts';
import { limits } from '../../../core/limits.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { addDays, type LocalDate, weekdayOf } from '../../../time/wall-clock.ts';
import { lastWeekly, nextWeekly, type Weekly } from '../../../time/weekly.ts';

export type Occurrence = { readonly date: LocalDate; readonly at: Date };

/** A digest that goes out this long after its time says that it is late. */
const lateAfterMinutes = 15;

/** The Monday of a calendar date's week: no week has two issues, however often the schedule moves. */
export function weekOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** The first occurrence after an instant whose week has had no issue yet. */
export function nextOccurrence(weekly: Weekly, after: Date, taken: ReadonlySet<LocalDate>): Occurrence {
  let next = nextWeekly(weekly, after);
  while (taken.has(weekOf(next.date))) next = nextWeekly(weekly, next.at);
  return next;
}

type Due =
  /** The issue itself goes out now, if nobody holds it. */
  | { readonly due: 'this' }
  /** A later one has come due since: it goes out in its place, and the others are recorded as missed. */
  | { readonly due: 'later'; readonly occurrence: Occurrence; readonly missed: readonly Occurrence[] };

/** At most this many missed occurrences are written down one by one; a year of silence needs no more. */
const mostMissed = 53;

/** What is to happen with an issue whose time has come, perhaps long ago: one digest, whatever was missed. */
export function whatIsDue(weekly: Weekly, issue: Occurrence, now: Date): Due {
  const latest = lastWeekly(weekly, now);
  if (weekOf(latest.date) <= weekOf(issue.date)) return { due: 'this' };
  const missed: Occurrence[] = [issue];
  for (let next = nextWeekly(weekly, issue.at); next.at < latest.at; next = nextWeekly(weekly, next.at)) {
    if (weekOf(next.date) > weekOf(issue.date)) missed.push(next);
  }
  return { due: 'later', occurrence: latest, missed: missed.slice(-mostMissed) };
}

export function isLate(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > lateAfterMinutes * 60_000;
}

export type Gathered = {
  readonly name: string;
  readonly title: string;
  readonly items: readonly DigestItem[];
  /** The line about those that are left out. */
  more(reader: Reader, count: number): Text;
};
export type Fitted = Gathered & {
  /** The items there is room for, merged into as few parts as possible. */
  readonly shown: readonly DigestItem[];
  readonly parts: readonly Part[];
  readonly footer: readonly Part[];
  readonly left: number;
};

/** What the sections may take, leaving room for the title and for what staff are told above a preview. */
const issueRoom = { characters: limits.cardText - 700, parts: limits.cardParts - 7 };

/** The line that says how much more there is, in characters, and the blank around a heading. */
const reserved = 120;
/** A list is broken here, so that it fits a platform's block. */
const longestList = 2_500;

/**
 * Decides what stands in an issue when there is more than fits: every section gives its first item, then every
 * section its second, and so on; a section whose next item does not fit gives no more, so that none is passed
 * over for a shorter one behind it.
 */
export function fitSections(
  sections: readonly Gathered[],
  reader: Reader,
  room: { characters: number; parts: number } = issueRoom,
): Fitted[] {
  const filled = sections.map((section) => ({ section, shown: [] as DigestItem[], full: false }));
  const overhead = sections.reduce((sum, { title }) => sum + title.length + reserved, 0);
  const used = new Map(filled.map((each) => [each, sizeOf([], reader)]));
  const total = () => [...used.values()].reduce(add, { characters: overhead, parts: 0, buttons: 0 });

  for (let turn = 0; filled.some((each) => !each.full); turn += 1) {
    for (const each of filled) {
      const item = each.section.items[turn];
      if (each.full || !item) {
        each.full = true;
        continue;
      }
      const before = used.get(each);
      used.set(each, sizeOf([...each.shown, item], reader));
      const size = total();
      const fits =
        size.characters <= room.characters &&
        size.parts <= room.parts &&
        size.buttons <= limits.buttonsPerCard;
      if (fits) each.shown.push(item);
      else {
        each.full = true;
        if (before) used.set(each, before);
      }
    }
  }
  return filled.map(({ section, shown }) => ({
    ...section,
    shown,
    parts: mergedParts(shown),
    footer: shown.flatMap((item) => item.footer ?? []),
    left: section.items.length - shown.length,
  }));
}

type Size = { characters: number; parts: number; buttons: number };
const add = (a: Size, b: Size): Size => ({
  characters: a.characters + b.characters,
  parts: a.parts + b.parts,
  buttons: a.buttons + b.buttons,
});

function sizeOf(items: readonly DigestItem[], reader: Reader): Size {
  const parts = [...mergedParts(items), ...items.flatMap((item) => item.footer ?? [])];
  const buttons = parts.reduce((sum, part) => sum + (part.part === 'buttons' ? part.buttons.length : 0), 0);
  // A heading and the line about the rest come with every section.
  return { characters: cardText({ parts }, reader).length, parts: parts.length + 2, buttons };
}

/** Lists that follow one another become one list. */
function mergedParts(items: readonly DigestItem[]): Part[] {
  const merged: Part[] = [];
  let length = 0;
  for (const part of items.flatMap((item) => item.parts)) {
    const last = merged.at(-1);
    const characters = part.part === 'list' ? JSON.stringify(part.items).length : 0;
    const joins = part.part === 'list' && last?.part === 'list' && part.ordered === last.ordered;
    if (joins && length + characters <= longestList) {
      merged[merged.length - 1] = { ...last, items: [...last.items, ...part.items] };
      length += characters;
    } else {
      merged.push(part);
      length = characters;
    }
  }
  return merged;
}
