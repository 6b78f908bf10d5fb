import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Part } from '../core/card.ts';
import { limits } from '../core/limits.ts';
import { shortened } from '../core/plain-text.ts';
import { fontOf } from './font.ts';
import { palette } from './palette.ts';
import { encodePng } from './png.ts';
import { type Shape, shape, written } from './svg.ts';

/** A picture that travels in a card, and the words that say the same. */
export type Picture = {
  readonly png: Uint8Array;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
};

/** Width of every chart before it is scaled: about a phone's, so that letters keep their size there. */
export const chartWidth = 400;
export const margin = 20;

/** Ours: what a card carries and what a phone loads at once. */
export const mostBytes = 90_000;

let ready: Promise<void> | null = null;

/** Compiled once per process, when the first picture is wanted; tried again should that fail. */
function prepare(): Promise<void> {
  ready ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))
    .then((wasm) => initWasm(wasm))
    .catch((error: unknown) => {
      ready = null;
      throw error;
    });
  return ready;
}

/** Draws shapes on a panel of the given height. Sharp on fine screens; coarser only when it would be too large. */
export async function drawPicture(inside: readonly Shape[], height: number, alt: string): Promise<Picture> {
  await prepare();
  const svg = written(panel(inside, height));
  let picture = rasterised(svg, 2);
  for (const zoom of [1.5, 1]) if (picture.png.length > mostBytes) picture = rasterised(svg, zoom);
  return { ...picture, alt: shortened(alt, limits.alt) };
}

function rasterised(svg: string, zoom: number): Omit<Picture, 'alt'> {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: {
      fontBuffers: [fontOf('normal').bytes, fontOf('bold').bytes],
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  try {
    const image = drawing.render();
    try {
      const { width, height } = image;
      return { png: encodePng(image.pixels, width, height), width, height };
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

function panel(inside: readonly Shape[], height: number): Shape {
  const ground = shape('rect', {
    x: 1,
    y: 1,
    width: chartWidth - 2,
    height: height - 2,
    rx: 10,
    fill: palette.panel,
    stroke: palette.border,
    'stroke-width': 1.5,
  });
  return shape(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: chartWidth,
      height,
      viewBox: `0 0 ${chartWidth} ${height}`,
    },
    [ground, ...inside],
  );
}

/** The part of a card that shows a picture. */
export function imagePart({ png, alt }: Picture): Part {
  return { part: 'image', url: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, alt };
}
