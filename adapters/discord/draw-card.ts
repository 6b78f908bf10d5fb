import {
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';
import type { CardButton, CardSelect, Part } from '../../src/core/card.ts';
import { cardText } from '../../src/core/card-text.ts';
import { readInlinePicture } from '../../src/core/inline-picture.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Drawn } from '../../src/core/ports.ts';
import { type CardFiles, makeCardFiles } from './card-files.ts';
import { drawPartText } from './draw-part-text.ts';
import { discordLimits as limits } from './limits.ts';
import { type Drawing, escaped } from './markdown.ts';
import { say } from './words.ts';

/** One message as Discord takes it, whether it is new, an edit or an answer. */
export type DiscordMessage = {
  readonly body: {
    readonly flags: number;
    readonly components: APIMessageTopLevelComponent[];
    /** Only the members whom the card itself mentions; never roles, never everyone. */
    readonly allowed_mentions: APIAllowedMentions;
    /** Always given, so that an edit drops the files of the card before. */
    readonly attachments: { id: string; filename: string; description?: string }[];
  };
  readonly files: RawFile[];
};

type Block = { readonly text: string } | { readonly component: APIComponentInContainer };

/**
 * Draws a card as components (`IS_COMPONENTS_V2`): they keep the parts in their order, buttons between texts
 * included, which embeds cannot. `id` marks the message, so that it can be found again: it becomes the id of
 * the first component (a 32-bit number of our own choosing that Discord gives back with the message).
 */
export function drawCard(drawn: Drawn, id?: number): DiscordMessage {
  const { card, reader, accounts } = drawn;
  const drawing: Drawing = { reader, accounts, mentioned: new Set() };
  const files = makeCardFiles();
  let headings = 0;
  const blocks = card.parts.flatMap((part): Block[] => {
    if (part.part === 'heading') headings += 1;
    return drawPart(part, drawing, files, headings <= 1);
  });
  const fitting = withinTextLimit(blocks, drawn, files);
  const components = arranged(fitting, card.tone);
  if (components.length === 0) throw new Error('A card without anything in it cannot be drawn');
  checkIds(components);
  const [first] = components;
  if (first && id !== undefined) first.id = id;
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components,
      allowed_mentions: { parse: [], users: [...drawing.mentioned].slice(0, limits.mentions) },
      attachments: files.list.map(({ name, description }, index) => ({
        id: String(index),
        filename: name,
        ...(description ? { description } : {}),
      })),
    },
    files: files.list.map(({ name, data, contentType }) => ({ name, data, contentType })),
  };
}

function drawPart(part: Part, drawing: Drawing, files: CardFiles, first: boolean): Block[] {
  switch (part.part) {
    case 'image':
      return drawImage(part, files);
    case 'file':
      return [fileBlock(files.add(part.name, Buffer.from(part.content, 'utf8'), part.mediaType))];
    case 'buttons':
      return drawButtons(part.buttons);
    case 'select':
      return [{ component: drawSelect(part.select) }];
    case 'divider':
      return [{ component: { type: ComponentType.Separator } }];
    case 'heading':
    case 'text':
    case 'note':
    case 'fields':
    case 'list':
    case 'tally':
    case 'progress':
    case 'people': {
      const text = drawPartText(part, drawing, first);
      return text.trim() === '' ? [] : [{ text }];
    }
    default:
      return part satisfies never;
  }
}

/** A picture Discord can fetch by its address, or one that travels in the card; else the words for it. */
function drawImage({ url, alt }: { url: string; alt: string }, files: CardFiles): Block[] {
  const description = alt === '' ? null : shortened(alt, limits.mediaDescription);
  const inline = readInlinePicture(url);
  if (inline) {
    const name = files.add(inline.fileName, inline.data, inline.mediaType, description ?? undefined);
    return [gallery(`attachment://${name}`, description)];
  }
  if (/^https?:\/\//.test(url) && url.length <= limits.mediaUrl) return [gallery(url, description)];
  return alt === '' ? [] : [{ text: escaped(alt) }];
}

function gallery(url: string, description: string | null): Block {
  const item = { media: { url }, ...(description ? { description } : {}) };
  return { component: { type: ComponentType.MediaGallery, items: [item] } };
}

const fileBlock = (name: string): Block => ({
  component: { type: ComponentType.File, file: { url: `attachment://${name}` } },
});

const looks = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

function drawButtons(all: readonly CardButton[]): Block[] {
  const drawn = all.map((button) => ({
    type: ComponentType.Button as const,
    style: button.look ? looks[button.look] : (ButtonStyle.Secondary as const),
    label: shortened(button.label, limits.buttonLabel),
    custom_id: button.id,
  }));
  const rows: Block[] = [];
  for (let from = 0; from < drawn.length; from += limits.buttonsPerRow) {
    rows.push({ component: row(...drawn.slice(from, from + limits.buttonsPerRow)) });
  }
  return rows;
}

export function drawSelect(select: CardSelect): APIActionRowComponent<APIComponentInMessageActionRow> {
  return row({
    type: ComponentType.StringSelect,
    custom_id: select.id,
    placeholder: shortened(select.placeholder, limits.selectPlaceholder),
    options: select.choices.map(({ value, label, description }) => ({
      value,
      label: shortened(label, limits.optionLabel),
      ...(description ? { description: shortened(description, limits.optionLabel) } : {}),
    })),
  });
}

const row = (
  ...components: APIComponentInMessageActionRow[]
): APIActionRowComponent<APIComponentInMessageActionRow> => ({ type: ComponentType.ActionRow, components });

/** What is too long for one message goes along as a file, whole, and the message says so. */
function withinTextLimit(blocks: readonly Block[], { card, reader }: Drawn, files: CardFiles): Block[] {
  const length = blocks.reduce((sum, block) => sum + ('text' in block ? block.text.length + 1 : 0), 0);
  if (length <= limits.messageText) return [...blocks];
  const name = files.add('message.txt', Buffer.from(cardText(card, reader), 'utf8'), 'text/plain');
  const rest = `-# ${escaped(say.plain(reader, 'message.rest', { file: name }))}`;
  let left = limits.messageText - rest.length - 1;
  let full = false;
  const kept = blocks.filter((block) => {
    if (!('text' in block)) return true;
    full ||= block.text.length + 1 > left;
    left -= block.text.length + 1;
    return !full;
  });
  const firstControl = kept.findIndex((block) => 'component' in block && isRow(block.component));
  const at = firstControl === -1 ? kept.length : firstControl;
  return kept.toSpliced(at, 0, { text: rest }, fileBlock(name));
}

const isRow = (component: APIComponentInContainer) => component.type === ComponentType.ActionRow;

const accents = { calm: null, attention: 0xd9822b, done: 0x2e8b57 } as const;

/** Neighbouring texts become one display; dividers go first when there are too many components. */
function arranged(blocks: readonly Block[], tone: Drawn['card']['tone']): APIMessageTopLevelComponent[] {
  const accent = tone ? accents[tone] : null;
  const wrap = (inner: APIComponentInContainer[]): APIMessageTopLevelComponent[] =>
    accent === null || inner.length === 0
      ? inner
      : [{ type: ComponentType.Container, accent_color: accent, components: inner }];
  const whole = wrap(joinedTexts(blocks));
  if (countComponents(whole) <= limits.components) return whole;
  const plain = blocks.filter((block) => 'text' in block || block.component.type !== ComponentType.Separator);
  const fewer = wrap(joinedTexts(plain));
  const count = countComponents(fewer);
  if (count > limits.components)
    throw new Error(`A card of ${count} components does not fit into ${limits.components}`);
  return fewer;
}

function joinedTexts(blocks: readonly Block[]): APIComponentInContainer[] {
  const joined: APIComponentInContainer[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if ('component' in block) joined.push(block.component);
    else if (last?.type === ComponentType.TextDisplay) last.content += `\n${block.text}`;
    else joined.push({ type: ComponentType.TextDisplay, content: block.text });
  }
  return joined;
}

function countComponents(components: readonly object[]): number {
  return components.reduce((sum: number, each: { components?: object[] }) => {
    return sum + 1 + countComponents(each.components ?? []);
  }, 0);
}

/** Discord refuses a message in which two controls have one address; here the card's author learns which. */
function checkIds(components: readonly object[], seen = new Set<string>()): void {
  for (const each of components as { custom_id?: string; components?: object[] }[]) {
    if (each.custom_id !== undefined) {
      if (seen.has(each.custom_id)) throw new Error(`Two controls of one card lead to ${each.custom_id}`);
      seen.add(each.custom_id);
    }
    if (each.components) checkIds(each.components, seen);
  }
}
