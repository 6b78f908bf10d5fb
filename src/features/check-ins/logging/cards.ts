import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { lettersDrawn, pageAt, paged, turnParts } from '../../../core/pages.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Entry, PromiseId, StaffPromise, Written } from './store.ts';

export const promiseDonePress = press('check-ins.promise-done', {
  promise: id<PromiseId>(),
  partner: id<PartnerId>(),
});

export const readAllPress = press('check-ins.read-all', { partner: id<PartnerId>(), page: count });

/** Letters of one line of history; the card holds several, and another one has them in full. */
const lineShown = 130;
const pointsShown = 3;

type History = {
  readonly partnerId: PartnerId;
  readonly partner: string;
  readonly entries: readonly Entry[];
  readonly promises: readonly StaffPromise[];
  readonly lastAsk: { readonly feature: string; readonly at: Date } | null;
  readonly points: readonly Text[];
  readonly notes: readonly { readonly text: string; readonly at: Date; readonly by: string | null }[];
};

const entryLine = (reader: Reader, { at, kind, line }: Entry): Text =>
  say(reader, line ? 'history.line' : 'history.seen', {
    at: instant(at, reader.timeZone, 'date'),
    kind: say.plain(reader, `kind.${kind}`),
    line: line ? shortened(line, lineShown) : '',
  });

export function historyCard(reader: Reader, of: History): Card {
  const { entries, promises, notes, points, lastAsk } = of;
  return card(
    heading(say.plain(reader, 'history.title', { partner: shortened(of.partner, 100) })),
    entries.length === 0
      ? paragraph(say(reader, 'history.none'))
      : list(entries.map((entry) => entryLine(reader, entry))),
    lastAsk &&
      paragraph(
        say(reader, 'history.last-ask', {
          feature: lastAsk.feature,
          at: instant(lastAsk.at, reader.timeZone, 'date'),
        }),
      ),
    points.length > 0 && paragraph(say(reader, 'history.points')),
    points.length > 0 &&
      list(points.slice(0, pointsShown).map((point) => [shortened(plainText(point, reader), lineShown)])),
    ...promises.flatMap((promise): Part[] => promiseParts(reader, promise)),
    notes.length > 0 && paragraph(say(reader, 'history.notes')),
    notes.length > 0 &&
      list(
        notes.map(({ text, at, by }) =>
          say(reader, 'history.note', {
            text: shortened(text, lineShown),
            at: instant(at, reader.timeZone, 'date'),
            by: by ? shortened(by, 40) : say.plain(reader, 'history.somebody'),
          }),
        ),
      ),
    readAll(reader, of.partnerId),
    note(say(reader, 'history.private', { note: code('/checkin note') })),
  );
}

const readAll = (reader: Reader, partner: PartnerId): Part =>
  buttons({
    id: readAllPress.encode({ partner, page: 0 }),
    label: shortened(say.plain(reader, 'history.read-all'), limits.buttonLabel),
  });

/** Everything in full, the latest first, on pages. */
export function allWrittenCard(
  reader: Reader,
  of: {
    partnerId: PartnerId;
    partner: string;
    written: readonly Written[];
    names: ReadonlyMap<string, string>;
    page: number;
  },
): Card {
  const lines = of.written.map((one) => writtenLine(reader, one, of.names));
  const { items, ...turned } = pageAt(
    paged(lines, (line) => lettersDrawn(line, reader)),
    of.page,
  );
  return card(
    heading(say.plain(reader, 'history.title-all', { partner: shortened(of.partner, 100) })),
    items.length === 0 ? paragraph(say(reader, 'history.none')) : list(items),
    ...turnParts(reader, turned, (page) => readAllPress.encode({ partner: of.partnerId, page })),
  );
}

function writtenLine(reader: Reader, { at, entry }: Written, names: ReadonlyMap<string, string>): Text {
  const day = instant(at, reader.timeZone, 'date');
  switch (entry.is) {
    case 'contact':
      return say(reader, entry.line ? 'history.line' : 'history.seen', {
        at: day,
        kind: say.plain(reader, `kind.${entry.kind}`),
        line: entry.line ?? '',
      });
    case 'note': {
      const by = names.get(entry.memberId ?? '') ?? say.plain(reader, 'history.somebody');
      return say(reader, 'history.note-all', { at: day, by: shortened(by, 40), text: entry.text });
    }
    case 'promise': {
      const { dueOn, text, kept } = entry;
      return say(reader, kept ? 'history.promise-kept' : 'history.promise', { date: dueOn, text });
    }
    default:
      return entry satisfies never;
  }
}

function promiseParts(reader: Reader, { id: promise, partnerId, text, dueOn }: StaffPromise): Part[] {
  const words = shortened(text, lineShown);
  return [
    paragraph(say(reader, 'history.promise', { text: words, date: dueOn })),
    buttons({
      id: promiseDonePress.encode({ promise, partner: partnerId }),
      label: shortened(say.plain(reader, 'promise.kept'), limits.buttonLabel),
    }),
  ];
}

/** For the partner's own people: what was logged, and what is not shown here. */
export function ownHistoryCard(
  reader: Reader,
  of: { partnerId: PartnerId; partner: string; entries: readonly Entry[] },
): Card {
  const { partner, entries } = of;
  return card(
    heading(say.plain(reader, 'history.title', { partner: shortened(partner, 100) })),
    entries.length === 0
      ? paragraph(say(reader, 'history.none'))
      : list(entries.map((entry) => entryLine(reader, entry))),
    entries.length > 0 && readAll(reader, of.partnerId),
    note(say(reader, 'history.own', { me: code('/coalition me') })),
  );
}
