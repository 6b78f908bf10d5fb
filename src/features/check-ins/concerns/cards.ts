import {
  buttons,
  type Card,
  type CardButton,
  card,
  heading,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { type Entry, pagesOf, type Thread, waitsForAnswer } from './rules.ts';
import type { Concern, ConcernId } from './store.ts';

export const raiseFormPress = press('check-ins.raise', {});
/**
 * What is raised without a name is gone on with by this form alone, and its answer has no buttons: what is pressed may
 * be kept beside who pressed it, in a platform's delivery id, and would lead from one to the other.
 */
export const threadFormPress = press('check-ins.thread', {});
const concern = id<ConcernId>();
export const listPress = press('check-ins.concerns', { page: count });
export const replyPress = press('check-ins.reply', { concern });
export const replyFormPress = press('check-ins.reply-form', { concern });
export const readPress = press('check-ins.read', { concern });
export const turnPress = press('check-ins.read-page', { concern, page: count });
export const closePress = press('check-ins.close', { concern });
export const boxPress = press('check-ins.box', { key: word });
export const boxFormPress = press('check-ins.box-form', { key: word });
export const boxReadPress = press('check-ins.box-read', { key: word });
export const boxTurnPress = press('check-ins.box-page', { key: word, page: count });
export const boxClosePress = press('check-ins.box-close', { key: word });

/** Letters of a name, and of the last words of a thread among others. */
const letters = { name: 50, last: 180 };
/** Threads on one page of the list; each is three parts. */
export const threadsShown = 5;
/** Leads to the last page, however many there are. */
export const lastPage = 9999;

/** Who says what, in full. @param own the side of whoever reads it */
function sayEntry(reader: Reader, { by, words }: Entry, own: Entry['by'], other: string): Text {
  const key = by === own ? 'thread.you' : by === 'before' ? 'thread.before' : 'thread.other';
  return say(reader, key, { other: shortened(other, letters.name), words });
}

const nobodyKnown = (reader: Reader, name: string | null) => name ?? say.plain(reader, 'concerns.gone');

/** Something new in a thread with names: the latest words in full, the others one press away. */
export function concernCard(reader: Reader, of: Concern, own: Entry['by'], other: string): Card {
  return card(
    heading(say.plain(reader, 'concern.title')),
    ...of.entries.slice(-1).map((entry) => paragraph(sayEntry(reader, entry, own, other))),
    buttons(
      {
        id: replyPress.encode({ concern: of.id }),
        label: say.plain(reader, 'concern.reply'),
        look: 'primary',
      },
      { id: readPress.encode({ concern: of.id }), label: say.plain(reader, 'concern.read') },
    ),
    note(say(reader, 'concern.private')),
  );
}

/** One page of a thread, every word of it in full. */
function threadCard(
  reader: Reader,
  of: {
    thread: Pick<Thread, 'entries' | 'closed'>;
    own: Entry['by'];
    other: string;
    page: number;
    controls(page: number, pages: number): readonly (CardButton | false)[];
    notes(page: number, pages: number): readonly (Text | false)[];
  },
): Card {
  const { thread, own, other } = of;
  const pages = pagesOf(thread.entries);
  const page = Math.min(Math.max(of.page, 0), pages.length - 1);
  const pressed = of.controls(page, pages.length).filter((each): each is CardButton => Boolean(each));
  return card(
    heading(say.plain(reader, 'concern.title')),
    ...(pages[page] ?? []).map((entry) => paragraph(sayEntry(reader, entry, own, other))),
    pressed.length > 0 && buttons(...pressed),
    thread.closed && note(say(reader, own === 'chosen' ? 'thread.closed' : 'thread.they-closed')),
    ...of.notes(page, pages.length).map((each) => each && note(each)),
  );
}

type Addresses = { reply: string | null; close: string | null; turn(page: number): string };

function threadButtons(reader: Reader, { reply, close, turn }: Addresses, page: number, pages: number) {
  const to = (next: number, key: 'thread.earlier' | 'thread.later') => ({
    id: turn(next),
    label: say.plain(reader, key, { page: next + 1, pages }),
  });
  return [
    reply !== null && {
      id: reply,
      label: say.plain(reader, 'concern.reply'),
      look: 'primary' as const,
    },
    page > 0 && to(page - 1, 'thread.earlier'),
    page < pages - 1 && to(page + 1, 'thread.later'),
    close !== null && { id: close, label: say.plain(reader, 'concern.close') },
  ];
}

/** A thread with names. @param of.here whether the other side is still there to answer */
export function namedThreadCard(
  reader: Reader,
  of: { concern: Concern; own: 'raiser' | 'chosen'; page: number; here: boolean },
): Card {
  const { concern: thread, own, page, here } = of;
  const other = nobodyKnown(reader, own === 'chosen' ? thread.from : thread.to);
  const addresses = {
    reply: here ? replyPress.encode({ concern: thread.id }) : null,
    close: own === 'chosen' && !thread.closed ? closePress.encode({ concern: thread.id }) : null,
    turn: (next: number) => turnPress.encode({ concern: thread.id, page: next }),
  };
  return threadCard(reader, {
    ...{ thread, own, other, page },
    controls: (at, pages) => threadButtons(reader, addresses, at, pages),
    notes: () => [
      !here && own === 'raiser' && say(reader, 'thread.named-left', { concern: code('/checkin concern') }),
      say(reader, 'concern.private'),
    ],
  });
}

/** A thread without a name, for whoever was chosen. */
export function boxThreadCard(reader: Reader, key: string, thread: Thread, page: number): Card {
  const addresses = {
    reply: boxPress.encode({ key }),
    close: thread.closed ? null : boxClosePress.encode({ key }),
    turn: (next: number) => boxTurnPress.encode({ key, page: next }),
  };
  return threadCard(reader, {
    ...{ thread, own: 'chosen', other: say.plain(reader, 'concerns.no-name'), page },
    controls: (at, pages) => threadButtons(reader, addresses, at, pages),
    notes: () => [say(reader, 'concerns.by-code')],
  });
}

/** The same for whoever has its code. @param of.chosen null when whoever was chosen has left */
export function ownThreadCard(
  reader: Reader,
  of: { thread: Thread; chosen: string | null; page: number },
): Card {
  const { thread, chosen } = of;
  const command = code('/checkin thread');
  return threadCard(reader, {
    ...{ thread, own: 'raiser', other: nobodyKnown(reader, chosen), page: of.page },
    controls: () => [],
    notes: (page, pages) => [
      chosen === null && say(reader, 'thread.unread', { thread: command }),
      pages > 1 && say(reader, 'thread.pages', { page: page + 1, pages }),
      say(reader, 'thread.how', { thread: command }),
    ],
  });
}

/** One thread in somebody's list. */
export type Listed = {
  readonly at: { readonly concern: ConcernId } | { readonly key: string };
  readonly thread: Pick<Thread, 'entries' | 'closed'>;
  readonly own: 'raiser' | 'chosen';
  /** Null where nobody knows the name any more. */
  readonly other: string | null;
};

/** Everything that was raised to somebody, and what they raised with their name. @param of.page from 0 */
export function concernsCard(reader: Reader, of: { all: readonly Listed[]; page: number }): Card {
  const title = heading(say.plain(reader, 'concerns.title'));
  const { all } = of;
  if (all.length === 0) return card(title, paragraph(say(reader, 'concerns.none')));
  const pages = Math.ceil(all.length / threadsShown);
  const page = Math.min(Math.max(of.page, 0), pages - 1);
  const to = (next: number, key: 'concerns.earlier' | 'concerns.later') => ({
    id: listPress.encode({ page: next }),
    label: say.plain(reader, key, { page: next + 1, pages }),
  });
  return card(
    title,
    ...all.slice(page * threadsShown, (page + 1) * threadsShown).flatMap((each) => listedParts(reader, each)),
    pages > 1 &&
      buttons(
        page > 0 && to(page - 1, 'concerns.earlier'),
        page < pages - 1 && to(page + 1, 'concerns.later'),
      ),
  );
}

function listedParts(reader: Reader, { at, thread, own, other }: Listed): Part[] {
  const secret = 'key' in at;
  const name = secret ? say.plain(reader, 'concerns.no-name') : nobodyKnown(reader, other);
  const key = secret ? 'concerns.secret' : own === 'chosen' ? 'concerns.named' : 'concerns.yours';
  const state = thread.closed ? 'closed' : own === 'chosen' && waitsForAnswer(thread) ? 'waits' : 'open';
  const last = thread.entries.at(-1);
  return [
    paragraph(say(reader, key, { other: shortened(name, letters.name), state })),
    ...(last
      ? [paragraph(sayEntry(reader, { ...last, words: shortened(last.words, letters.last) }, own, name))]
      : []),
    buttons(
      {
        id: secret ? boxPress.encode(at) : replyPress.encode(at),
        label: say.plain(reader, 'concern.reply'),
      },
      {
        id: secret ? boxReadPress.encode(at) : readPress.encode(at),
        label: say.plain(reader, 'concern.read'),
      },
    ),
  ];
}

export function receiptCard(reader: Reader, receipt: string): Card {
  return card(
    heading(say.plain(reader, 'raised.title')),
    paragraph(say(reader, 'raised.secret', { code: code(receipt), thread: code('/checkin thread') })),
    note(say(reader, 'raised.keep')),
  );
}
