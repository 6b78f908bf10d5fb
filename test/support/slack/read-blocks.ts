import type { PeerMessage } from './web-methods.ts';

/** What a person reads in blocks, and what in them would act. Reads every block the rules know. */
type Json = Readonly<Record<string, unknown>>;
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(record) : []);

export function readBlocks(blocks: readonly unknown[]): string {
  return blocks.map((block) => readBlock(record(block))).join('\n');
}

function readBlock(block: Json): string {
  switch (block.type) {
    case 'image':
      return String(block.alt_text);
    case 'rich_text':
      return listOf(block.elements).map(readRich).join('\n');
    case 'actions':
    case 'context':
      return listOf(block.elements).map(readElement).join('\n');
    default:
      return readText(block.text);
  }
}

function readElement(element: Json): string {
  if (element.type === 'button') return `[${readText(element.text)}]`;
  return readText(element.type === 'static_select' ? element.placeholder : element);
}

function readRich(element: Json): string {
  if (element.type === 'rich_text_list') return listOf(element.elements).map(readRich).join('\n');
  return listOf(element.elements).map(readRichPart).join('');
}

function readRichPart(part: Json): string {
  switch (part.type) {
    case 'user':
      return `@${part.user_id}`;
    case 'channel':
      return `#${part.channel_id}`;
    case 'date':
      return String(part.fallback);
    default:
      return String(part.text);
  }
}

/** Words as Slack shows them: in its markup, the three escaped signs stand for themselves. */
function readText(value: unknown): string {
  const { type, text = '' } = record(value);
  if (type !== 'mrkdwn') return String(text);
  return String(text)
    .replace(/<!date\^[^|]*\|([^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Everything in a message that Slack's markup or mentions would turn into something. Dates are meant to. */
export function findActing(message: Pick<PeerMessage, 'text' | 'blocks'>): string[] {
  const marked = [message.text, ...mrkdwnIn(message.blocks)];
  const found = marked.flatMap((text) => [
    ...(text.match(/<(?!!date\^)[^>]*>/g) ?? []),
    ...(text === message.text ? [] : (text.match(/:[\w+-]+:/g) ?? [])),
  ]);
  const emoji = plainIn(message.blocks).filter(({ emoji }) => emoji !== false);
  return [...found, ...emoji.map(({ text }) => `emoji in ${String(text)}`)];
}

function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = record(value);
  if (own.type === 'mrkdwn') return [String(own.text)];
  return Object.values(own).flatMap(mrkdwnIn);
}

function plainIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(plainIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = record(value);
  if (own.type === 'plain_text') return [own];
  return Object.values(own).flatMap(plainIn);
}
