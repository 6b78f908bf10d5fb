import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text } from '../../../core/text.ts';
import { type Given, isUnusual, sayFigure } from '../figures/rules.ts';
import { sayPeriod } from '../requests/cards.ts';
import type { Request } from '../requests/store.ts';
import type { DraftId } from '../submitting/rules.ts';
import { say } from '../words.ts';

export const fileConfirmPress = press('measures.confirm-file', { draft: id<DraftId>() });

export type FileLine =
  | { readonly row: number; readonly request: Request; readonly given: Given }
  | { readonly row: number; readonly name: string; readonly problem: Text };

const mostLines = 10;

/** What a file would give: what cannot be taken comes first, because it needs somebody. */
export function filePreviewCard(
  of: { lines: readonly FileLine[]; draft: DraftId | null },
  reader: Reader,
): Card {
  const refused = of.lines.filter((line) => 'problem' in line);
  const ok = of.lines.filter((line) => 'request' in line);
  const sorted = [...refused, ...ok];
  const left = sorted.length - mostLines;
  return card(
    heading(say.plain(reader, 'file.title', { count: ok.length })),
    list(sorted.slice(0, mostLines).map((line) => sayLine(line, reader))),
    left > 0 && note(say(reader, 'file.more', { count: left })),
    of.draft !== null &&
      buttons({
        id: fileConfirmPress.encode({ draft: of.draft }),
        label: say.plain(reader, 'file.confirm', { count: ok.length }),
        look: 'primary',
      }),
    note(say(reader, of.draft === null ? 'file.nothing' : 'file.nothing-yet')),
  );
}

function sayLine(line: FileLine, reader: Reader): Text {
  const row = say(reader, 'file.row', { row: line.row });
  if ('problem' in line)
    return [
      ...row,
      ' ',
      bold(shortened(line.name, 60)),
      ': ',
      shortened(plainText(line.problem, reader), 220),
    ];
  const { request, given } = line;
  const { measure, partner } = request;
  const figure = shortened(sayFigure(given.figure, measure.unit, reader.language), 60);
  const facts = {
    name: bold(measure.name),
    period: sayPeriod(request, reader),
    figure,
    partner: partner.name,
  };
  const unusual = isUnusual(measure, given.figure) ? [' ', ...say(reader, 'file.unusual')] : [];
  return [...row, ' ', ...say(reader, 'file.line', facts), ...unusual];
}

export function fileTakenCard(
  counts: { taken: number; meanwhile: number; locked: number },
  reader: Reader,
): Card {
  const { taken, meanwhile, locked } = counts;
  return card(
    heading(say.plain(reader, 'thanks.title')),
    paragraph(say(reader, 'file.taken', { count: taken })),
    meanwhile > 0 && paragraph(say(reader, 'file.meanwhile', { count: meanwhile })),
    locked > 0 && paragraph(say(reader, 'file.locked', { count: locked })),
    note(say(reader, 'thanks.correct')),
  );
}
