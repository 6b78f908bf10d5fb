import { escapeMarkup } from '../core/markup.ts';

/** A drawing as plain data. Only `written` turns it into markup, so nothing a person typed can be markup. */
export type Shape = {
  readonly tag: 'svg' | 'g' | 'rect' | 'path' | 'circle' | 'line' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly inside: readonly Shape[] | string;
};

export function shape(
  tag: Shape['tag'],
  attributes: Shape['attributes'],
  inside: Shape['inside'] = [],
): Shape {
  return { tag, attributes, inside };
}

export function written({ tag, attributes, inside }: Shape): string {
  const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(valueText(value))}"`);
  const body = typeof inside === 'string' ? escaped(inside) : inside.map(written).join('');
  return `<${tag}${pairs.join('')}>${body}</${tag}>`;
}

/** Two decimals are finer than a pixel, and keep the same picture the same bytes. */
const valueText = (value: string | number) =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;

// XML has no place for these, escaped or not.
const unspeakable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function escaped(typed: string): string {
  return escapeMarkup(typed.replace(unspeakable, ''));
}
