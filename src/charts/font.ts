import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A font as much as is needed to lay out lines: how wide each character is, and which it has at all. */
export type Font = {
  readonly bytes: Uint8Array;
  /** Width in parts of the font size; null where the font has no picture of the character. */
  widthOf(codePoint: number): number | null;
};

const fontFiles = { normal: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' } as const;
export type Weight = keyof typeof fontFiles;

const read = new Map<Weight, Font>();

/** The fonts travel with the bot: no picture depends on what a machine has installed. Read when first needed. */
export function fontOf(weight: Weight): Font {
  const found = read.get(weight);
  if (found) return found;
  const file = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${fontFiles[weight]}`);
  const font = parseFont(readFileSync(file));
  read.set(weight, font);
  return font;
}

/** Reads `cmap`, `hhea`, `hmtx` and `head` of a TrueType file (OpenType specification 1.9, chapters of these names). */
function parseFont(bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + index * 16;
    tables.set(String.fromCharCode(...bytes.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const table = (name: string) => {
    const at = tables.get(name);
    if (at === undefined) throw new Error(`The font has no table "${name}"`);
    return at;
  };
  const unitsPerEm = view.getUint16(table('head') + 18);
  const measured = view.getUint16(table('hhea') + 34);
  const widths = table('hmtx');
  const glyphs = readGlyphs(view, table('cmap'));
  return {
    bytes,
    widthOf(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return null;
      return view.getUint16(widths + Math.min(glyph, measured - 1) * 4) / unitsPerEm;
    },
  };
}

/** Glyph by code point from the widest Unicode sub-table: format 12 for all planes, else format 4. */
function readGlyphs(view: DataView, cmap: number): Map<number, number> {
  const offsets = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => {
    const record = cmap + 4 + index * 8;
    return { platform: view.getUint16(record), at: cmap + view.getUint32(record + 4) };
  }).filter(({ platform }) => platform === 0 || platform === 3);
  const full = offsets.find(({ at }) => view.getUint16(at) === 12);
  if (full) return readGroups(view, full.at);
  const basic = offsets.find(({ at }) => view.getUint16(at) === 4);
  return basic ? readSegments(view, basic.at) : new Map();
}

function readGroups(view: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let group = 0; group < view.getUint32(at + 12); group++) {
    const record = at + 16 + group * 12;
    const [first, last, glyph] = [0, 4, 8].map((offset) => view.getUint32(record + offset));
    for (let code = first ?? 0; code <= (last ?? -1); code++)
      glyphs.set(code, (glyph ?? 0) + code - (first ?? 0));
  }
  return glyphs;
}

function readSegments(view: DataView, at: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  const twice = view.getUint16(at + 6);
  for (let segment = 0; segment < twice; segment += 2) {
    const last = view.getUint16(at + 14 + segment);
    const first = view.getUint16(at + 16 + twice + segment);
    const delta = view.getUint16(at + 16 + twice * 2 + segment);
    const range = at + 16 + twice * 3 + segment;
    const offset = view.getUint16(range);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const found = offset === 0 ? code : view.getUint16(range + offset + (code - first) * 2);
      const glyph = found === 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
