import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A PNG with at most 256 colours (PNG specification, third edition, colour type 3): a chart has few, and becomes a
 * third of the size. Neighbouring shades share the one that occurs most, so flat colours stay exactly as drawn.
 * @param pixels red, green, blue and alpha of each pixel, multiplied by alpha
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { indexes, colours } = indexed(pixels, width * height);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) {
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flatMap(({ rgb }) => rgb))),
    chunk('tRNS', Buffer.from(colours.map(({ alpha }) => alpha))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Colour = { readonly rgb: readonly number[]; readonly alpha: number };

function indexed(pixels: Uint8Array, count: number): { indexes: Uint8Array; colours: Colour[] } {
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const often = new Map<number, number>();
  for (let at = 0; at < count; at++) {
    const colour = view.getUint32(at * 4);
    often.set(colour, (often.get(colour) ?? 0) + 1);
  }
  const byFrequency = [...often]
    .sort(([a, many], [b, more]) => more - many || a - b)
    .map(([colour]) => colour);
  const { shadeOf, shades } = sharedShades(byFrequency);
  const indexes = new Uint8Array(count);
  for (let at = 0; at < count; at++) indexes[at] = shadeOf.get(view.getUint32(at * 4)) ?? 0;
  return { indexes, colours: shades.map(straight) };
}

/** Groups colours by their upper bits, and by fewer of them until 256 are enough. */
function sharedShades(byFrequency: readonly number[]): { shadeOf: Map<number, number>; shades: number[] } {
  for (let bits = 5; ; bits--) {
    const mask = (0xff << (8 - bits)) & 0xff;
    const grouped = ((mask << 24) | (mask << 16) | (mask << 8) | mask) >>> 0;
    const groups = new Map<number, number>();
    const shades: number[] = [];
    const shadeOf = new Map<number, number>();
    for (const colour of byFrequency) {
      const group = (colour & grouped) >>> 0;
      const index = groups.get(group) ?? shades.push(colour) - 1;
      groups.set(group, index);
      shadeOf.set(colour, index);
    }
    if (shades.length <= 256 || bits === 1) return { shadeOf, shades: shades.slice(0, 256) };
  }
}

/** PNG keeps colours as they are before they are multiplied by alpha. */
function straight(colour: number): Colour {
  const alpha = colour & 0xff;
  const part = (shift: number) => (alpha === 0 ? 0 : Math.round((((colour >>> shift) & 0xff) * 255) / alpha));
  return { rgb: [part(24), part(16), part(8)], alpha };
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
