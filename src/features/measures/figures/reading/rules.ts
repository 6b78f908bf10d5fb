import { foldName } from '../../../../core/fold-name.ts';
import { shortened } from '../../../../core/plain-text.ts';
import type { Breakdown, Measure } from '../../definition/rules.ts';
import {
  decimalSignOf,
  Exact,
  type Exactly,
  type Figure,
  type Given,
  type GroupFigure,
  type Sign,
  type Sum,
  sumOf,
} from '../rules.ts';

const mostWhole = 20;
const mostFraction = 10;

/** Said by the words `problem.figure.<why>`. */
export type FigureProblem = {
  readonly why:
    | 'number'
    | 'too-exact'
    | 'two-numbers'
    | 'whole'
    | 'choice'
    | 'group'
    | 'group-twice'
    | 'line'
    | 'sum';
  readonly values: Readonly<Record<string, string>>;
};

type ReadGiven =
  /** Two readings where `1.234` can be meant in two ways, the likelier one first. */
  | { readonly ok: true; readonly readings: readonly Given[]; readonly readBack: boolean }
  | { readonly ok: false; readonly problem: FigureProblem };

/** The first signs of digits that people type instead of 0 to 9. */
const zeros = ['٠', '۰', '०', '০'].map((zero) => zero.codePointAt(0) ?? 0);

function plainDigits(typed: string): string {
  return [...typed.normalize('NFKC')]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0;
      const zero = zeros.find((each) => code >= each && code < each + 10);
      return zero === undefined ? sign : String(code - zero);
    })
    .join('')
    .replace(/[٫]/g, ',')
    .replace(/[−–]/g, '-')
    .replace(/[’'٬\s]/g, ' ')
    .trim();
}

/**
 * A decimal under one convention: null when it is none under that one. Wholes may be grouped by the other sign or
 * by spaces, in threes, or in twos and a three as in India.
 */
export function parseDecimal(typed: string, sign: Sign): Exactly | 'too-exact' | null {
  const cleaned = plainDigits(typed);
  const group = sign === '.' ? ',' : '.';
  const [, minus = '', rest = ''] = /^([+-]?) ?(.*)$/s.exec(cleaned) ?? [];
  const [whole = '', fraction, ...more] = rest.split(sign);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null;
  const groupSign = whole.includes(group) ? group : whole.includes(' ') ? ' ' : null;
  if (groupSign !== null) {
    const groups = whole.split(groupSign);
    const [first = '', ...others] = groups;
    const last = others.at(-1) ?? '';
    const threes = others.every((each) => /^\d{3}$/.test(each));
    const indian = others.slice(0, -1).every((each) => /^\d{2}$/.test(each)) && /^\d{3}$/.test(last);
    if (!/^[1-9]\d{0,2}$/.test(first) || !(threes || (indian && first.length <= 2))) return null;
  } else if (!/^\d+$/.test(whole)) return null;
  const digits = whole.replace(/\D/g, '');
  if (digits.replace(/^0+/, '').length > mostWhole || (fraction?.length ?? 0) > mostFraction)
    return 'too-exact';
  const value = new Exact(`${digits}${fraction === undefined ? '' : `.${fraction}`}`);
  if (value.isZero()) return '0';
  return (minus === '-' ? value.neg() : value).toFixed();
}

/** What was typed, read under the reader's own convention first and then the other. */
export function readGiven(
  measure: Pick<Measure, 'kind' | 'unit' | 'choices' | 'breakdowns'>,
  typed: { figure: string; groups: string },
  language: string,
): ReadGiven {
  const own = decimalSignOf(language);
  const other: Sign = own === '.' ? ',' : '.';
  const tried = [own, other].map((sign) => readUnder(measure, typed, sign));
  const readings: Given[] = [];
  for (const each of tried) {
    if (!each.ok) continue;
    if (!readings.some((known) => JSON.stringify(known) === JSON.stringify(each.given)))
      readings.push(each.given);
  }
  const [first] = tried;
  if (readings.length === 0)
    return first?.ok === false ? first : { ok: false, problem: { why: 'number', values: {} } };
  const counts = measure.kind === 'number' || measure.kind === 'percent';
  const readBack = counts && (readings.length > 1 || /[.,٫]/.test(`${typed.figure} ${typed.groups}`));
  return { ok: true, readings, readBack };
}

type ReadOne =
  | { readonly ok: true; readonly given: Given }
  | { readonly ok: false; readonly problem: FigureProblem };

function readUnder(
  measure: Pick<Measure, 'kind' | 'unit' | 'choices' | 'breakdowns'>,
  typed: { figure: string; groups: string },
  sign: Sign,
): ReadOne {
  const figure = readFigure(measure, typed.figure, sign);
  if ('why' in figure) return { ok: false, problem: figure };
  const groups: GroupFigure[] = [];
  for (const line of typed.groups.split('\n')) {
    if (line.trim() === '') continue;
    const at = line.lastIndexOf(':');
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at < 1) return { ok: false, problem: { why: 'line', values: { line: shortened(line.trim(), 40) } } };
    // A line of the form whose figure was left out says nothing.
    if (value === '') continue;
    const found = findGroup(measure.breakdowns, name);
    if (!found) return { ok: false, problem: { why: 'group', values: { group: shortened(name, 40) } } };
    if (groups.some(({ breakdown, group }) => breakdown === found.breakdown && group === found.group)) {
      return { ok: false, problem: { why: 'group-twice', values: { group: found.group } } };
    }
    const part = readFigure(measure, value, sign);
    if ('why' in part) return { ok: false, problem: part };
    groups.push({ ...found, figure: part });
  }
  const wrong = measure.breakdowns
    .map((breakdown) => sumProblem(breakdown, figure, groups))
    .find((each) => each);
  return wrong ? { ok: false, problem: wrong } : { ok: true, given: { figure, groups } };
}

function findGroup(breakdowns: readonly Breakdown[], typed: string) {
  const [before, after] = typed.split('/').map((part) => foldName(part));
  for (const { name, groups } of breakdowns) {
    if (after !== undefined && foldName(name) !== before) continue;
    const group = groups.find((each) => foldName(each) === (after ?? before));
    if (group !== undefined) return { breakdown: name, group };
  }
  return null;
}

function readFigure(
  { kind, unit, choices }: Pick<Measure, 'kind' | 'unit' | 'choices'>,
  typed: string,
  sign: Sign,
): Figure | FigureProblem {
  const got = shortened(typed.trim(), 40);
  switch (kind) {
    case 'text':
      return { kind, text: typed.trim() };
    case 'choice': {
      const choice = choices.find((each) => foldName(each) === foldName(typed));
      return choice === undefined
        ? { why: 'choice', values: { got, choices: choices.join(', ') } }
        : { kind, choice };
    }
    case 'percent': {
      const [, part = '', whole = ''] = /^(.+?)(?:\/|\bof\b|\bout of\b)(.+)$/i.exec(typed) ?? [];
      if (whole === '') return { why: 'two-numbers', values: { got } };
      const [of, outOf] = [parseDecimal(part.replace(/\bout\s*$/i, ''), sign), parseDecimal(whole, sign)];
      if (of === 'too-exact' || outOf === 'too-exact') return { why: 'too-exact', values: { got } };
      if (of === null || outOf === null) return { why: 'two-numbers', values: { got } };
      // 0 of 0 is a fair answer: there was nobody to ask.
      const [p, w] = [new Exact(of), new Exact(outOf)];
      if (p.isNegative() || w.isNegative() || p.gt(w)) return { why: 'whole', values: { got } };
      return { kind, part: of, whole: outOf };
    }
    case 'number': {
      const value = parseDecimal(withoutUnit(typed, unit), sign);
      if (value === 'too-exact') return { why: 'too-exact', values: { got } };
      return value === null ? { why: 'number', values: { got } } : { kind, value };
    }
    default:
      return kind satisfies never;
  }
}

function withoutUnit(typed: string, unit: string): string {
  const trimmed = typed.trim();
  const ends = unit !== '' && trimmed.toLowerCase().endsWith(unit.toLowerCase());
  return ends ? trimmed.slice(0, -unit.length) : trimmed;
}

/** Where every group of a breakdown was given, together they are the whole. */
function sumProblem(
  breakdown: Breakdown,
  figure: Figure,
  groups: readonly GroupFigure[],
): FigureProblem | null {
  const parts = groups.filter((each) => each.breakdown === breakdown.name).map((each) => each.figure);
  if (parts.length === 0) return null;
  const sum = sumOf(parts);
  const total = sumOf([figure]);
  if (!sum || !total) return null;
  const complete = parts.length === breakdown.groups.length;
  const fits = complete
    ? sum.value.eq(total.value) && sum.whole.eq(total.whole)
    : sum.value.lte(total.value) && sum.whole.lte(total.whole);
  // Where figures may be negative, a part may be more than the whole.
  const mayExceed = parts.some((part) => part.kind === 'number' && part.value.startsWith('-'));
  if (fits || (!complete && mayExceed)) return null;
  const says = (of: Sum) =>
    figure.kind === 'percent' ? `${of.value.toFixed()}/${of.whole.toFixed()}` : of.value.toFixed();
  return { why: 'sum', values: { breakdown: breakdown.name, sum: says(sum), total: says(total) } };
}
