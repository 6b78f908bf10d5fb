import { crc32, inflateSync } from 'node:zlib';

export type Read = {
  readonly width: number;
  readonly height: number;
  colourAt(x: number, y: number): string;
};

/** Reads a PNG with a palette as its specification says, checksums included. */
export function readPng(png: Uint8Array): Read {
  const bytes = Buffer.from(png);
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('This is no PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== bytes.readUInt32BE(at + 8 + length)) throw new Error('A checksum is wrong');
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += length + 12;
  }
  const [header, colours, data] = ['IHDR', 'PLTE', 'IDAT'].map((name) => chunks.get(name));
  if (!header || !colours || !data) throw new Error('A chunk is missing');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  if (rows.length !== (width + 1) * height) throw new Error('Rows are missing');
  return {
    width,
    height,
    colourAt(x, y) {
      const index = rows[y * (width + 1) + 1 + x] ?? 0;
      return `#${colours.toString('hex', index * 3, index * 3 + 3)}`;
    },
  };
}

/** How many pixels have exactly this colour. */
export function pixelsOf(of: Read, colour: string): number {
  let found = 0;
  for (let y = 0; y < of.height; y++) {
    for (let x = 0; x < of.width; x++) if (of.colourAt(x, y) === colour) found++;
  }
  return found;
}
