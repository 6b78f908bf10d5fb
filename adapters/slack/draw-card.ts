import type { types } from '@slack/bolt';
import type { Card, CardButton, CardSelect, Part, TallyOption } from '../../src/core/card.ts';
import { cardText } from '../../src/core/card-text.ts';
import { readInlinePicture } from '../../src/core/inline-picture.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Text } from '../../src/core/text.ts';
import { couldAct, drawMrkdwn, drawRichText, escapeMrkdwn, isPlain, type TextScope } from './draw-text.ts';
import { slackLimits } from './limits.ts';
import { say } from './words.ts';

type Block = types.KnownBlock;
type RichSection = types.RichTextSection;
type RichElement = types.RichTextElement;

export type DrawScope = TextScope & {
  /** Where the content of a card's files goes: under the card, or to the person alone. */
  readonly files: 'here' | 'direct-message';
  /** The Slack file that shows each picture of the card, by the picture's address. */
  readonly pictures?: ReadonlyMap<string, string>;
};

export type DrawnCard = {
  readonly blocks: Block[];
  /** Read in notifications and by screen readers. */
  readonly text: string;
};

export type CardFile = { readonly name: string; readonly content: Buffer };

/** A card as Block Kit. Throws when it does not fit into a message: nothing is cut silently. */
export function drawCard(card: Card, scope: DrawScope): DrawnCard {
  const address = actionIds();
  const blocks = card.parts.flatMap((part) => drawPart(part, scope, address));
  if (blocks.length > slackLimits.messageBlocks) {
    throw new Error(`A card of ${blocks.length} blocks: Slack takes ${slackLimits.messageBlocks}`);
  }
  return { blocks, text: escapeMrkdwn(cardText(card, scope.reader)) };
}

/** A sentence alone, such as a refusal. */
export function drawWords(text: Text, scope: DrawScope): DrawnCard {
  return drawCard({ parts: [{ part: 'text', text }] }, scope);
}

export function filesIn(card: Card): CardFile[] {
  return card.parts.flatMap((part) =>
    part.part === 'file' ? [{ name: part.name, content: Buffer.from(part.content, 'utf8') }] : [],
  );
}

/**
 * An `action_id` has to be unique in its message while one press may stand on a card twice; what follows `~` only
 * tells them apart and is dropped when it comes back.
 */
export const pressOf = (actionId: string) => actionId.replace(/~\d+$/, '');

function actionIds(): (press: string) => string {
  const seen = new Map<string, number>();
  return (press) => {
    const before = seen.get(press) ?? 0;
    seen.set(press, before + 1);
    return before === 0 ? press : `${press}~${before}`;
  };
}

function drawPart(part: Part, scope: DrawScope, address: (press: string) => string): Block[] {
  switch (part.part) {
    case 'heading':
      return drawHeading(part.text);
    case 'text':
      return drawParagraph(part.text, scope);
    case 'note':
      return drawNote(part.text, scope);
    case 'fields':
      return richText(
        part.fields.map(({ label, value }) => [bold(`${label}: `), ...drawRichText(value, scope)]),
      );
    case 'list': {
      const items = part.items.map((item) => section(drawRichText(item, scope)));
      if (items.length === 0) return [];
      const style = part.ordered ? 'ordered' : 'bullet';
      return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style, elements: items }] }];
    }
    case 'tally':
      return richText(part.options.map((option) => drawTally(option, part.total)));
    case 'progress':
      return richText([
        [bold(part.label), plain('\n'), bar(part.done, part.total), plain(` ${part.done}/${part.total}`)],
      ]);
    case 'people':
      return richText(
        part.people.map(({ name, note }) => [bold(name), ...(note ? [plain(`: ${note}`)] : [])]),
      );
    case 'image':
      return drawImage(part.url, part.alt, scope);
    case 'file':
      return drawNote(
        say(scope.reader, scope.files === 'here' ? 'file.below' : 'file.direct', { name: part.name }),
        scope,
      );
    case 'buttons':
      return chunks(part.buttons, slackLimits.actions).map((buttons) => ({
        type: 'actions',
        elements: buttons.map((button) => drawButton(button, scope, address(button.id))),
      }));
    case 'select':
      return [{ type: 'actions', elements: [drawSelect(part.select, address(part.select.id))] }];
    case 'divider':
      return [{ type: 'divider' }];
    default:
      return part satisfies never;
  }
}

function drawHeading(text: string): Block[] {
  if (text.trim() === '') return [];
  if (text.length <= slackLimits.header) return [{ type: 'header', text: plainText(text) }];
  return pieces(text).map((piece) => ({ type: 'section', text: plainText(piece) }));
}

function drawParagraph(text: Text, scope: DrawScope): Block[] {
  if (isPlain(text)) {
    return pieces(text.join('')).map((piece) => ({ type: 'section', text: plainText(piece) }));
  }
  return richText([drawRichText(text, scope)]);
}

function drawNote(text: Text, scope: DrawScope): Block[] {
  if (isPlain(text)) {
    const elements = pieces(text.join('')).map(plainText);
    return chunks(elements, slackLimits.contextElements).map((some) => ({ type: 'context', elements: some }));
  }
  const mrkdwn = couldAct(text) ? null : drawMrkdwn(text, scope);
  if (mrkdwn === null || mrkdwn.length > slackLimits.text) return richText([drawRichText(text, scope)]);
  return [{ type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn, verbatim: true }] }];
}

/** One line each. */
function richText(lines: readonly (readonly RichElement[])[]): Block[] {
  const elements = lines.flatMap((line, index) => {
    const drawn = line.flatMap(splitElement);
    if (drawn.length === 0) return [];
    return index < lines.length - 1 ? [...drawn, plain('\n')] : drawn;
  });
  // Several blocks for a text that is longer than one may be.
  const blocks: RichElement[][] = [];
  let room = 0;
  for (const element of elements) {
    const length = 'text' in element ? (element.text?.length ?? 0) : 0;
    if (blocks.length === 0 || length > room) {
      blocks.push([]);
      room = slackLimits.text;
    }
    blocks.at(-1)?.push(element);
    room -= length;
  }
  return blocks.map((some) => ({ type: 'rich_text', elements: [section(some)] }));
}

function splitElement(element: RichElement): RichElement[] {
  if (element.type !== 'text' || element.text.length <= slackLimits.text) return [element];
  return pieces(element.text).map((text) => ({ ...element, text }));
}

function drawTally(option: TallyOption, total: number): RichElement[] {
  const voters = option.voters?.length ? ` (${option.voters.join(', ')})` : '';
  return [
    bold(option.label),
    plain('\n'),
    bar(option.count, total),
    plain(` ${option.count}/${total}${voters}`),
  ];
}

const barWidth = 12;

function bar(count: number, total: number): RichElement {
  const share = total > 0 ? Math.min(1, Math.max(0, count / total)) : 0;
  const filled = Math.round(share * barWidth);
  const drawn = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return { type: 'text', text: drawn, style: { code: true } };
}

/** Slack shows files of its own and what it can fetch from a public address; else the description stands in. */
function drawImage(url: string, alt: string, scope: DrawScope): Block[] {
  const described = alt.trim() === '' ? say.plain(scope.reader, 'picture.unnamed') : alt;
  const alt_text = shortened(described, slackLimits.altText);
  const id = scope.pictures?.get(url);
  if (id) return [{ type: 'image', slack_file: { id }, alt_text }];
  if (/^https?:/i.test(url) && url.length <= slackLimits.url) {
    return [{ type: 'image', image_url: url, alt_text }];
  }
  const isSentAlone = scope.files === 'direct-message' && readInlinePicture(url) !== null;
  return drawNote(isSentAlone ? say(scope.reader, 'picture.direct', { alt: described }) : [alt], scope);
}

function drawButton(button: CardButton, scope: DrawScope, actionId: string): types.Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(button.label),
    ...(button.look ? { style: button.look } : {}),
    ...(button.confirm ? { confirm: drawConfirm(button, button.confirm, scope) } : {}),
  };
}

function drawConfirm(button: CardButton, question: string, { reader }: DrawScope): types.ConfirmationDialog {
  // A long label does not fit on the dialog's button, so it says yes there; the question stands above it.
  const fits = button.label.length <= slackLimits.confirmAnswer;
  return {
    title: plainText(say.plain(reader, 'confirm.title')),
    text: plainText(question),
    confirm: plainText(fits ? button.label : say.plain(reader, 'confirm.yes')),
    deny: plainText(say.plain(reader, 'confirm.no')),
    ...(button.look === 'danger' ? { style: 'danger' } : {}),
  };
}

function drawSelect(select: CardSelect, actionId: string): types.StaticSelect {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plainText(select.placeholder),
    options: select.choices.map(({ value, label, description }) => ({
      value,
      text: plainText(label),
      ...(description ? { description: plainText(description) } : {}),
    })),
  };
}

/** Nothing in it acts, `:smile:` included. */
export function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

const plain = (text: string): RichElement => ({ type: 'text', text });
const bold = (text: string): RichElement => ({ type: 'text', text, style: { bold: true } });
const section = (elements: RichElement[]): RichSection => ({ type: 'rich_text_section', elements });

/** A long text in pieces that fit, broken at a line or a word where there is one. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > slackLimits.text) {
    const piece = rest.slice(0, slackLimits.text);
    const at = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' '));
    // Never between the two halves of a character outside the basic plane.
    const hard = /[\uD800-\uDBFF]$/.test(piece) ? piece.length - 1 : piece.length;
    const end = at > slackLimits.text / 2 ? at + 1 : hard;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest.trim() === '' ? found : [...found, rest];
}

function chunks<T>(all: readonly T[], most: number): T[][] {
  const found: T[][] = [];
  for (let at = 0; at < all.length; at += most) found.push(all.slice(at, at + most));
  return found;
}
