import type { Measure } from '../definition/rules.ts';
import { Exact, type Figure, type Given, scaleOf, sumOf } from '../figures/rules.ts';
import { type Cell, choosePicked, choosePublic, type Shown, type Source } from '../suppression/rules.ts';

export const publishKind = 'measures.publish';

/** One partner's figure as it stands when a period is made public. */
export type Standing = { readonly partner: string; readonly version: number; readonly given: Given };

export type PublicSum = {
  readonly partners: number;
  /** Exact decimals; `whole` only for shares. */
  readonly value: string;
  readonly whole: string | null;
};

/** What everybody may see of a period. */
export type PublicFigures = {
  /** How many partners gave something. */
  readonly given: number;
  readonly total: PublicSum | null;
  readonly groups: readonly (PublicSum & { readonly breakdown: string; readonly group: string })[];
  readonly choices: readonly { readonly choice: string; readonly count: number }[];
  /** The middle half of the partners' figures on their scale, rounded; null where partners are few. */
  readonly band: { readonly low: string; readonly high: string; readonly partners: number } | null;
};

const isNothing = (figure: Figure): boolean =>
  (figure.kind === 'number' && new Exact(figure.value).isZero()) ||
  (figure.kind === 'percent' && new Exact(figure.whole).isZero());

/** Where a figure weighs in sums. What is zero protects nobody: it counts as not being there. */
function sourceOf({ partner, version, given }: Standing, measure: Pick<Measure, 'breakdowns'>): Source {
  const groups: Record<string, string[]> = {};
  const whole: string[] = [];
  for (const { name, groups: all } of measure.breakdowns) {
    const own = given.groups.filter(({ breakdown }) => breakdown === name);
    groups[name] = own.filter(({ figure }) => !isNothing(figure)).map(({ group }) => group);
    if (own.length === all.length) whole.push(name);
  }
  return { partner, version, groups, whole };
}

/** What becomes public of a period, and what it rests on. `before`: what was made public of it so far. */
export function publish(
  measure: Pick<Measure, 'kind' | 'breakdowns' | 'smallest'>,
  standings: readonly Standing[],
  before: readonly Shown[],
): { figures: PublicFigures; basis: Shown } {
  const nothing = { given: standings.length, total: null, groups: [], choices: [], band: null };
  const { kind, breakdowns, smallest } = measure;
  if (kind === 'text') return { figures: nothing, basis: { sources: [], cells: [] } };
  if (kind === 'choice') {
    const counts = new Map<string, number>();
    for (const { given } of standings)
      if (given.figure.kind === 'choice')
        counts.set(given.figure.choice, (counts.get(given.figure.choice) ?? 0) + 1);
    // Counts are shown once: one more answer would tell what it was.
    const choices = before.length === 0 ? choosePicked(counts, smallest) : [];
    return { figures: { ...nothing, choices }, basis: { sources: [], cells: [] } };
  }
  const weighing = standings.filter(({ given }) => !isNothing(given.figure));
  const sources = weighing.map((standing) => sourceOf(standing, measure));
  const cells = choosePublic(sources, breakdowns, smallest, before);
  const sumIn = (cell: Cell): PublicSum | null => {
    const figures = weighing.flatMap(({ given }) =>
      cell === 'total'
        ? [given.figure]
        : given.groups
            .filter(({ breakdown, group }) => breakdown === cell.breakdown && group === cell.group)
            .map(({ figure }) => figure),
    );
    const sum = sumOf(figures);
    return (
      sum && {
        partners: figures.filter((figure) => !isNothing(figure)).length,
        value: sum.value.toFixed(),
        whole: kind === 'percent' ? sum.whole.toFixed() : null,
      }
    );
  };
  const groups = cells.flatMap((cell) => {
    const sum = cell === 'total' ? null : sumIn(cell);
    return sum && cell !== 'total' ? [{ ...cell, ...sum }] : [];
  });
  const shownBefore = before.some((each) => each.cells.length > 0);
  const figures: PublicFigures = {
    ...nothing,
    total: cells.includes('total') ? sumIn('total') : null,
    groups,
    // Shown once too: where the middle moves with one more figure, it tells of that figure.
    band: shownBefore ? null : bandOf(weighing, smallest),
  };
  return { figures, basis: { sources, cells } };
}

/** The middle half, each end halfway between two partners' figures and rounded to two digits. */
function bandOf(standings: readonly Standing[], smallest: number): PublicFigures['band'] {
  const scale = standings.flatMap(({ given }) => scaleOf(given.figure) ?? []).sort((a, b) => a.comparedTo(b));
  if (scale.length < smallest) return null;
  const at = (share: number) => {
    const place = (scale.length - 1) * share;
    const [below, above] = [scale[Math.floor(place)], scale[Math.floor(place) + 1]];
    if (!below) throw new Error('A band of no figures');
    return (above ? below.plus(above).div(2) : below).toSignificantDigits(2).toFixed();
  };
  return { low: at(0.25), high: at(0.75), partners: scale.length };
}

/** Whether a later publication says anything that the ones before did not. */
export const saysMore = (of: PublicFigures, last: PublicFigures): boolean =>
  of.total !== null && (of.total.value !== last.total?.value || of.total.whole !== last.total?.whole);
