import {
  buttons,
  type Card,
  card,
  divider,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { type Entry, entriesShown, type Thread } from './rules.ts';
import type { Concern, ConcernId } from './store.ts';

export const raiseFormPress = press('check-ins.raise', {});
export const threadFormPress = press('check-ins.thread', {});
export const replyPress = press('check-ins.reply', { concern: id<ConcernId>() });
export const replyFormPress = press('check-ins.reply-form', { concern: id<ConcernId>() });
export const boxPress = press('check-ins.box', { key: word });
export const boxFormPress = press('check-ins.box-form', { key: word });

const letters = 300;
const threadsShown = 4;

export function entryList(reader: Reader, entries: readonly Entry[], own: Entry['by'], other: string): Part {
  return list(
    entries
      .slice(-entriesShown)
      .map(({ by, words }) =>
        say(reader, by === own ? 'thread.you' : 'thread.other', { other, words: shortened(words, letters) }),
      ),
  );
}

export function concernCard(reader: Reader, concern: Concern, own: Entry['by'], other: string): Card {
  return card(
    heading(say.plain(reader, 'concern.title')),
    entryList(reader, concern.entries, own, other),
    buttons({
      id: replyPress.encode({ concern: concern.id }),
      label: say.plain(reader, 'concern.reply'),
      look: 'primary',
    }),
    note(say(reader, 'concern.private')),
  );
}

/** Everything that was raised to somebody. */
export function concernsCard(
  reader: Reader,
  of: { named: readonly Concern[]; secret: readonly (readonly [string, Thread])[] },
): Card {
  const title = heading(say.plain(reader, 'concerns.title'));
  const all = of.named.length + of.secret.length;
  if (all === 0) return card(title, paragraph(say(reader, 'concerns.none')));
  const nobody = say.plain(reader, 'concerns.no-name');
  const secret = of.secret
    .slice(0, threadsShown)
    .flatMap(([key, { entries }]): Part[] => [
      paragraph(say(reader, 'concerns.secret')),
      entryList(reader, entries, 'chosen', nobody),
      buttons({ id: boxPress.encode({ key }), label: say.plain(reader, 'concern.reply') }),
    ]);
  const named = of.named.slice(0, threadsShown).flatMap((concern): Part[] => {
    const other = concern.from ?? say.plain(reader, 'concerns.gone');
    return [
      paragraph(say(reader, 'concerns.named', { other })),
      entryList(reader, concern.entries.slice(-2), 'chosen', other),
      buttons({ id: replyPress.encode({ concern: concern.id }), label: say.plain(reader, 'concern.reply') }),
    ];
  });
  const rest = all - Math.min(of.named.length, threadsShown) - Math.min(of.secret.length, threadsShown);
  return card(
    title,
    ...secret,
    secret.length > 0 && named.length > 0 ? divider : null,
    ...named,
    rest > 0 && note(say(reader, 'concerns.more', { rest })),
  );
}

export function receiptCard(reader: Reader, receipt: string): Card {
  return card(
    heading(say.plain(reader, 'raised.title')),
    paragraph(say(reader, 'raised.secret', { code: code(receipt), thread: code('/checkin thread') })),
    note(say(reader, 'raised.keep')),
  );
}
