import type { Reader } from './reader.ts';
import type { Inline, Instant, Text } from './text.ts';

/** A text without any markup, its instants in the reader's language and zone. */
export function plainText(text: Text, reader: Reader): string {
  return text.map((inline) => plainInline(inline, reader)).join('');
}

function plainInline(inline: Inline, reader: Reader): string {
  if (typeof inline === 'string') return inline;
  if ('bold' in inline) return plainText(inline.bold, reader);
  if ('italic' in inline) return plainText(inline.italic, reader);
  if ('code' in inline) return inline.code;
  if ('link' in inline) return `${inline.text} (${inline.link})`;
  if ('member' in inline) return inline.name;
  if ('place' in inline) return `#${inline.name}`;
  return sayInstant(inline, reader);
}

/** An instant in the reader's zone, and in its own zone too where the two clocks differ. */
export function sayInstant(at: Instant, reader: Reader): string {
  const theirs = wallClock(at, reader.language, reader.timeZone);
  const own = wallClock(at, reader.language, at.timeZone);
  if (at.show === 'date') return own;
  return theirs === own ? `${own} (${at.timeZone})` : `${theirs} (${reader.timeZone}; ${own} ${at.timeZone})`;
}

const shapes: Record<Instant['show'], Intl.DateTimeFormatOptions> = {
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  'date-time': {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  relative: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of one zone, such as "Thursday, 5 March 2026 at 09:00". */
export function wallClock(at: Pick<Instant, 'instant' | 'show'>, language: string, timeZone: string): string {
  const key = `${language}|${timeZone}|${at.show}`;
  let format = formats.get(key);
  if (!format) {
    const locale = language === 'en' ? 'en-GB' : language;
    format = new Intl.DateTimeFormat(locale, { ...shapes[at.show], timeZone });
    formats.set(key, format);
  }
  return format.format(new Date(at.instant));
}

/** A calendar date in words: the same day for everybody, whatever their zone. */
export function sayDate(reader: Pick<Reader, 'language'>, date: string): string {
  return wallClock({ instant: `${date}T12:00:00Z`, show: 'date' }, reader.language, 'UTC');
}

/** A letter with its accents and an emoji made of several are one each. */
const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As many whole characters as fit into `most` UTF-16 units, with a mark where something is left out. */
export function shortened(typed: string, most: number): string {
  if (typed.length <= most) return typed;
  let kept = '';
  for (const { segment } of signs.segment(typed)) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
