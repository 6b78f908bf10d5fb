import type { Trend } from '../../../charts/trend.ts';
import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text } from '../../../core/text.ts';
import { sayKey } from '../board/cards.ts';
import type { Measure } from '../definition/rules.ts';
import { type Given, isUnusual, sayDecimal, sayFigure, sayRounded, scaleOf } from '../figures/rules.ts';
import { allPress, givePress, sayPeriod } from '../requests/cards.ts';
import { wasLate } from '../requests/rules.ts';
import type { Earlier, Request } from '../requests/store.ts';
import { givenLines } from '../submitting/cards.ts';
import { say } from '../words.ts';

/** The middle half of what partners gave in a period that has been made public. */
export type Band = {
  readonly key: string;
  readonly low: string;
  readonly high: string;
  readonly partners: number;
};

/** To whoever just gave a figure: what was kept, what it means beside the ones before, and what is still open. */
export function thanksCard(
  of: {
    request: Request;
    given: Given | null;
    earlier: readonly Earlier[];
    band: Band | null;
    open: number;
    corrected: boolean;
    /** The same as a picture, where there is something to see. */
    picture: Part | null;
  },
  reader: Reader,
): Card {
  const { request, given, earlier, open } = of;
  const { measure } = request;
  const facts = { name: bold(measure.name), period: sayPeriod(request, reader) };
  const key = given === null ? 'thanks.link' : of.corrected ? 'thanks.corrected' : 'thanks';
  const figure = given ? bold(sayFigure(given.figure, measure.unit, reader.language)) : '';
  const readings = given ? sayTrend(request, given, earlier, reader) : [];
  return card(
    heading(say.plain(reader, 'thanks.title')),
    paragraph(say(reader, key, { ...facts, figure })),
    given && given.groups.length > 0 && list(givenLines(given, measure.unit, reader)),
    ...readings.map((line) => paragraph(line)),
    of.picture,
    of.band && paragraph(say(reader, 'thanks.band', bandFacts(of.band, measure, reader))),
    wasLate(request) && !of.corrected && note(say(reader, 'thanks.late')),
    given !== null && isUnusual(measure, given.figure) && note(say(reader, 'thanks.unusual')),
    note(say(reader, 'thanks.correct')),
    buttons(
      { id: givePress.encode({ request: request.id }), label: say.plain(reader, 'button.correct') },
      open > 0 && {
        id: allPress.encode({ page: 0 }),
        label: say.plain(reader, 'button.next', { count: open }),
        look: 'primary',
      },
    ),
  );
}

function bandFacts({ key, low, high, partners }: Band, { kind, unit }: Measure, reader: Reader) {
  const said = (value: string) => sayDecimal(value, reader.language);
  const scale = kind === 'percent' ? '%' : unit;
  return { period: sayKey(key, reader), low: said(low), high: said(high), partners, unit: scale };
}

/** What the chart of a partner's own figures shows, the oldest first; null where there is no line to draw. */
export function trendOf(
  request: Request,
  given: Given,
  earlier: readonly Earlier[],
  bands: ReadonlyMap<string, Band>,
  reader: Reader,
): Trend | null {
  const { measure, period } = request;
  const all = [...[...earlier].reverse(), { key: period.key, given }];
  const periods = all.map(({ key, given: each }) => {
    const band = bands.get(key);
    return {
      label: sayKey(key, reader),
      own: scaleOf(each.figure)?.toNumber() ?? null,
      range: band ? { low: Number(band.low), high: Number(band.high) } : null,
    };
  });
  if (periods.filter(({ own }) => own !== null).length < 2) return null;
  return {
    title: measure.name,
    unit: measure.kind === 'percent' ? '%' : measure.unit,
    periods,
    target: null,
    words: {
      own: say.plain(reader, 'chart.own', { partner: request.partner.name }),
      range: say.plain(reader, 'chart.range'),
      target: say.plain(reader, 'chart.target'),
    },
  };
}

/** A partner's own figures in a sentence: where they come from, and whether that is the way they were meant to go. */
function sayTrend(request: Request, given: Given, earlier: readonly Earlier[], reader: Reader): Text[] {
  const { measure } = request;
  const now = scaleOf(given.figure);
  const known = earlier.flatMap((each) => {
    const value = scaleOf(each.given.figure);
    return value ? [{ key: each.key, value, figure: each.given.figure }] : [];
  });
  const [last] = known;
  if (!now || !last) return [];
  const said = sayFigure(last.figure, measure.unit, reader.language);
  const change = now.minus(last.value);
  const facts = { period: last.key, last: said, by: sayRounded(change.abs(), reader.language) };
  const way = change.isZero() ? 'same' : change.isPositive() ? 'up' : 'down';
  const good = measure.direction === 'neither' || way === 'same' ? null : way === measure.direction;
  const inPoints = measure.kind === 'percent' && way !== 'same';
  const lines = [say(reader, inPoints ? `trend.${way}-points` : `trend.${way}`, facts)];
  const all = [...known.map(({ value }) => value), now];
  const isBest =
    good &&
    all.length >= 4 &&
    all.slice(0, -1).every((value) => (way === 'up' ? value.lt(now) : value.gt(now)));
  if (isBest) lines.push(say(reader, 'trend.best', { count: all.length }));
  return [lines.flatMap((line, index) => (index === 0 ? line : [' ', ...line]))];
}
