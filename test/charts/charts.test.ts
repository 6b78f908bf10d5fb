import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bars, drawBars } from '../../src/charts/bars.ts';
import { drawable, widthOf, wrapped } from '../../src/charts/lines.ts';
import { contrast, palette } from '../../src/charts/palette.ts';
import { imagePart, mostBytes, type Picture } from '../../src/charts/picture.ts';
import { shape, written } from '../../src/charts/svg.ts';
import { drawTrend, type Trend } from '../../src/charts/trend.ts';
import { limits } from '../../src/core/limits.ts';
import { pixelsOf, readPng } from './read-png.ts';

const reader = { language: 'en', timeZone: 'UTC' };
const hubs: Bars = {
  title: 'Decision 12: Where does the food hub go?',
  note: '9 of 12 answered',
  markedWord: 'chosen',
  bars: [
    { label: 'North End', value: 6, marked: true },
    { label: 'Riverside', value: 2 },
    { label: 'Abstain', value: 1, quiet: true },
  ],
};
const meals: Trend = {
  title: 'Meals served',
  unit: 'meals',
  target: 150,
  words: { own: 'North End Clinic', range: 'Lowest to highest of 7', target: 'Target' },
  periods: [
    { label: 'Jan', own: 100, range: { low: 40, high: 210 } },
    { label: 'Feb', own: null, range: null },
    { label: 'Mar', own: 120.5, range: { low: 50, high: 220 } },
  ],
};

/** Decoded, small enough to travel, and of one size all over. */
function checked(picture: Picture) {
  const read = readPng(picture.png);
  expect({ width: read.width, height: read.height }).toEqual({
    width: picture.width,
    height: picture.height,
  });
  expect(picture.png.length).toBeLessThanOrEqual(mostBytes);
  expect(picture.alt.length).toBeLessThanOrEqual(limits.alt);
  return read;
}

test('a result is a picture of a phone’s width at twice its fineness, and says all of itself in words', async () => {
  const picture = await drawBars(hubs, reader);
  expect(checked(picture).width).toBe(800);
  expect(picture.alt).toBe(
    'Bar chart. Decision 12: Where does the food hub go? 9 of 12 answered. North End: 6 (chosen), Riverside: 2, Abstain: 1.',
  );
  const part = imagePart(picture);
  expect(part).toMatchObject({ part: 'image', alt: picture.alt });
  const url = part.part === 'image' ? part.url : '';
  expect(Buffer.from(url.replace('data:image/png;base64,', ''), 'base64').equals(picture.png)).toBe(true);
});

test('the longest bar is the largest, and what was chosen stands out by more than its colour', async () => {
  const read = checked(await drawBars(hubs, reader));
  const [chosen, other] = [pixelsOf(read, palette.marked), pixelsOf(read, palette.bar)];
  expect(chosen / other).toBeGreaterThan(2.8);
  expect(chosen / other).toBeLessThan(3.3);
  const unmarked = { ...hubs, bars: hubs.bars.map(({ label, value }) => ({ label, value })) };
  const plain = checked(await drawBars(unmarked, reader));
  // The tick and the bold letters are more ink of the colour of text, or of the tick's disc, than there was.
  expect(pixelsOf(read, palette.text)).toBeGreaterThan(pixelsOf(plain, palette.text));
});

test('letters are drawn from the fonts that travel with the bot', async () => {
  const withWords = pixelsOf(checked(await drawBars(hubs, reader)), palette.text);
  const wordless = { ...hubs, title: '', bars: hubs.bars.map((bar) => ({ ...bar, label: '' })) };
  expect(withWords).toBeGreaterThan(pixelsOf(checked(await drawBars(wordless, reader)), palette.text) + 1000);
});

test('the same figures are the same bytes', async () => {
  const [one, other] = [await drawBars(hubs, reader), await drawBars(hubs, reader)];
  expect(Buffer.from(one.png).equals(other.png)).toBe(true);
  const [line, again] = [await drawTrend(meals, reader), await drawTrend(meals, reader)];
  expect(Buffer.from(line.png).equals(again.png)).toBe(true);
});

test('a trend tells its own figures, where there are none, where the others lie and what is aimed at', async () => {
  const picture = await drawTrend(meals, reader);
  const read = checked(picture);
  for (const colour of [palette.own, palette.range, palette.target])
    expect(pixelsOf(read, colour)).toBeGreaterThan(0);
  expect(picture.alt).toBe(
    'Line chart. Meals served. North End Clinic: Mar 120.5 meals, Feb no figure, Jan 100 meals. Target: 150 meals. Lowest to highest of 7: Mar 50 meals to 220 meals, Jan 40 meals to 210 meals.',
  );
});

test('where the others may not be told, no band is drawn and no word says one', async () => {
  const periods = meals.periods.map((each) => ({ ...each, range: null }));
  const picture = await drawTrend({ ...meals, periods, target: null }, reader);
  const read = checked(picture);
  for (const colour of [palette.range, palette.target]) expect(pixelsOf(read, colour)).toBe(0);
  expect(picture.alt).not.toContain('Lowest');
});

test('a missing period is a gap in the line', async () => {
  const three = (middle: number | null): Trend => ({
    ...meals,
    target: null,
    periods: [100, middle, 100].map((own, index) => ({ label: `${index}`, own, range: null })),
  });
  const whole = checked(await drawTrend(three(100), reader));
  const broken = checked(await drawTrend(three(null), reader));
  expect(pixelsOf(broken, palette.own)).toBeLessThan(pixelsOf(whole, palette.own) / 2);
});

test('one option, thirty long ones and none at all are pictures that travel', async () => {
  for (const many of [0, 1, 30]) {
    const bars = Array.from({ length: many }, (_, index) => ({
      label: `Option ${index + 1}, with as many words as somebody who explains everything would need to explain it`,
      value: (index * 37) % 31,
      marked: index === 7,
    }));
    const { alt } = await drawBars({ ...hubs, bars }, reader).then((picture) => {
      checked(picture);
      return picture;
    });
    if (many === 30) expect(alt).toMatch(/and \d+ more\.$/);
  }
});

test('figures of any size and any number of periods are drawn', { timeout: 120_000 }, async () => {
  const figure = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
  const period = fc.record({
    label: fc.string({ unit: 'grapheme', maxLength: 20 }),
    own: fc.option(figure),
    range: fc.option(
      fc.tuple(figure, figure).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) })),
    ),
  });
  const any = fc.record({
    title: fc.string({ unit: 'grapheme', maxLength: 300 }),
    periods: fc.array(period, { maxLength: 40 }),
    target: fc.option(figure),
  });
  await fc.assert(
    fc.asyncProperty(any, async (of) => {
      checked(await drawTrend({ ...meals, ...of }, reader));
    }),
    {
      numRuns: 25,
      // Too small for a scale, and too near together for one.
      examples: [
        [{ title: '', periods: [], target: 2.5e-323 }],
        [{ title: '', periods: [{ label: 'Jan', own: 1e12, range: null }], target: 1e12 + 0.001 }],
        [{ title: '', periods: [{ label: 'Jan', own: -5e-320, range: null }], target: 5e-320 }],
      ],
    },
  );
});

test('no label breaks out of the drawing', { timeout: 120_000 }, async () => {
  const hostile =
    '</text><script>alert(1)</script><image href="file:///etc/passwd"/>&lt;&amp;]]>"\'\u0000\ud800';
  expect(written(shape('text', { x: 1, fill: hostile }, hostile))).toBe(
    '<text x="1" fill="&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;image href=&quot;file:///etc/passwd&quot;/&gt;&amp;lt;&amp;amp;]]&gt;&quot;&#39;">' +
      '&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;image href=&quot;file:///etc/passwd&quot;/&gt;&amp;lt;&amp;amp;]]&gt;&quot;&#39;</text>',
  );
  const label = fc.oneof(fc.constant(hostile), fc.string({ unit: 'binary', maxLength: 200 }));
  await fc.assert(
    fc.asyncProperty(fc.array(label, { minLength: 1, maxLength: 5 }), label, async (labels, title) => {
      const bars = labels.map((each, index) => ({ label: each, value: index }));
      checked(await drawBars({ ...hubs, title, note: title, bars }, reader));
    }),
    { numRuns: 25 },
  );
});

test('long labels are broken between words, and inside a word that is too long, and never run out', () => {
  const face = { size: 15, weight: 'normal' } as const;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 1, max: 4 }),
      (label, most) => {
        const lines = wrapped(label, face, { width: 200, most });
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(widthOf(line, face)).toBeLessThanOrEqual(200);
      },
    ),
  );
  expect(wrapped('The big hall on the second floor', face, { width: 130, most: 3 })).toEqual([
    'The big hall on',
    'the second floor',
  ]);
  expect(wrapped('The big hall on the second floor', face, { width: 130, most: 1 })).toEqual([
    'The big hall on…',
  ]);
});

test('writing from right to left is drawn from the right; what the fonts lack is passed over, and told in words', async () => {
  const arabic = { ...hubs, title: 'أين يكون المركز؟', note: '' };
  const left = checked(await drawBars({ ...hubs, note: '' }, reader));
  const right = checked(await drawBars(arabic, reader));
  const firstBar = (read: typeof left) => {
    for (let x = 0; x < read.width; x++) {
      for (let y = 0; y < read.height; y++) if (read.colourAt(x, y) === palette.bar) return x;
    }
    return -1;
  };
  expect(firstBar(left)).toBeLessThan(60);
  expect(firstBar(right)).toBeGreaterThan(400);
  expect(drawable('نعم Łódź 🎉 会议室 ok')).toBe('نعم Łódź … ok');
  const { alt } = await drawBars({ ...hubs, bars: [{ label: '会议室 🎉', value: 1 }] }, reader);
  expect(alt).toContain('会议室 🎉: 1');
});

test('every colour can be told from its ground', () => {
  const { panel } = palette;
  for (const text of [palette.text, palette.muted, palette.own])
    expect(contrast(text, panel)).toBeGreaterThanOrEqual(4.5);
  for (const form of ['border', 'bar', 'marked', 'quiet', 'own', 'rangeEdge', 'target'] as const)
    expect(contrast(palette[form], panel), form).toBeGreaterThanOrEqual(3);
  for (const form of ['own', 'rangeEdge', 'target'] as const)
    expect(contrast(palette[form], palette.range), form).toBeGreaterThanOrEqual(3);
  // The border is what parts the panel from the screen around it, light or dark.
  for (const screen of ['#ffffff', '#1a1d21', '#313338'])
    expect(
      Math.max(contrast(palette.border, screen), contrast(panel, screen)),
      screen,
    ).toBeGreaterThanOrEqual(3);
});
