import { scaleLinear, scalePoint } from 'd3-scale';
import type { Reader } from '../core/reader.ts';
import { figuresFor, trendAlt } from './alt.ts';
import { drawLine, readsFromRight, type Typeface, widthOf, wrapped } from './lines.ts';
import { palette } from './palette.ts';
import { chartWidth, drawPicture, margin, type Picture } from './picture.ts';
import { type Shape, shape } from './svg.ts';

export type Period = {
  readonly label: string;
  /** Null where nothing was given: the line has a gap there. */
  readonly own: number | null;
  /** Lowest and highest of the others, or null where it may not or cannot be told. */
  readonly range: { readonly low: number; readonly high: number } | null;
};

export type Trend = {
  readonly title: string;
  /** Such as "meals" or "%"; empty for a bare number. */
  readonly unit: string;
  /** Oldest first. */
  readonly periods: readonly Period[];
  readonly target: number | null;
  /** What the three things drawn are called. */
  readonly words: { readonly own: string; readonly range: string; readonly target: string };
};

const face = {
  title: { size: 18, weight: 'bold', fill: palette.text },
  axis: { size: 13, weight: 'normal', fill: palette.muted },
  last: { size: 15, weight: 'bold', fill: palette.own },
  legend: { size: 14, weight: 'normal', fill: palette.text },
} as const satisfies Record<string, Typeface>;

const inner = chartWidth - 2 * margin;
const plotHeight = 190;

/** One line over time, where the others lie, and what is aimed at. */
export function drawTrend(of: Trend, reader: Reader): Promise<Picture> {
  const { shapes, height } = layTrend(of, reader);
  return drawPicture(shapes, height, trendAlt(of, reader));
}

type Axes = { x(index: number): number; y(value: number): number; left: number; right: number };

function layTrend(of: Trend, reader: Reader): { shapes: Shape[]; height: number } {
  const figures = figuresFor(reader);
  const shapes: Shape[] = [];
  let y = margin;
  const fromRight = readsFromRight(of.title);
  const start = fromRight ? chartWidth - margin : margin;
  const anchor = fromRight ? 'end' : 'start';
  for (const text of wrapped(of.title, face.title, { width: inner, most: 3 })) {
    y += 24;
    shapes.push(drawLine(text, { x: start, y: y - 6, anchor }, face.title));
  }
  for (const text of wrapped(of.unit, face.axis, { width: inner, most: 1 })) {
    y += 18;
    shapes.push(drawLine(text, { x: start, y: y - 4, anchor }, face.axis));
  }
  y += 16;
  const value = scaleLinear(domainOf(of), [y + plotHeight, y]).nice(5);
  const ticks = value.ticks(5).map((at) => ({ at, text: figures(at) }));
  const left = margin + Math.max(0, ...ticks.map(({ text }) => widthOf(text, face.axis))) + 10;
  const axes: Axes = { x: across(of.periods.length, left), y: value, left, right: chartWidth - margin };
  for (const { at, text } of ticks) {
    const { y1, ...rest } = { y1: value(at), x1: left, x2: axes.right };
    shapes.push(shape('line', { ...rest, y1, y2: y1, stroke: palette.grid, 'stroke-width': 1 }));
    shapes.push(drawLine(text, { x: left - 8, y: y1 + 4.5, anchor: 'end' }, face.axis));
  }
  shapes.push(...rangeShapes(of, axes), ...targetShapes(of, axes), ...ownShapes(of, axes, figures));
  y += plotHeight + 20;
  shapes.push(...periodLabels(of, axes, y));
  return legend(of, shapes, y + 14);
}

/** Figures that lie nearer together than this, absolutely or as a part of themselves, are drawn as one. */
const leastSpan = 1e-6;

/** From 0 where that costs little height; else with a little air, so that a flat line does not lie on the edge. */
function domainOf({ periods, target }: Trend): [number, number] {
  const values = periods.flatMap(({ own, range }) => [own, range?.low, range?.high]);
  const all = [...values, target].filter((each): each is number => typeof each === 'number');
  if (all.length === 0) return [0, 1];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (high === 0 && low === 0) return [0, 1];
  if (low >= 0 && low <= high / 2) return [0, Math.max(high, leastSpan)];
  const air = Math.max((high - low) / 8, leastSpan, Math.abs(high) * leastSpan);
  return low === high
    ? [low - Math.abs(low) / 8 - air, high + Math.abs(high) / 8 + air]
    : [low - air, high + air];
}

function across(periods: number, left: number): (index: number) => number {
  const room = 14;
  const point = scalePoint<number>([...Array(periods).keys()], [left + room, chartWidth - margin - room]);
  return (index) => point(index) ?? left + room;
}

/** Stretches of neighbours that have what is asked for. */
function stretches<Each>(all: readonly (Each | null)[]): { index: number; each: Each }[][] {
  const found: { index: number; each: Each }[][] = [];
  all.forEach((each, index) => {
    if (each === null) return;
    const last = found.at(-1);
    if (last?.at(-1)?.index === index - 1) last.push({ index, each });
    else found.push([{ index, each }]);
  });
  return found;
}

const pathOf = (points: readonly { x: number; y: number }[]) =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(' ');

function rangeShapes({ periods }: Trend, axes: Axes): Shape[] {
  return stretches(periods.map(({ range }) => range)).map((stretch) => {
    // One period alone has no width: it gets a little.
    const wide = stretch.length === 1 ? 5 : 0;
    const edge = (end: 'low' | 'high') =>
      stretch.flatMap(({ index, each }) => {
        const at = { x: axes.x(index), y: axes.y(each[end]) };
        return wide === 0 ? [at] : [at.x - wide, at.x + wide].map((x) => ({ x, y: at.y }));
      });
    const [high, low] = [edge('high'), edge('low')];
    const d = `${pathOf([...high, ...low.reverse()])} Z`;
    return shape('path', {
      d,
      fill: palette.range,
      stroke: palette.rangeEdge,
      'stroke-width': 1.25,
      'stroke-linejoin': 'round',
    });
  });
}

const dashed = { stroke: palette.target, 'stroke-width': 2, 'stroke-dasharray': '7 5' } as const;

function targetShapes({ target }: Trend, axes: Axes): Shape[] {
  if (target === null) return [];
  const y = axes.y(target);
  return [shape('line', { x1: axes.left, x2: axes.right, y1: y, y2: y, ...dashed })];
}

function ownShapes({ periods }: Trend, axes: Axes, figures: (value: number) => string): Shape[] {
  const points = stretches(periods.map(({ own }) => own)).map((stretch) =>
    stretch.map(({ index, each }) => ({ x: axes.x(index), y: axes.y(each), value: each })),
  );
  const all = points.flat();
  const last = all.at(-1);
  return [
    ...points.map((stretch) =>
      shape('path', {
        d: pathOf(stretch),
        fill: 'none',
        stroke: palette.own,
        'stroke-width': 3,
        'stroke-linejoin': 'round',
        'stroke-linecap': 'round',
      }),
    ),
    ...all.map(({ x, y }) => ownDot(x, y)),
    ...(last ? [figureAt(last, figures(last.value), axes)] : []),
  ];
}

const ownDot = (cx: number, cy: number) =>
  shape('circle', { cx, cy, r: 4, fill: palette.own, stroke: palette.panel, 'stroke-width': 1.5 });

/** The latest figure above its dot, with an edge of panel so that no line runs into its digits. */
function figureAt(at: { x: number; y: number }, text: string, axes: Axes): Shape {
  const half = widthOf(text, face.last) / 2;
  const x = Math.min(Math.max(at.x, axes.left + half), axes.right - half);
  const edge = {
    stroke: palette.panel,
    'stroke-width': 4,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  };
  return shape('g', edge, [drawLine(text, { x, y: at.y - 12, anchor: 'middle' }, face.last)]);
}

/** Every period's name, or every second, or third, as they fit side by side; the latest always among them. */
function periodLabels({ periods }: Trend, axes: Axes, y: number): Shape[] {
  const labels = periods.map(({ label }, index) => {
    const [text = ''] = wrapped(label, face.axis, { width: 120, most: 1 });
    const half = widthOf(text, face.axis) / 2;
    const x = Math.min(Math.max(axes.x(index), margin + half), chartWidth - margin - half);
    return { text, x, half };
  });
  const every = (step: number) => labels.filter((_, index) => (labels.length - 1 - index) % step === 0);
  const fits = (some: typeof labels) =>
    some.every(({ x, half }, index) => {
      const before = some[index - 1];
      return !before || before.x + before.half + 8 <= x - half;
    });
  const step = labels.findIndex((_, index) => fits(every(index + 1))) + 1;
  return every(Math.max(step, 1)).map(({ text, x }) => drawLine(text, { x, y, anchor: 'middle' }, face.axis));
}

/** What is what: each told by its form as well as by its colour. */
function legend(of: Trend, shapes: Shape[], from: number): { shapes: Shape[]; height: number } {
  const hasRange = of.periods.some(({ range }) => range !== null);
  const entries = [
    { word: of.words.own, sign: ownSign },
    ...(hasRange ? [{ word: of.words.range, sign: rangeSign }] : []),
    ...(of.target === null ? [] : [{ word: of.words.target, sign: targetSign }]),
  ];
  let y = from;
  for (const { word, sign } of entries) {
    const [first, ...rest] = wrapped(word, face.legend, { width: inner - 40, most: 2 });
    y += 21;
    shapes.push(...sign(margin, y - 5), drawLine(first ?? '', { x: margin + 38, y }, face.legend));
    for (const text of rest) {
      y += 18;
      shapes.push(drawLine(text, { x: margin + 38, y }, face.legend));
    }
  }
  return { shapes, height: y + margin };
}

const ownSign = (x: number, y: number) => [
  shape('line', { x1: x, x2: x + 28, y1: y, y2: y, stroke: palette.own, 'stroke-width': 3 }),
  ownDot(x + 14, y),
];
const rangeSign = (x: number, y: number) => [
  shape('rect', { x, y: y - 6, width: 28, height: 12, fill: palette.range, stroke: palette.rangeEdge }),
];
const targetSign = (x: number, y: number) => [shape('line', { x1: x, x2: x + 28, y1: y, y2: y, ...dashed })];
