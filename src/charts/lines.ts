import { type Font, fontOf, type Weight } from './font.ts';
import { type Shape, shape } from './svg.ts';

export type Typeface = { readonly size: number; readonly weight: Weight; readonly fill: string };

/** Invisible characters that only direct how their neighbours are drawn. */
const directing = /^[\p{Cf}\p{Mn}\p{Me}]+$/u;
const pictographic = /\p{Extended_Pictographic}/u;

/**
 * A label as the fonts can draw it. Pictures such as emoji are left out and other writing the fonts do not have
 * becomes an ellipsis: the whole label always stands in the words for the picture.
 */
export function drawable(label: string): string {
  const font = fontOf('normal');
  const kept = [...new Intl.Segmenter('en').segment(label.replace(/\s+/gu, ' '))].map(({ segment }) => {
    if (has(font, segment)) return segment;
    return pictographic.test(segment) ? '' : '…';
  });
  return kept
    .join('')
    .replace(/…(\s?…)+/gu, '…')
    .replace(/ +/g, ' ')
    .trim();
}

const has = (font: Font, text: string) =>
  [...text].every((each) => directing.test(each) || font.widthOf(each.codePointAt(0) ?? 0) !== null);

/** The bold font draws fewer scripts than the normal one. */
function faceFor(text: string, { weight }: Pick<Typeface, 'weight'>): Weight {
  return weight === 'bold' && !has(fontOf('bold'), text) ? 'normal' : weight;
}

/** Width without kerning or joined letters, which only make it narrower. */
export function widthOf(text: string, face: Pick<Typeface, 'size' | 'weight'>): number {
  const font = fontOf(faceFor(text, face));
  let width = 0;
  for (const each of text) if (!directing.test(each)) width += font.widthOf(each.codePointAt(0) ?? 0) ?? 0;
  return width * face.size;
}

/** Breaks a label into at most `most` lines of a width; what finds no room is cut with an ellipsis. */
export function wrapped(
  label: string,
  face: Pick<Typeface, 'size' | 'weight'>,
  { width, most }: { width: number; most: number },
): string[] {
  const fits = (text: string) => widthOf(text, face) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of drawable(label).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const { segment } of new Intl.Segmenter('en').segment(word)) {
      if (line !== '' && !fits(line + segment)) {
        lines.push(line);
        line = '';
      }
      line += segment;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  const letters = [...new Intl.Segmenter('en').segment(kept[most - 1] ?? '')].map(({ segment }) => segment);
  while (letters.length > 0 && !fits(`${letters.join('').trimEnd()}…`)) letters.pop();
  kept[most - 1] = `${letters.join('').trimEnd()}…`;
  return kept;
}

/** Whether a label reads from right to left: what its first letter does. */
export function readsFromRight(text: string): boolean {
  const first = text.match(/\p{L}/u)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

/** One line of text. A line from right to left is held together, so that its full stop ends it. */
export function drawLine(
  text: string,
  at: { x: number; y: number; anchor?: 'start' | 'middle' | 'end' },
  face: Typeface,
): Shape {
  const inside = readsFromRight(text) ? `\u2067${text}\u2069` : text;
  return shape(
    'text',
    {
      x: at.x,
      y: at.y,
      'text-anchor': at.anchor ?? 'start',
      'font-family': 'DejaVu Sans',
      'font-weight': faceFor(text, face) === 'bold' ? 700 : 400,
      'font-size': face.size,
      fill: face.fill,
    },
    inside,
  );
}
