import { buttons, type Card, heading, list, note, paragraph } from '../../../core/card.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { isQuorate, itemText } from '../holding/cards.ts';
import { fitted, whenText } from '../meeting/cards.ts';
import type { Item } from '../meeting/items/store.ts';
import type { Guest, GuestId, Meeting } from '../meeting/store.ts';
import { say } from '../words.ts';

const guest = id<GuestId>();
export const caughtUpPress = press('meet.caught-up', { guest });
export const objectPress = press('meet.object', { guest });
export const packPress = press('meet.pack', { guest });

const mostLines = 8;

/** Whether something in the pack wants an answer. */
export function wantsAnswer(of: Meeting, items: readonly Item[], guest: Guest): boolean {
  const mine = items.some((item) => item.kind === 'action' && item.partnerId === guest.partnerId);
  const put = items.some((item) => item.kind === 'decision' && item.decision !== null);
  const mayObject = of.objectionsUntil !== null && items.some(({ kind }) => kind === 'decision');
  return mine || put || mayObject;
}

/** What an organisation missed: what was decided, what changes for it, what wants its answer and by when. */
export function packCard(
  of: Meeting,
  scope: {
    items: readonly Item[];
    guest: Guest;
    here: number;
    coalition: Coalition;
    reader: Reader;
    now: Date;
  },
): Card {
  const { items, here, coalition, reader } = scope;
  const decisions = items.filter(({ kind }) => kind === 'decision');
  const mine = items.filter(
    ({ kind, partnerId }) => kind === 'action' && partnerId === scope.guest.partnerId,
  );
  const notes = items.filter(({ kind }) => kind === 'note');
  const put = decisions.filter(({ decision }) => decision !== null);
  const mayObject = of.objectionsUntil !== null && of.objectionsUntil > scope.now && decisions.length > 0;
  const until = of.objectionsUntil ? instant(of.objectionsUntil, coalition.timeZone) : '';
  const wants: Text[] = [
    ...put.map((item) => say(reader, 'pack.vote', { number: item.decision ?? 0 })),
    ...mine.filter(({ dueOn }) => dueOn !== null).map((item) => itemText(item, reader)),
    ...(mayObject ? [say(reader, 'pack.object', { until })] : []),
  ];
  const section = (
    lines: readonly Text[],
    key: 'pack.decided' | 'pack.changes' | 'pack.wants' | 'pack.notes',
  ) => (lines.length === 0 ? [] : [note(say(reader, key)), list(lines.slice(0, mostLines))]);
  return fitted(
    reader,
    heading(say.plain(reader, 'pack.title', { title: of.title })),
    paragraph(
      say(reader, 'pack.intro', { guest: scope.guest.name, when: whenText(of, of.timeZone, reader) }),
    ),
    decisions.length === 0 && paragraph(say(reader, 'pack.nothing-decided')),
    ...section(
      decisions.map((item) => itemText(item, reader)),
      'pack.decided',
    ),
    !isQuorate(of, here) &&
      decisions.length > 0 &&
      note(say(reader, 'pack.below', { here, quorum: of.quorum })),
    ...section(
      mine.map((item) => itemText(item, reader)),
      'pack.changes',
    ),
    mine.length === 0 && note(say(reader, 'pack.nothing-changes')),
    ...section(wants, 'pack.wants'),
    ...section(
      notes.map((item) => itemText(item, reader)),
      'pack.notes',
    ),
    buttons(
      {
        id: caughtUpPress.encode({ guest: scope.guest.id }),
        label: say.plain(reader, 'button.caught-up'),
        look: 'primary',
      },
      mayObject && {
        id: objectPress.encode({ guest: scope.guest.id }),
        label: say.plain(reader, 'button.object'),
      },
    ),
  );
}
