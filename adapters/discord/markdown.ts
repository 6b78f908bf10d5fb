import type { MemberId } from '../../src/core/ids.ts';
import { wallClock } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Inline, Instant, Text } from '../../src/core/text.ts';

/** For whom a text is drawn, and whom it turned out to mention. */
export type Drawing = {
  readonly reader: Reader;
  readonly accounts: ReadonlyMap<MemberId, string>;
  readonly mentioned: Set<string>;
};

/** Discord's markdown of a text. Everything typed is escaped; only the tree around it acts. */
export function drawText(text: Text, drawing: Drawing): string {
  return text
    .map((inline) => drawInline(inline, drawing))
    .reduce((drawn, next) => drawn + (drawn.endsWith('`') && next.startsWith('`') ? apart : '') + next, '');
}

/** Between two codes that touch: their ticks would be taken together, and what is inside would act. Takes no room. */
const apart = '\u2060';

function drawInline(inline: Inline, drawing: Drawing): string {
  if (typeof inline === 'string') return escaped(inline);
  if ('bold' in inline) return around('**', drawText(inline.bold, drawing));
  if ('italic' in inline) return around('*', drawText(inline.italic, drawing));
  if ('code' in inline) return drawCode(inline.code);
  if ('link' in inline) return drawLink(inline.link, inline.text);
  if ('member' in inline) {
    const ref = drawing.accounts.get(inline.member);
    if (!ref || !isSnowflake(ref)) return escaped(inline.name);
    drawing.mentioned.add(ref);
    return `<@${ref}>`;
  }
  if ('place' in inline)
    return isSnowflake(inline.place) ? `<#${inline.place}>` : `\\#${escaped(inline.name)}`;
  return drawInstant(inline, drawing.reader);
}

export const isSnowflake = (ref: string) => /^\d{17,20}$/.test(ref);

/**
 * A web address that Discord turns into a link by itself. A backslash inside would become part of it, and
 * nothing else acts inside, so an address stays as it is.
 */
const address = /(?<![\w\\])https?:\/\/[^\s<>"'`*|\\[\]()]+/g;
const acting = /[\\`*_~|<>[\]]/g;
/** What acts only where a line begins: headings, small print, quotes and lists. */
const lineStart = /^(\s*)(#|-|\+|\d+(?=[.)]))/gm;
/** Controls that turn the reading direction of whatever follows: isolated, they turn what was typed alone. */
const turning = /[\u202A-\u202E\u2066-\u2069]/;
const isolated = (text: string) => (turning.test(text) ? `\u2068${text}\u2069` : text);

/**
 * What somebody typed, so that it shows as typed and does nothing. discord.js has `escapeMarkdown`, which
 * leaves the second of two masked links, quotes, timestamps and mentions alone.
 */
export function escaped(typed: string): string {
  let drawn = '';
  let from = 0;
  for (const match of typed.matchAll(address)) {
    drawn += escapedPlain(typed.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return isolated(drawn + escapedPlain(typed.slice(from)));
}

function escapedPlain(text: string): string {
  return text
    .replace(acting, '\\$&')
    .replace(lineStart, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    )
    .replace(/@(?=everyone|here)/g, '\\@');
}

const around = (mark: string, text: string) => (text.trim() === '' ? text : `${mark}${text}${mark}`);

/** Code cannot be escaped: what holds a run of backticks is shown as plain text instead. */
function drawCode(code: string): string {
  if (code.trim() === '') return code;
  if (code.includes('``') || code.startsWith('`') || code.endsWith('`')) return escaped(code);
  return isolated(code.includes('`') ? `\`\`${code}\`\`` : `\`${code}\``);
}

/** Discord shows no masked link whose words look like an address: then both stand side by side. */
function drawLink(link: string, words: string): string {
  if (!/^https?:\/\//i.test(link) || !URL.canParse(link)) return `${escaped(words)} (${escaped(link)})`;
  const target = new URL(link).href.replaceAll('(', '%28').replaceAll(')', '%29');
  if (words === link) return target;
  if (/:\/\/|www\.|discord\.gg/i.test(words)) return `${escaped(words)} (<${target}>)`;
  return `[${escaped(words)}](<${target}>)`;
}

const shapes = { time: 't', 'date-time': 'f', relative: 'R' } as const;

/** A timestamp that each viewer sees in their own zone, and the event's own zone in words beside it. */
export function drawInstant(at: Instant, reader: Reader): string {
  const own = escaped(wallClock(at, reader.language, at.timeZone));
  // A date is a day in its own zone: a timestamp would show some viewers the day before.
  if (at.show === 'date') return own;
  const seconds = Math.floor(Date.parse(at.instant) / 1000);
  return `<t:${seconds}:${shapes[at.show]}> (${own}, ${escaped(at.timeZone)})`;
}
