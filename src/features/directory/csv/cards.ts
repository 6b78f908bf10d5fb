import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import type { LongWorkState } from '../../../core/command.ts';
import { paged } from '../../../core/pages.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Change, PlannedRow } from './planning/rules.ts';
import { headerOf } from './rules.ts';
import type { UploadId } from './store.ts';

export const importPagePress = press('partners.import-page', { upload: id<UploadId>(), page: count });
export const importConfirmPress = press('partners.import-confirm', { upload: id<UploadId>() });
export const importDropPress = press('partners.import-drop', { upload: id<UploadId>() });

type Counts = {
  readonly created: number;
  readonly changed: number;
  readonly refused: number;
  readonly same: number;
};

/** Letters and rows of one page of a preview. */
const pageLetters = 2200;
const pageRows = 15;
const cellShown = 50;

export function countPlan(rows: readonly PlannedRow[]): Counts {
  const of = (plan: PlannedRow['plan']) => rows.filter((row) => row.plan === plan).length;
  return { created: of('create'), changed: of('change'), refused: of('refuse'), same: of('same') };
}

/** What an import would do: refused rows first, because they need somebody. Unchanged rows are only counted. */
export function previewCard(
  of: { upload: UploadId; rows: readonly PlannedRow[]; ignored: readonly string[]; page: number },
  reader: Reader,
): Card {
  const counts = countPlan(of.rows);
  const order: readonly PlannedRow['plan'][] = ['refuse', 'change', 'create'];
  const shown = order.flatMap((plan) => of.rows.filter((row) => row.plan === plan));
  const lines = shown.map((row) => rowLine(row, reader));
  const least = Math.ceil(pageLetters / pageRows);
  const pages = paged(lines, (line) => Math.max(least, plainText(line, reader).length), pageLetters);
  const page = Math.min(Math.max(of.page, 0), Math.max(0, pages.length - 1));
  const turn = (to: number, key: 'list.before' | 'list.after') => ({
    id: importPagePress.encode({ upload: of.upload, page: to }),
    label: say.plain(reader, key),
  });
  const writes = counts.created + counts.changed;
  const lineCount = pages[page];
  return card(
    heading(say.plain(reader, writes === 0 ? 'csv.nothing-title' : 'csv.title')),
    paragraph(say(reader, 'csv.counts', counts)),
    of.ignored.length > 0 &&
      note(
        say(reader, 'csv.ignored', {
          columns: of.ignored
            .map((name) => cut(name))
            .slice(0, 8)
            .join(', '),
        }),
      ),
    lineCount && list(lineCount),
    pages.length > 1 && note(say(reader, 'csv.page', { page: page + 1, pages: pages.length })),
    pages.length > 1 &&
      buttons(
        page > 0 && turn(page - 1, 'list.before'),
        page < pages.length - 1 && turn(page + 1, 'list.after'),
      ),
    writes > 0 &&
      buttons(
        {
          id: importConfirmPress.encode({ upload: of.upload }),
          label: say.plain(reader, 'csv.confirm', { writes }),
          look: 'primary',
        },
        { id: importDropPress.encode({ upload: of.upload }), label: say.plain(reader, 'csv.drop') },
      ),
    note(say(reader, writes > 0 ? 'csv.nothing-yet' : 'csv.nothing')),
  );
}

function rowLine(of: PlannedRow, reader: Reader): Text {
  const start: Text = [
    ...say(reader, 'csv.row', { row: of.row }),
    ' ',
    bold(cut(of.name, 80) || say.plain(reader, 'csv.nameless')),
    ': ',
  ];
  switch (of.plan) {
    case 'create':
      return [...start, ...say(reader, 'csv.created')];
    case 'change': {
      const again = of.again ? [say(reader, 'csv.again')] : [];
      const changes = of.changes.map((change) => changeText(change, reader));
      return [...start, ...sentences([...again, ...changes], '; ')];
    }
    case 'same':
      return [...start, ...say(reader, 'csv.same')];
    case 'refuse': {
      const reasons = of.problems.map(({ reason, values }) => say(reader, `csv.reason.${reason}`, values));
      return [...start, ...say(reader, 'csv.refused'), ' ', ...sentences(reasons, ' ')];
    }
    default:
      return of satisfies never;
  }
}

function changeText({ column, from, to }: Change, reader: Reader): Text {
  const shown = (value: string) => (value === '' ? say(reader, 'csv.empty') : [code(cut(value))]);
  return say(reader, 'csv.changed', { column: headerOf(column), from: shown(from), to: shown(to) });
}

const sentences = (texts: readonly Text[], between: string): Text =>
  texts.flatMap((each, index) => (index === 0 ? each : [between, ...each]));

/** A preview shows how a cell begins; the file itself holds it whole. */
function cut(value: string, most = cellShown): string {
  return shortened(value.replace(/\s+/g, ' '), most);
}

/** `where`: where its progress is shown; empty for a press that came second. */
export function startedCard(what: 'import' | 'export', where: readonly Part[], reader: Reader): Card {
  return card(
    heading(say.plain(reader, `csv.started-${what}`)),
    ...(where.length > 0 ? where : [paragraph(say(reader, 'csv.started-before'))]),
  );
}

export function droppedCard(reader: Reader): Card {
  return card(paragraph(say(reader, 'csv.dropped')));
}

/** Inside the progress card. */
export function importParts(state: LongWorkState, reader: Reader): Part[] {
  const what = paragraph(say(reader, 'csv.work'));
  if (state.state !== 'finished') return [what];
  return [
    what,
    paragraph(say(reader, 'csv.result', state.result as Counts)),
    note(say(reader, 'csv.result-next', { list: code('/partners') })),
  ];
}

export type Exported = { readonly content: string; readonly total: number; readonly date: string };

export function exportParts({ content, total, date }: Exported, reader: Reader): Part[] {
  return [
    paragraph(say(reader, 'csv.exported', { total })),
    { part: 'file', name: `partners-${date}.csv`, mediaType: 'text/csv; charset=utf-8', content },
    note(say(reader, 'csv.exported-note', { command: code('/partners import') })),
  ];
}

/** Inside the progress card. */
export function exportWorkParts({ state, result }: LongWorkState, reader: Reader): Part[] {
  if (state === 'finished') return exportParts(result as Exported, reader);
  return [paragraph(say(reader, 'csv.export-work'))];
}
