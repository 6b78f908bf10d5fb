import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, instant, type Text } from '../../../core/text.ts';
import { sayKey } from '../board/cards.ts';
import { Exact, sayDecimal, sayFigure, sayRounded } from '../figures/rules.ts';
import { givePress } from '../requests/cards.ts';
import type { RequestId } from '../requests/rules.ts';
import type { Submission } from '../requests/store.ts';
import { say } from '../words.ts';
import type { PublicSum } from './rules.ts';
import type { GivenLine, Publication, Use } from './store.ts';

export const minePress = press('measures.mine', { page: count });
export const versionsPress = press('measures.versions', { request: id<RequestId>() });

function saySum(sum: PublicSum, unit: string, reader: Reader): string {
  const { language } = reader;
  if (sum.whole === null) return `${sayDecimal(sum.value, language)}${unit === '' ? '' : ` ${unit}`}`;
  const share = new Exact(sum.whole).isZero()
    ? ''
    : `${sayRounded(new Exact(sum.value).div(sum.whole).times(100), language)} % `;
  return `${share}(${sayDecimal(sum.value, language)}/${sayDecimal(sum.whole, language)})`;
}

/** What the coalition learned from one period, with what it was before where both are public. */
export function learnedLine(of: Publication, before: Publication | null, reader: Reader): Text {
  const { measure, figures } = of;
  const name = bold(measure.name);
  const facts = { name, period: sayKey(of.key, reader), given: figures.given };
  if (figures.choices.length > 0) {
    const choices = figures.choices.map(({ choice, count: times }) => `${choice}: ${times}`).join(', ');
    return say(reader, 'learned.choices', { ...facts, choices });
  }
  if (!figures.total) return say(reader, 'learned.few', facts);
  const total = bold(saySum(figures.total, measure.unit, reader));
  const key = of.number > 1 ? 'learned.again' : 'learned';
  const line = say(reader, key, { ...facts, total, partners: figures.total.partners });
  const last = before?.figures.total;
  if (!last) return line;
  const was = saySum(last, measure.unit, reader);
  return [...line, ' ', ...say(reader, 'learned.before', { was, period: sayKey(before.key, reader) })];
}

/** The groups of a publication that may be shown. */
export function groupLines(of: Publication, reader: Reader): Text[] {
  return of.figures.groups.map((sum) => [
    `${sum.breakdown} / ${sum.group}: ${saySum(sum, of.measure.unit, reader)}`,
  ]);
}

export const useLine = (use: Use, reader: Reader): Text =>
  say(reader, 'use.line', { name: bold(use.measure), who: use.who, what: use.what });

export const minePerPage = 8;

/** Everything a partner gave, and what became of it. */
export function mineCard(
  of: {
    partner: string;
    lines: readonly GivenLine[];
    total: number;
    page: number;
    uses: readonly Use[];
  },
  reader: Reader,
): Card {
  const { page } = of;
  const turn = (to: number, key: 'button.before' | 'button.after') => ({
    id: minePress.encode({ page: to }),
    label: say.plain(reader, key),
  });
  if (of.total === 0) return card(paragraph(say(reader, 'given.none', { partner: of.partner })));
  return card(
    heading(
      shortened(say.plain(reader, 'given.title', { partner: of.partner, count: of.total }), limits.heading),
    ),
    ...of.lines.flatMap((line): Part[] => {
      const { measure, given, version } = line;
      const figure = given
        ? shortened(sayFigure(given.figure, measure.unit, reader.language), 120)
        : say.plain(reader, 'given.link');
      const facts = { name: bold(measure.name), period: sayKey(line.key, reader), figure };
      const request = line.requestId as RequestId;
      return [
        paragraph(say(reader, 'given.line', facts)),
        buttons(
          { id: givePress.encode({ request }), label: say.plain(reader, 'button.correct') },
          version > 1 && {
            id: versionsPress.encode({ request }),
            label: say.plain(reader, 'button.versions', { count: version }),
          },
        ),
      ];
    }),
    of.uses.length > 0 && paragraph(say(reader, 'given.used')),
    of.uses.length > 0 && list(of.uses.slice(0, 3).map((use) => useLine(use, reader))),
    of.uses.length === 0 && note(say(reader, 'given.not-used')),
    (page > 0 || of.total > (page + 1) * minePerPage) &&
      buttons(
        page > 0 && turn(page - 1, 'button.before'),
        of.total > (page + 1) * minePerPage && turn(page + 1, 'button.after'),
      ),
  );
}

/** Every version of one figure, the first one first. */
export function versionsCard(
  of: { name: string; period: string; unit: string; versions: readonly (Submission & { by: string })[] },
  reader: Reader,
): Card {
  return card(
    heading(say.plain(reader, 'versions.title', { name: of.name, period: of.period })),
    list(
      of.versions.slice(-10).map(({ given, note: why, by, at }) => {
        const figure = given
          ? shortened(sayFigure(given.figure, of.unit, reader.language), 80)
          : say.plain(reader, 'given.link');
        const when = instant(at, reader.timeZone);
        const who = by === '' ? say.plain(reader, 'versions.somebody') : by;
        const line = say(reader, 'versions.line', { figure: bold(figure), who, when });
        return why === '' ? line : [...line, ` “${shortened(why, 80)}”`];
      }),
      true,
    ),
  );
}
