/**
 * What may be shown of figures without showing anybody's own. The adversary knows every public output there ever was,
 * who gave something in which group and who gave nothing there, and can add and subtract all of it.
 */

/** One partner's version of a submission, by where it gave something other than nothing. */
export type Source = {
  readonly partner: string;
  readonly version: number;
  /** Groups that are not zero, by breakdown. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Breakdowns whose groups together are the whole: every group was given. */
  readonly whole: readonly string[];
};

/** `total`, or a breakdown and its group. */
export type Cell = 'total' | { readonly breakdown: string; readonly group: string };
/** Totals that were shown at once, over the same figures. */
export type Shown = { readonly sources: readonly Source[]; readonly cells: readonly Cell[] };

/** A sum of unknown figures: how often each counts. */
type Row = ReadonlyMap<string, number>;

const separator = '\u{1F}';
const nameOf = (...parts: readonly (string | number)[]) => parts.join(separator);
const partnerIn = (unknown: string) => unknown.split(separator, 1)[0] ?? '';

/** A partner's figure in a cell by independent unknowns: what the groups are known to add up to is worked in. */
function figureIn(source: Source, cell: Cell): Row {
  const { partner, version, groups, whole } = source;
  const unknown = (breakdown: string, group: string) => nameOf(partner, version, breakdown, group);
  const [first] = whole;
  const total: Row =
    first === undefined
      ? new Map([[nameOf(partner, version), 1]])
      : new Map((groups[first] ?? []).map((group) => [unknown(first, group), 1]));
  if (cell === 'total') return total;
  const given = groups[cell.breakdown] ?? [];
  if (!given.includes(cell.group)) return new Map();
  const last = given.at(-1);
  if (!whole.includes(cell.breakdown) || cell.breakdown === first || cell.group !== last)
    return new Map([[unknown(cell.breakdown, cell.group), 1]]);
  // The last group of another whole breakdown is what the others leave of the total.
  const rest = new Map(total);
  for (const group of given.slice(0, -1)) rest.set(unknown(cell.breakdown, group), -1);
  return rest;
}

function rowOf(sources: readonly Source[], cell: Cell): Row {
  const row = new Map<string, number>();
  for (const source of sources)
    for (const [unknown, times] of figureIn(source, cell)) row.set(unknown, (row.get(unknown) ?? 0) + times);
  return row;
}

/** How many partners have something in a cell. */
export function contributorsTo(sources: readonly Source[], cell: Cell): number {
  return new Set(sources.filter((source) => figureIn(source, cell).size > 0).map(({ partner }) => partner))
    .size;
}

/** A prime under 2^31, so that products stay exact; a rank found by it is right but for a chance of one in a billion. */
const prime = 2_147_483_629n;

/** The rank of a matrix over the whole numbers modulo a large prime. */
function rankOf(rows: readonly (readonly number[])[]): number {
  const matrix = rows.map((row) => row.map((each) => ((BigInt(each) % prime) + prime) % prime));
  const width = matrix[0]?.length ?? 0;
  let rank = 0;
  for (let column = 0; column < width && rank < matrix.length; column += 1) {
    const found = matrix.findIndex((row, index) => index >= rank && row[column] !== 0n);
    if (found < 0) continue;
    const pivot = matrix[found] ?? [];
    matrix[found] = matrix[rank] ?? [];
    matrix[rank] = pivot;
    const inverse = power(pivot[column] ?? 1n, prime - 2n);
    for (let below = rank + 1; below < matrix.length; below += 1) {
      const row = matrix[below] ?? [];
      const times = ((row[column] ?? 0n) * inverse) % prime;
      if (times === 0n) continue;
      for (let at = column; at < width; at += 1)
        row[at] = ((((row[at] ?? 0n) - times * (pivot[at] ?? 0n)) % prime) + prime) % prime;
    }
    rank += 1;
  }
  return rank;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square, left] = [1n, base, exponent];
  for (; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/**
 * Whether adding and subtracting what was shown leaves some partner's figures alone: to anybody, or to another
 * partner, which knows its own. True also where only a change of a partner's figure would be left.
 */
export function reveals(shown: readonly Shown[]): boolean {
  const rows = shown.flatMap(({ sources, cells }) => cells.map((cell) => rowOf(sources, cell)));
  const columnsBy = new Map<string, string[]>();
  for (const unknown of new Set(rows.flatMap((row) => [...row.keys()]))) {
    const column = rows.map((row) => row.get(unknown) ?? 0).join(',');
    const partner = partnerIn(unknown);
    columnsBy.set(partner, [...(columnsBy.get(partner) ?? []), column]);
  }
  // Partners that stand in everything alike are one kind. Of a kind of three or more, two may be taken away and
  // nothing changes: only the others can be told apart.
  const kinds = new Map<string, { columns: string[]; partners: number }>();
  for (const columns of columnsBy.values()) {
    const key = [...new Set(columns)].sort().join(';');
    const known = kinds.get(key);
    kinds.set(key, { columns: [...new Set(columns)], partners: (known?.partners ?? 0) + 1 });
  }
  const all = [...kinds.entries()];
  const rankWithout = (taken: ReadonlyMap<string, number>): number => {
    const left = new Set(
      all.flatMap(([key, { columns, partners }]) => (partners > (taken.get(key) ?? 0) ? columns : [])),
    );
    const columns = [...left].map((column) => column.split(',').map(Number));
    return rankOf(columns);
  };
  const few = all.filter(([, { partners }]) => partners <= 2);
  const nobody = new Map<string, number>();
  const whole = rankWithout(nobody);
  for (const [victim] of few) {
    if (whole > rankWithout(new Map([[victim, 1]]))) return true;
    for (const [insider] of few) {
      if (insider === victim) {
        if ((kinds.get(victim)?.partners ?? 0) < 2) continue;
        if (rankWithout(new Map([[victim, 1]])) > rankWithout(new Map([[victim, 2]]))) return true;
      } else if (
        rankWithout(new Map([[insider, 1]])) >
        rankWithout(
          new Map([
            [insider, 1],
            [victim, 1],
          ]),
        )
      )
        return true;
    }
  }
  return false;
}

type Breakdowns = readonly { readonly name: string; readonly groups: readonly string[] }[];

/**
 * The totals that may be shown beside everything that was shown before: none of fewer partners than `smallest`, none
 * that leaves so few when it is taken from the whole, and none by which a partner could be found out together with
 * the others. Of several that could be left out, the one of the fewest partners goes first.
 */
export function choosePublic(
  sources: readonly Source[],
  breakdowns: Breakdowns,
  smallest: number,
  before: readonly Shown[],
): readonly Cell[] {
  if (contributorsTo(sources, 'total') < smallest) return [];
  const groups = breakdowns.flatMap(({ name, groups: all }) => {
    let kept = all
      .map((group) => ({ breakdown: name, group }))
      .map((cell) => ({ cell, partners: contributorsTo(sources, cell) }))
      .filter(({ partners }) => partners >= smallest)
      .sort((a, b) => b.partners - a.partners || all.indexOf(a.cell.group) - all.indexOf(b.cell.group));
    for (;;) {
      const cells = kept.map(({ cell }) => cell.group);
      const left = sources.filter((source) => leavesSomething(source, name, cells));
      const partners = new Set(left.map(({ partner }) => partner)).size;
      if (kept.length === 0 || partners === 0 || partners >= smallest) break;
      kept = kept.slice(0, -1);
    }
    return kept;
  });
  let kept = [...groups].sort((a, b) => b.partners - a.partners);
  for (;;) {
    const cells: Cell[] = ['total', ...kept.map(({ cell }) => cell)];
    if (!reveals([...before, { sources, cells }])) return inOrder(cells, breakdowns);
    if (kept.length === 0) return [];
    kept = kept.slice(0, -1);
  }
}

/** Whether a partner's figure is more than what it gave in some groups of a breakdown. */
function leavesSomething(source: Source, breakdown: string, shown: readonly string[]): boolean {
  const given = source.groups[breakdown] ?? [];
  return !source.whole.includes(breakdown) || given.some((group) => !shown.includes(group));
}

function inOrder(cells: readonly Cell[], breakdowns: Breakdowns): Cell[] {
  const rank = (cell: Cell) => {
    if (cell === 'total') return -1;
    const index = breakdowns.findIndex(({ name }) => name === cell.breakdown);
    return index * 100 + (breakdowns[index]?.groups.indexOf(cell.group) ?? 0);
  };
  return [...cells].sort((a, b) => rank(a) - rank(b));
}

/** Choices that enough partners picked, and enough did not: neither those who did nor those who did not stand alone. */
export function choosePicked(
  counts: ReadonlyMap<string, number>,
  smallest: number,
): readonly { choice: string; count: number }[] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shown = [...counts]
    .map(([choice, count]) => ({ choice, count }))
    .filter(({ count }) => count >= smallest && all - count >= smallest);
  const left = all - shown.reduce((sum, { count }) => sum + count, 0);
  // What is left must not be a few either; the smallest of those shown joins it.
  if (left === 0 || left >= smallest) return shown;
  const fewest = shown.reduce(
    (least, each) => (each.count < least.count ? each : least),
    shown[0] ?? { choice: '', count: 0 },
  );
  return shown.filter((each) => each !== fewest);
}
