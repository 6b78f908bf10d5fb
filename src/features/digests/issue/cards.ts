import {
  buttons,
  type Card,
  type Choice,
  card,
  heading,
  list,
  note,
  type Part,
  paragraph,
  toned,
} from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { type Inline, instant, joined, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { say } from '../words.ts';
import type { Fitted } from './rules.ts';
import type { DigestPlace, Drop, DropId, Issue, IssueId, Schedule } from './store.ts';

export const previewPress = press('digest.preview', {});
export const holdPress = press('digest.hold', { issue: id<IssueId>() });
export const resumePress = press('digest.resume', { issue: id<IssueId>() });
export const dropPress = press('digest.drop', { issue: id<IssueId>() });
export const restorePress = press('digest.restore', { drop: id<DropId>() });

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** What goes out. */
export function issueCard(
  coalition: Coalition,
  sections: readonly Fitted[],
  lateSince: Date | null,
  reader: Reader,
): Card {
  const parts = sections.flatMap((section): Part[] => [
    heading(section.title),
    ...section.parts,
    ...(section.left > 0 ? [note(section.more(reader, section.left))] : []),
  ]);
  const due = lateSince && instant(lateSince, coalition.timeZone);
  const whole = card(
    heading(say.plain(reader, 'issue.title', { coalition: coalition.name })),
    due && note(say(reader, 'issue.late', { due })),
    ...parts,
    ...sections.flatMap((section) => section.footer),
  );
  return lateSince ? toned(whole, 'attention') : whole;
}

/** An issue as it would go out now, with what only staff are told above it. */
export function previewCard(
  of: { schedule: Schedule; coalition: Coalition; places: readonly DigestPlace[] },
  issue: Card | null,
  remarks: readonly Text[],
  reader: Reader,
): Card {
  return card(
    paragraph(nextLine(of, reader)),
    ...remarks.map(note),
    issue === null && paragraph(say(reader, 'preview.empty')),
    { part: 'divider' },
    ...(issue?.parts ?? []),
  );
}

/** When and where the next one goes out, or why it does not. */
function nextLine(
  of: { schedule: Schedule; coalition: Coalition; places: readonly DigestPlace[] },
  reader: Reader,
): Text {
  const { schedule, coalition, places } = of;
  const state = schedule.stopped ? 'stopped' : schedule.issue.state === 'held' ? 'held' : 'planned';
  return say(reader, `next.${state}`, {
    due: instant(schedule.issue.dueAt, coalition.timeZone),
    places: placesText(places),
  });
}

export function scheduledCard(
  of: { schedule: Schedule; coalition: Coalition; places: readonly DigestPlace[]; weekTaken: boolean },
  reader: Reader,
): Card {
  const { schedule, coalition, places } = of;
  return card(
    heading(say.plain(reader, 'scheduled.title')),
    paragraph(
      say(reader, 'scheduled.every', {
        weekday: say.plain(reader, `weekday.${weekdays[schedule.weekday - 1] ?? 'monday'}`),
        time: schedule.time,
        zone: coalition.timeZone,
        places: placesText(places),
      }),
    ),
    paragraph(nextLine(of, reader)),
    of.weekTaken && note(say(reader, 'scheduled.week-taken')),
    note(say(reader, `scheduled.silent-${schedule.whenSilent}`, { days: schedule.answerDays })),
    buttons(previewButton(reader)),
  );
}

/** Where the digest stands, and what became of the last ones. */
export function statusCard(
  of: { schedule: Schedule; coalition: Coalition; places: readonly DigestPlace[] },
  past: readonly Issue[],
  forStaff: boolean,
  reader: Reader,
): Card {
  const { schedule, coalition } = of;
  const { issue } = schedule;
  return card(
    heading(say.plain(reader, 'status.title')),
    paragraph(nextLine(of, reader)),
    note(say(reader, 'status.announce')),
    forStaff && past.length > 0 && paragraph(say(reader, 'status.past')),
    forStaff && past.length > 0 && list(past.map((each) => pastLine(each, coalition, reader))),
    forStaff && !schedule.stopped && buttons(previewButton(reader), holdOrResume(issue, reader)),
  );
}

function pastLine(issue: Issue, coalition: Coalition, reader: Reader): Text {
  const sum = (of: 'told' | 'left' | 'dropped') =>
    issue.contents.reduce((total, section) => total + section[of], 0);
  const key = issue.state === 'sent' && issue.late ? 'past.sent-late' : `past.${issue.state as 'sent'}`;
  return say(reader, key as 'past.sent', {
    due: instant(issue.dueAt, coalition.timeZone, 'date'),
    told: sum('told'),
    left: sum('left'),
    dropped: sum('dropped'),
  });
}

export function heldCard(
  of: { schedule: Schedule; coalition: Coalition; places: readonly DigestPlace[] },
  reader: Reader,
): Card {
  const { issue } = of.schedule;
  return card(paragraph(nextLine(of, reader)), buttons(previewButton(reader), holdOrResume(issue, reader)));
}

export type Droppable = { readonly value: string; readonly label: string };

/** What is in the next issue, what was dropped from it, and the way back. */
export function dropCard(
  issue: Issue,
  items: readonly Droppable[],
  drops: readonly Drop[],
  notice: Text | null,
  reader: Reader,
): Card {
  const choices: Choice[] = items
    .slice(0, limits.choices)
    .map(({ value, label }) => ({ value, label: shortened(label, limits.choiceLabel) }));
  const select = {
    id: dropPress.encode({ issue: issue.id }),
    placeholder: say.plain(reader, 'drop.placeholder'),
    choices,
  };
  const shownDrops = drops.slice(-limits.buttonsPerRow);
  return card(
    heading(say.plain(reader, 'drop.title')),
    notice !== null && paragraph(notice),
    paragraph(say(reader, 'drop.items', { count: items.length })),
    choices.length > 0 && { part: 'select', select },
    items.length > limits.choices && note(say(reader, 'drop.more', { count: items.length - limits.choices })),
    drops.length > 0 && paragraph(say(reader, 'drop.dropped', { count: drops.length })),
    drops.length > 0 && list(shownDrops.map(({ label }) => [label])),
    drops.length > 0 &&
      buttons(
        ...shownDrops.map((drop) => ({
          id: restorePress.encode({ drop: drop.id }),
          label: shortened(say.plain(reader, 'drop.restore', { label: drop.label }), limits.buttonLabel),
        })),
      ),
  );
}

const previewButton = (reader: Reader) => ({
  id: previewPress.encode({}),
  label: say.plain(reader, 'button.preview'),
});

function holdOrResume(issue: Issue, reader: Reader) {
  return issue.state === 'held'
    ? { id: resumePress.encode({ issue: issue.id }), label: say.plain(reader, 'button.resume') }
    : { id: holdPress.encode({ issue: issue.id }), label: say.plain(reader, 'button.hold') };
}

function placesText(places: readonly DigestPlace[]): Text {
  return joined(
    places.map(({ ref, name }): Text => [{ place: ref, name } as Inline]),
    ', ',
  );
}
