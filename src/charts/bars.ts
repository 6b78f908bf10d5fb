import { scaleLinear } from 'd3-scale';
import type { Reader } from '../core/reader.ts';
import { barsAlt, figuresFor } from './alt.ts';
import { drawLine, readsFromRight, type Typeface, widthOf, wrapped } from './lines.ts';
import { palette } from './palette.ts';
import { chartWidth, drawPicture, margin, type Picture } from './picture.ts';
import { type Shape, shape } from './svg.ts';

export type Bar = {
  readonly label: string;
  /** Never below 0. */
  readonly value: number;
  /** Drawn with a tick and in bold, and named in the words for the picture. */
  readonly marked?: boolean;
  /** Not one of the answers that compete, such as abstaining: drawn hollow. */
  readonly quiet?: boolean;
};

export type Bars = {
  readonly title: string;
  /** One line below the title, such as how many answered. */
  readonly note: string;
  readonly bars: readonly Bar[];
  /** What a marked bar is called, such as "chosen". */
  readonly markedWord: string;
};

const face = {
  title: { size: 18, weight: 'bold', fill: palette.text },
  note: { size: 14, weight: 'normal', fill: palette.muted },
  label: { size: 15, weight: 'normal', fill: palette.text },
  marked: { size: 15, weight: 'bold', fill: palette.text },
} as const satisfies Record<string, Typeface>;

const inner = chartWidth - 2 * margin;
const barHeight = 14;
const tickRoom = 22;
/** From here on each option has one line of label, so that the picture does not become a banner. */
const manyBars = 12;

/** How many each option got: the label above its bar, the number at the end of it. */
export function drawBars(of: Bars, reader: Reader): Promise<Picture> {
  const { shapes, height } = layBars(of, reader);
  return drawPicture(shapes, height, barsAlt(of, reader));
}

function layBars({ title, note, bars }: Bars, reader: Reader): { shapes: Shape[]; height: number } {
  const figures = figuresFor(reader);
  const fromRight = readsFromRight(title);
  const line = (text: string, x: number, y: number, typeface: Typeface) =>
    fromRight
      ? drawLine(text, { x: chartWidth - x, y, anchor: 'end' }, typeface)
      : drawLine(text, { x, y }, typeface);
  const shapes: Shape[] = [];
  let y = margin;
  for (const text of wrapped(title, face.title, { width: inner, most: 3 })) {
    y += 24;
    shapes.push(line(text, margin, y - 6, face.title));
  }
  for (const text of wrapped(note, face.note, { width: inner, most: 2 })) {
    y += 19;
    shapes.push(line(text, margin, y - 4, face.note));
  }
  const shown = bars.map((bar) => figures(bar.value));
  const room = Math.max(...shown.map((text) => widthOf(text, face.marked)), 0) + 8;
  const scale = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [0, inner - room]);
  bars.forEach((bar, index) => {
    const typeface = bar.marked ? face.marked : face.label;
    const indent = bar.marked ? tickRoom : 0;
    const lines = wrapped(bar.label, typeface, {
      width: inner - indent,
      most: bars.length > manyBars ? 1 : 3,
    });
    y += 12;
    if (bar.marked) shapes.push(...tick(fromRight ? chartWidth - margin - 8 : margin + 8, y + 9));
    for (const text of lines) {
      y += 19;
      shapes.push(line(text, margin + indent, y - 5, typeface));
    }
    y += 3;
    const length = scale(bar.value);
    shapes.push(...barShapes(bar, length, y, fromRight));
    shapes.push(line(shown[index] ?? '', margin + length + 8, y + barHeight - 2, face.marked));
    y += barHeight;
  });
  return { shapes, height: y + margin };
}

/** A bar on its base line, so that nothing is seen to be nothing. */
function barShapes(bar: Bar, length: number, y: number, fromRight: boolean): Shape[] {
  const base = fromRight ? chartWidth - margin : margin;
  const edge = shape('line', {
    x1: base,
    x2: base,
    y1: y - 2,
    y2: y + barHeight + 2,
    stroke: palette.border,
    'stroke-width': 1.5,
  });
  if (length <= 0) return [edge];
  const colour = bar.quiet ? palette.quiet : bar.marked ? palette.marked : palette.bar;
  const hollow = bar.quiet === true;
  const inset = hollow ? 0.75 : 0;
  const width = Math.max(length, 2);
  const body = shape('rect', {
    x: (fromRight ? base - width : base) + inset,
    y: y + inset,
    width: width - 2 * inset,
    height: barHeight - 2 * inset,
    rx: Math.min(3, width / 2),
    fill: hollow ? palette.panel : colour,
    stroke: colour,
    'stroke-width': hollow ? 1.5 : 0,
  });
  return [body, edge];
}

/** A tick in a disc, in the middle of a line of text. */
function tick(x: number, y: number): Shape[] {
  return [
    shape('circle', { cx: x, cy: y, r: 8, fill: palette.marked }),
    shape('path', {
      d: `M${x - 3.6} ${y + 0.2} L${x - 1} ${y + 2.9} L${x + 3.8} ${y - 2.7}`,
      fill: 'none',
      stroke: palette.panel,
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ];
}
