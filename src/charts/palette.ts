/**
 * Colours of every chart. A chart stands on a panel of its own with a border, so it reads the same on a light
 * and on a dark screen. A test holds each pair to WCAG 2.2: 4.5 to 1 for text, 3 to 1 for what is only a shape.
 */
export const palette = {
  panel: '#fbfaf6',
  border: '#807869',
  text: '#1d2327',
  muted: '#55524b',
  grid: '#dcd7cb',
  bar: '#54738f',
  marked: '#0b6b4b',
  quiet: '#857d70',
  own: '#0a5a86',
  range: '#f0d9b5',
  rangeEdge: '#a06418',
  target: '#8a1f5f',
} as const;

/** Contrast of two colours by WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
