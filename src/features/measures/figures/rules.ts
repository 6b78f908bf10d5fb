import { Decimal } from 'decimal.js';
import type { Breakdown, Measure } from '../definition/rules.ts';

/** Exact: sums of ten thousand figures of the longest kind stay far under this many digits. */
export const Exact = Decimal.clone({ precision: 200, toExpNeg: -200, toExpPos: 200 });

export const mostTextFigure = 1000;

/** A decimal in plain notation, such as `-1234.5`: exact, and the same figure always the same text. */
export type Exactly = string;

export type Figure =
  | { readonly kind: 'number'; readonly value: Exactly }
  /** Kept as what it is a share of, so that totals are right. */
  | { readonly kind: 'percent'; readonly part: Exactly; readonly whole: Exactly }
  | { readonly kind: 'choice'; readonly choice: string }
  | { readonly kind: 'text'; readonly text: string };

export type GroupFigure = { readonly breakdown: string; readonly group: string; readonly figure: Figure };
export type Given = { readonly figure: Figure; readonly groups: readonly GroupFigure[] };

export type Sign = '.' | ',';

/** The sign between whole and fraction in a language, as people who write it are used to. */
export function decimalSignOf(language: string): Sign {
  const part = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal');
  return part?.value === ',' ? ',' : '.';
}

export type Sum = { readonly value: Decimal; readonly whole: Decimal };

/** The exact sum of numbers, or of the parts and wholes of percentages; null when there is nothing to sum. */
export function sumOf(figures: readonly Figure[]): Sum | null {
  let [value, whole] = [new Exact(0), new Exact(0)];
  for (const figure of figures) {
    if (figure.kind === 'number') value = value.plus(figure.value);
    else if (figure.kind === 'percent') {
      value = value.plus(figure.part);
      whole = whole.plus(figure.whole);
    } else return null;
  }
  return figures.length === 0 ? null : { value, whole };
}

/** What a figure is worth on a scale: a percentage from 0 to 100, rounded for showing only. */
export function scaleOf(figure: Figure): Decimal | null {
  if (figure.kind === 'number') return new Exact(figure.value);
  if (figure.kind !== 'percent' || new Exact(figure.whole).isZero()) return null;
  return new Exact(figure.part).div(figure.whole).times(100);
}

/** Whether a figure lies outside what was agreed to be usual. */
export function isUnusual({ least, most }: Pick<Measure, 'least' | 'most'>, figure: Figure): boolean {
  const value = scaleOf(figure);
  if (!value) return false;
  return (least !== null && value.lt(least)) || (most !== null && value.gt(most));
}

/** Every digit, grouped as the language groups. */
export function sayDecimal(value: Exactly, language: string): string {
  const format = new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, { maximumFractionDigits: 20 });
  // Given a text it keeps every digit; the compiler's library does not know that yet.
  return format.format(value as unknown as number);
}

/** With at most `places` digits behind the sign: for shares and middles, never for what is stored. */
export function sayRounded(value: Decimal, language: string, places = 1): string {
  return sayDecimal(value.toDecimalPlaces(places).toFixed(), language);
}

export function sayFigure(figure: Figure, unit: string, language: string): string {
  switch (figure.kind) {
    case 'number':
      return unit === ''
        ? sayDecimal(figure.value, language)
        : `${sayDecimal(figure.value, language)} ${unit}`;
    case 'percent': {
      const share = scaleOf(figure);
      const parts = `${sayDecimal(figure.part, language)}/${sayDecimal(figure.whole, language)}`;
      return share ? `${sayRounded(share, language)} % (${parts})` : parts;
    }
    case 'choice':
      return figure.choice;
    case 'text':
      return figure.text;
    default:
      return figure satisfies never;
  }
}

/** As it would be typed: what a form is filled with. Read again in the same language it is the same figure. */
export function typedFigure(figure: Figure, language: string): string {
  const typed = (value: Exactly) => (decimalSignOf(language) === ',' ? value.replace('.', ',') : value);
  if (figure.kind === 'number') return typed(figure.value);
  if (figure.kind === 'percent') return `${typed(figure.part)}/${typed(figure.whole)}`;
  return figure.kind === 'choice' ? figure.choice : figure.text;
}

/** The lines of a form for a breakdown, each group with what was given for it. */
export function typedGroups(
  breakdowns: readonly Breakdown[],
  groups: readonly GroupFigure[],
  language: string,
): string {
  return breakdowns
    .flatMap(({ name, groups: all }) =>
      all.map((group) => {
        const given = groups.find((each) => each.breakdown === name && each.group === group);
        const label = breakdowns.length > 1 ? `${name} / ${group}` : group;
        return `${label}: ${given ? typedFigure(given.figure, language) : ''}`;
      }),
    )
    .join('\n');
}
