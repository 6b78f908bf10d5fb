import type { types } from '@slack/bolt';
import { say as sayCore } from '../../src/core/core-words.ts';
import type { MemberId } from '../../src/core/ids.ts';
import { sayInstant, wallClock } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Inline, Instant, Text } from '../../src/core/text.ts';

/**
 * Slack's own markup cannot be escaped: a `*` or a `:smile:` that somebody typed would act. So words are drawn
 * as rich text, where a string is only ever a string, and as markup only where nothing in them could act.
 */
export type TextScope = { readonly reader: Reader; readonly accounts: ReadonlyMap<MemberId, string> };

type RichElement = types.RichTextElement;
type Style = { bold?: true; italic?: true; code?: true };

/** Slack's ids of channels and conversations: a place of another platform is shown by its name. */
const channelId = /^[CDG][A-Z0-9]{2,}$/;

export function drawRichText(text: Text, scope: TextScope, style: Style = {}): RichElement[] {
  return text.flatMap((inline) => drawRich(inline, scope, style));
}

function drawRich(inline: Inline, scope: TextScope, style: Style): RichElement[] {
  const styled = Object.keys(style).length > 0 ? { style } : {};
  if (typeof inline === 'string') return inline === '' ? [] : [{ type: 'text', text: inline, ...styled }];
  if ('bold' in inline) return drawRichText(inline.bold, scope, { ...style, bold: true });
  if ('italic' in inline) return drawRichText(inline.italic, scope, { ...style, italic: true });
  if ('code' in inline) return [{ type: 'text', text: inline.code, style: { ...style, code: true } }];
  if ('link' in inline) {
    if (isWebAddress(inline.link)) {
      return [{ type: 'link', url: inline.link, text: inline.text, ...styled }];
    }
    return [{ type: 'text', text: `${inline.text} (${inline.link})`, ...styled }];
  }
  if ('member' in inline) {
    const account = scope.accounts.get(inline.member);
    return account
      ? [{ type: 'user', user_id: account }]
      : [{ type: 'text', text: inline.name, style: { ...style, bold: true } }];
  }
  if ('place' in inline) {
    return channelId.test(inline.place)
      ? [{ type: 'channel', channel_id: inline.place }]
      : [{ type: 'text', text: `#${inline.name}`, ...styled }];
  }
  return drawInstant(inline, scope.reader, styled);
}

/** Each viewer's own clock, and beside it the zone that was meant. A calendar date is the same for everybody. */
function drawInstant(at: Instant, reader: Reader, styled: { style?: Style }): RichElement[] {
  if (at.show === 'date') return [{ type: 'text', text: sayInstant(at, reader), ...styled }];
  const theirs: RichElement = {
    type: 'date',
    timestamp: seconds(at),
    format: dateFormat[at.show],
    fallback: wallClock(at, reader.language, at.timeZone),
    ...styled,
  };
  return besideOwn(at, reader).map((part) =>
    part === null ? theirs : { type: 'text', text: part, ...styled },
  );
}

const dateFormat: Record<Exclude<Instant['show'], 'date'>, string> = {
  time: '{time}',
  'date-time': '{date_long} {time}',
  relative: '{ago}',
};

/** The sentence "theirs (own in zone)" around a null that stands for theirs. */
function besideOwn(at: Instant, reader: Reader): (string | null)[] {
  const own = wallClock(at, reader.language, at.timeZone);
  const mark = '\uE000';
  const sentence = sayCore.plain(reader, 'zone.beside', { theirs: mark, own, zone: at.timeZone });
  return sentence
    .split(mark)
    .flatMap((part, index) => (index === 0 ? [part] : [null, part]))
    .filter(isPart);
}

const isPart = (part: string | null) => part !== '';
const seconds = (at: Instant) => Math.floor(Date.parse(at.instant) / 1000);

/** Whether anything in a text could act as Slack's markup, which cannot be escaped. */
export function couldAct(text: Text): boolean {
  return text.some((inline) => {
    if (typeof inline === 'string') return acting.test(inline);
    if ('bold' in inline) return couldAct(inline.bold);
    if ('italic' in inline) return couldAct(inline.italic);
    if ('code' in inline) return acting.test(inline.code);
    if ('link' in inline) {
      const told = isWebAddress(inline.link) ? /[|>\s]/ : acting;
      return acting.test(inline.text) || told.test(inline.link);
    }
    if ('member' in inline || 'place' in inline) return acting.test(inline.name);
    return false;
  });
}

/** Bold, italic, struck, code, and `:emoji:`. */
const acting = /[*_~`]|:[\w+-]+:/;

/** For the small print of a card, which takes no rich text. Only for a text that could not act. */
export function drawMrkdwn(text: Text, scope: TextScope): string {
  return text.map((inline) => drawMark(inline, scope)).join('');
}

function drawMark(inline: Inline, scope: TextScope): string {
  if (typeof inline === 'string') return escapeMrkdwn(inline);
  if ('bold' in inline) return `*${drawMrkdwn(inline.bold, scope)}*`;
  if ('italic' in inline) return `_${drawMrkdwn(inline.italic, scope)}_`;
  if ('code' in inline) return `\`${escapeMrkdwn(inline.code)}\``;
  if ('link' in inline) {
    const name = escapeMrkdwn(inline.text);
    return isWebAddress(inline.link)
      ? `<${escapeMrkdwn(inline.link)}|${name}>`
      : `${name} (${escapeMrkdwn(inline.link)})`;
  }
  if ('member' in inline) {
    const account = scope.accounts.get(inline.member);
    return account ? `<@${account}>` : `*${escapeMrkdwn(inline.name)}*`;
  }
  if ('place' in inline) {
    return channelId.test(inline.place) ? `<#${inline.place}>` : `#${escapeMrkdwn(inline.name)}`;
  }
  const { reader } = scope;
  if (inline.show === 'date') return escapeMrkdwn(sayInstant(inline, reader));
  const fallback = escapeMrkdwn(wallClock(inline, reader.language, inline.timeZone));
  const token = `<!date^${seconds(inline)}^${dateFormat[inline.show]}|${fallback}>`;
  return besideOwn(inline, reader)
    .map((part) => (part === null ? token : escapeMrkdwn(part)))
    .join('');
}

/** Exactly these three, in this order: docs.slack.dev "Formatting text for app surfaces". */
export function escapeMrkdwn(typed: string): string {
  return typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export const unescapeMrkdwn = (typed: string) =>
  typed.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack opens nothing else from a link, and refuses the block. */
function isWebAddress(link: string): boolean {
  return /^(https?|mailto):/i.test(link) && URL.canParse(link);
}

/** Words that nothing in can act, a link or a mention: what most cards say. */
export const isPlain = (text: Text): text is readonly string[] =>
  text.every((inline) => typeof inline === 'string');
