import type { Card } from '../../../core/card.ts';
import { list } from '../../../core/card.ts';
import type { DigestItem, DigestSection } from '../../../core/digest-section.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { say } from '../words.ts';
import { issueCard } from './cards.ts';
import { type Fitted, fitSections, type Gathered, isLate } from './rules.ts';
import {
  type Drop,
  findSchedule,
  findToldUntil,
  listDrops,
  type Schedule,
  type SectionRecord,
  weeklyOf,
} from './store.ts';

/** When the next digest goes out. Other features add what is coming up with them. */
export const upcomingSection: DigestSection = {
  name: 'upcoming',
  title: (reader) => say.plain(reader, 'section.upcoming'),
  async collect({ coalition, until, reader, tools }) {
    const schedule = await findSchedule(tools.database, coalition.id);
    if (!schedule) return [];
    const from = Math.max(schedule.issue.dueAt.getTime(), until.getTime());
    const next = nextWeekly(weeklyOf(schedule, coalition), new Date(from));
    const due = instant(next.at, coalition.timeZone);
    return [
      {
        key: 'next-digest',
        label: say.plain(reader, 'upcoming.label'),
        parts: [list([say(reader, 'upcoming.next', { due })])],
        minor: true,
      },
    ];
  },
};

/** Everything there is to tell, before it is decided what fits. */
export type Contents = {
  readonly sections: readonly (Gathered & { readonly tells: readonly DigestSection[] })[];
  readonly drops: readonly Drop[];
  readonly dropped: ReadonlyMap<string, number>;
};

/** A whole section is dropped by this key. */
export const wholeSection = '*';

/** Asks every feature what there is to tell, and takes out what staff dropped. */
export async function gather(
  coalition: Coalition,
  schedule: Schedule,
  now: Date,
  tools: Tools,
): Promise<Contents> {
  const { issue } = schedule;
  const reader = coalition;
  const since = await findToldUntil(tools.database, coalition.id);
  const drops = await listDrops(tools.database, coalition.id, issue.id);
  const isDropped = (section: string, key: string) =>
    drops.some((drop) => drop.section === section && (drop.key === key || drop.key === wholeSection));

  const byName = new Map<string, { of: DigestSection[]; items: DigestItem[] }>();
  const dropped = new Map<string, number>();
  for (const section of tools.features().flatMap((feature) => feature.adds.digest ?? [])) {
    const found = byName.get(section.name) ?? { of: [], items: [] };
    byName.set(section.name, found);
    found.of.push(section);
    const scope = { coalition, since, until: now, occurrence: issue.occurrence, reader, tools };
    for (const item of await section.collect(scope)) {
      if (isDropped(section.name, item.key)) {
        dropped.set(section.name, (dropped.get(section.name) ?? 0) + 1);
      } else found.items.push(item);
    }
  }
  const sections = [...byName].map(([name, { of, items }]) => {
    const more = of.find((section) => section.more)?.more;
    return {
      name,
      title: of[0]?.title(reader) ?? name,
      items,
      tells: of,
      more: more ?? ((to: Reader, count: number) => say(to, 'issue.more', { count })),
    };
  });
  return { sections, drops, dropped };
}

export type Composed = {
  /** Null when there is nothing to say. */
  readonly card: Card | null;
  readonly fitted: readonly Fitted[];
  readonly contents: Contents;
  readonly record: readonly SectionRecord[];
  readonly late: boolean;
};

/** The issue as it goes out at an instant: what a preview shows and what is sent are made here. */
export async function compose(
  coalition: Coalition,
  schedule: Schedule,
  now: Date,
  tools: Tools,
): Promise<Composed> {
  const contents = await gather(coalition, schedule, now, tools);
  const filled = contents.sections.filter(({ items }) => items.length > 0);
  const fitted = fitSections(filled, coalition);
  const isEmpty = filled.every(({ items }) => items.every(({ minor }) => minor));
  const { dueAt } = schedule.issue;
  const late = isLate(dueAt, now);
  const record = contents.sections.map(({ name, title }) => {
    const section = fitted.find((each) => each.name === name);
    const told = isEmpty ? 0 : (section?.shown.length ?? 0);
    const left = isEmpty ? 0 : (section?.left ?? 0);
    return { name, title, told, left, dropped: contents.dropped.get(name) ?? 0 };
  });
  const card = isEmpty ? null : issueCard(coalition, fitted, late ? dueAt : null, coalition);
  return { card, fitted, contents, record, late };
}
