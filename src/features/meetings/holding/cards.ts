import {
  buttons,
  type Card,
  card,
  heading,
  list,
  note,
  type Part,
  paragraph,
  toned,
} from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { sayDate, shortened } from '../../../core/plain-text.ts';
import type { View } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { fitted, whenText } from '../meeting/cards.ts';
import { type Item, listItems } from '../meeting/items/store.ts';
import { findMeeting, type Guest, listGuests, type Meeting, type MeetingId } from '../meeting/store.ts';
import { say } from '../words.ts';

const meeting = id<MeetingId>();
export const herePress = press('meet.here', { meeting });
export const othersPress = press('meet.others', { meeting });
export const markPress = press('meet.mark', { meeting });
export const notePress = press('meet.note', { meeting });
export const finishPress = press('meet.finish', { meeting });
export const finishNowPress = press('meet.finish-now', { meeting });
export const decideAllPress = press('meet.decide-all', { meeting });

const mostNamed = 40;
/** As many lines of one kind as leave room for the others on one card. */
const mostLines = 10;
const longestLine = 150;

/** The roll, with the quorum live. */
export const rollView: View = {
  id: 'meetings.roll',
  async draw(subject, { tools, coalition, reader }) {
    const of = await findMeeting(tools.database, coalition.id, subject as MeetingId);
    return of && rollCard(of, await listGuests(tools.database, of), reader);
  },
};

export function rollCard(of: Meeting, guests: readonly Guest[], reader: Reader): Card {
  const here = guests.filter(({ present }) => present);
  const missing = guests.filter(({ present }) => !present);
  const payload = { meeting: of.id };
  const isOn = of.state === 'confirmed';
  return toned(
    fitted(
      reader,
      heading(say.plain(reader, 'roll.title', { title: of.title })),
      paragraph(quorumText(of, here.length, reader)),
      { part: 'progress', label: say.plain(reader, 'roll.here'), done: here.length, total: guests.length },
      here.length > 0 && note(say(reader, 'roll.names', { names: namesOf(here) })),
      missing.some(({ required }) => required) &&
        note(say(reader, 'roll.required', { names: namesOf(missing.filter(({ required }) => required)) })),
      isOn &&
        buttons(
          { id: herePress.encode(payload), label: say.plain(reader, 'button.here'), look: 'primary' },
          { id: othersPress.encode(payload), label: say.plain(reader, 'button.others') },
          { id: notePress.encode(payload), label: say.plain(reader, 'button.note') },
          { id: finishPress.encode(payload), label: say.plain(reader, 'button.finish') },
        ),
    ),
    isOn ? 'attention' : 'done',
  );
}

export const isQuorate = (of: Pick<Meeting, 'quorum'>, here: number): boolean => here >= of.quorum;

function quorumText(of: Meeting, here: number, reader: Reader): Text {
  const words = { here, quorum: of.quorum, missing: of.quorum - here };
  return say(reader, isQuorate(of, here) ? 'roll.quorate' : 'roll.below', words);
}

/** The same once it is over. */
function cameText(of: Meeting, here: number, reader: Reader): Text {
  return say(reader, isQuorate(of, here) ? 'minutes.quorate' : 'minutes.below', { here, quorum: of.quorum });
}

const namesOf = (guests: readonly Guest[]) =>
  guests
    .slice(0, mostNamed)
    .map(({ name, standIn }) => (standIn === '' ? name : `${name} (${standIn})`))
    .join(', ');

/** For whoever runs the roll: organisations that have not said they are here. */
export function othersCard(of: Meeting, guests: readonly Guest[], reader: Reader): Card {
  const missing = guests.filter(({ present }) => !present);
  if (missing.length === 0) return card(paragraph(say(reader, 'others.nobody')));
  return fitted(
    reader,
    heading(say.plain(reader, 'others.title')),
    {
      part: 'select',
      select: {
        id: markPress.encode({ meeting: of.id }),
        placeholder: say.plain(reader, 'others.choose'),
        choices: missing
          .slice(0, limits.choices)
          .map(({ id, name }) => ({ value: id, label: shortened(name, limits.choiceLabel) })),
      },
    },
    missing.length > limits.choices &&
      note(say(reader, 'others.more', { count: missing.length - limits.choices })),
  );
}

/** What the meeting came to, before it is sent. */
export function finishCard(
  of: Meeting,
  scope: { here: number; guests: number; items: readonly Item[]; mayDecide: boolean; reader: Reader },
): Card {
  const { here, guests, items, mayDecide, reader } = scope;
  const payload = { meeting: of.id };
  const decisions = items.filter(({ kind }) => kind === 'decision').length;
  const isOpen = !isQuorate(of, here) && decisions > 0;
  return fitted(
    reader,
    heading(say.plain(reader, 'finish.title', { title: of.title })),
    paragraph(
      say(reader, 'finish.sum', { here, guests, decisions, items: items.length, absent: guests - here }),
    ),
    ...itemParts(items, reader),
    here === 0 && paragraph(say(reader, 'finish.nobody')),
    isOpen &&
      paragraph(say(reader, mayDecide ? 'finish.below' : 'finish.below-staff', { quorum: of.quorum })),
    buttons(
      isOpen &&
        mayDecide && {
          id: decideAllPress.encode(payload),
          label: say.plain(reader, 'button.decide-all'),
          look: 'primary',
        },
      {
        id: finishNowPress.encode(payload),
        label: say.plain(reader, isOpen ? 'button.finish-open' : 'button.finish-now'),
        ...(isOpen ? {} : { look: 'primary' as const }),
      },
    ),
  );
}

/** Decisions, actions and notes, each kind under its own word. */
function itemParts(items: readonly Item[], reader: Reader): Part[] {
  return (['decision', 'action', 'note'] as const).flatMap((kind) => {
    const all = items.filter((item) => item.kind === kind);
    if (all.length === 0) return [];
    const rest = all.length - mostLines;
    return [
      note(say(reader, `items.${kind}`)),
      list(all.slice(0, mostLines).map((item) => itemText(item, reader))),
      ...(rest > 0 ? [note(say(reader, 'items.rest', { count: rest }))] : []),
    ];
  });
}

export function itemText(item: Item, reader: Reader): Text {
  const due = item.dueOn ? [' ', ...say(reader, 'items.due', { date: sayDate(reader, item.dueOn) })] : [];
  const put = item.decision === null ? [] : [' ', ...say(reader, 'items.put', { number: item.decision })];
  return [shortened(item.text, longestLine), ...due, ...put];
}

/** What the meeting came to, for the channel; redrawn as whoever was absent catches up. */
export const minutesView: View = {
  id: 'meetings.minutes',
  async draw(subject, { tools, coalition, reader }) {
    const of = await findMeeting(tools.database, coalition.id, subject as MeetingId);
    if (!of) return null;
    const items = await listItems(tools.database, of, ['decision', 'action', 'note', 'objection']);
    return minutesCard(of, { items, guests: await listGuests(tools.database, of), coalition, reader });
  },
};

export function minutesCard(
  of: Meeting,
  scope: { items: readonly Item[]; guests: readonly Guest[]; coalition: Coalition; reader: Reader },
): Card {
  const { items, guests, coalition, reader } = scope;
  const here = guests.filter(({ present }) => present);
  const absent = guests.filter(({ present }) => !present);
  const objections = items.filter(({ kind }) => kind === 'objection').length;
  return toned(
    fitted(
      reader,
      heading(say.plain(reader, 'minutes.title', { title: of.title })),
      note(whenText(of, of.timeZone, reader)),
      paragraph(cameText(of, here.length, reader)),
      here.length > 0 && note(say(reader, 'roll.names', { names: namesOf(here) })),
      ...itemParts(items, reader),
      of.objectionsUntil &&
        note(say(reader, 'minutes.objections', { until: instant(of.objectionsUntil, coalition.timeZone) })),
      objections > 0 && paragraph(say(reader, 'minutes.objected', { count: objections })),
      absent.length > 0 && {
        part: 'progress',
        label: say.plain(reader, 'minutes.caught-up'),
        done: absent.filter(({ caughtUpAt }) => caughtUpAt !== null).length,
        total: absent.length,
      },
    ),
    'done',
  );
}
