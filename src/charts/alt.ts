import { limits } from '../core/limits.ts';
import { shortened } from '../core/plain-text.ts';
import type { Reader } from '../core/reader.ts';
import { wordsIn } from '../core/words.ts';
import type { Bars } from './bars.ts';
import type { Trend } from './trend.ts';
import english from './words.en.json' with { type: 'json' };

const say = wordsIn(english);

/** How the figures of a chart are written, in the reader's language. */
export function figuresFor({ language }: Reader): (value: number) => string {
  const usual = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
  return (value) => (Math.abs(value) < 0.1 && value !== 0 ? small : usual).format(value);
}

/** All that a chart of bars shows, in words. */
export function barsAlt({ title, note, bars, markedWord }: Bars, reader: Reader): string {
  const figures = figuresFor(reader);
  const each = bars.map(({ label, value, marked }) =>
    say.plain(reader, marked ? 'bar.marked' : 'bar', {
      label: shortened(label, 80),
      value: figures(value),
      word: markedWord,
    }),
  );
  return longestFitting(each, reader, (told) =>
    say.plain(reader, 'bars', { title: sentence(shortened(title, 300)), note: sentence(note), bars: told }),
  );
}

/** All that a chart of a trend shows, in words; the latest periods first, because those are what one asks for. */
export function trendAlt(of: Trend, reader: Reader): string {
  const format = figuresFor(reader);
  const figures = (value: number) => (of.unit === '' ? format(value) : `${format(value)} ${of.unit}`);
  const latestFirst = [...of.periods].reverse();
  const own = latestFirst.map(({ label, own: value }) =>
    value === null
      ? say.plain(reader, 'trend.missing', { period: label })
      : say.plain(reader, 'trend.value', { period: label, value: figures(value) }),
  );
  const ranges = latestFirst.flatMap(({ label, range }) =>
    range === null
      ? []
      : [
          say.plain(reader, 'trend.range', {
            period: label,
            low: figures(range.low),
            high: figures(range.high),
          }),
        ],
  );
  const part = (word: string, values: string) => say.plain(reader, 'trend.part', { word, values });
  const target = of.target === null ? [] : [part(of.words.target, figures(of.target))];
  const title = sentence(shortened(of.title, 300));
  const full = (told: string, range: readonly string[]) =>
    say.plain(reader, 'trend', { title, parts: [part(of.words.own, told), ...target, ...range].join('. ') });
  // Half of the room for each, so that a long history still tells both.
  const rangeTold =
    ranges.length === 0
      ? []
      : [
          part(
            of.words.range,
            longestFitting(ranges, reader, (told) => told, limits.alt / 2 - 100),
          ),
        ];
  return longestFitting(own, reader, (told) => full(told, rangeTold));
}

const sentence = (text: string) => (text === '' || /\p{P}$/u.test(text) ? text : `${text}.`);

/** As many items as the limit holds, and how many were left out. */
function longestFitting(
  items: readonly string[],
  reader: Reader,
  whole: (told: string) => string,
  most: number = limits.alt,
): string {
  for (let kept = items.length; kept > 0; kept--) {
    const left = items.length - kept;
    const rest = left === 0 ? [] : [say.plain(reader, 'more', { left })];
    const text = whole([...items.slice(0, kept), ...rest].join(', ')).replace(/ {2,}/g, ' ');
    if (text.length <= most) return text;
  }
  return shortened(whole('').replace(/ {2,}/g, ' '), most);
}
