import type { Card, Part } from '../../src/core/card.ts';
import type { MemberId } from '../../src/core/ids.ts';
import { readInlinePicture } from '../../src/core/inline-picture.ts';
import { wallClock } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Inline, Instant, Text } from '../../src/core/text.ts';
import { cityOf } from '../../src/time/wall-clock.ts';
import type { Block, Span } from './web/wire.ts';

/** For whom and when a card is drawn. */
type Viewer = {
  readonly reader: Reader;
  /** The viewer's own account in the console. */
  readonly account: string;
  /** The console account of every mentioned member who has one. */
  readonly accounts: ReadonlyMap<MemberId, string>;
  readonly now: Date;
  /** Where the file part with this index can be fetched. */
  fileHref(index: number): string;
};

/** A card as blocks for the page, with mentions resolved and instants in the viewer's words. */
export function drawCard(card: Card, viewer: Viewer): Block[] {
  return card.parts.map((part, index) => drawPart(part, index, viewer));
}

function drawPart(part: Part, index: number, viewer: Viewer): Block {
  switch (part.part) {
    case 'heading':
      return { block: 'heading', text: part.text };
    case 'text':
    case 'note':
      return { block: part.part, spans: drawText(part.text, viewer) };
    case 'fields': {
      const fields = part.fields.map(({ label, value }) => ({ label, spans: drawText(value, viewer) }));
      return { block: 'fields', fields };
    }
    case 'list': {
      const items = part.items.map((item) => drawText(item, viewer));
      return { block: 'list', ordered: part.ordered ?? false, items };
    }
    case 'tally': {
      const options = part.options.map(({ label, count, voters = [] }) => {
        const percent = part.total > 0 ? Math.round((100 * count) / part.total) : 0;
        return { label, count, percent, voters };
      });
      return { block: 'tally', total: part.total, options };
    }
    case 'progress':
      return { block: 'progress', label: part.label, done: part.done, total: part.total };
    case 'people':
      return { block: 'people', people: part.people };
    case 'image':
      // The page fetches nothing from elsewhere (`guard.ts`): a picture that does not travel in the card is its words.
      return readInlinePicture(part.url) === null
        ? { block: 'text', spans: drawText([part.alt], viewer) }
        : { block: 'image', url: part.url, alt: part.alt };
    case 'file': {
      const bytes = Buffer.byteLength(part.content);
      return { block: 'file', name: part.name, bytes, href: viewer.fileHref(index) };
    }
    case 'buttons': {
      const buttons = part.buttons.map(({ id, label, look = 'plain' as const, confirm = null }) => {
        return { id, label, look, confirm };
      });
      return { block: 'buttons', buttons };
    }
    case 'select': {
      const { id, placeholder, choices } = part.select;
      return { block: 'select', id, placeholder, choices };
    }
    case 'divider':
      return { block: 'divider' };
    default:
      return part satisfies never;
  }
}

function drawText(text: Text, viewer: Viewer): Span[] {
  return text.map((inline) => drawInline(inline, viewer));
}

function drawInline(inline: Inline, viewer: Viewer): Span {
  if (typeof inline === 'string') return { span: 'text', text: inline };
  if ('bold' in inline) return { span: 'bold', spans: drawText(inline.bold, viewer) };
  if ('italic' in inline) return { span: 'italic', spans: drawText(inline.italic, viewer) };
  if ('code' in inline) return { span: 'code', text: inline.code };
  if ('link' in inline) return { span: 'link', href: safeHref(inline.link), text: inline.text };
  if ('member' in inline) {
    const you = viewer.accounts.get(inline.member) === viewer.account;
    return { span: 'mention', name: inline.name, you };
  }
  if ('place' in inline) return { span: 'place', ref: inline.place, name: inline.name };
  if ('instant' in inline) return drawInstant(inline, viewer);
  return inline satisfies never;
}

function drawInstant(at: Instant, { reader, now }: Viewer): Span {
  const { language, timeZone } = reader;
  const own = wallClock(at, language, at.timeZone);
  const iso = at.instant;
  // A date is a day on the wall it was meant for; it never moves to another day for anyone.
  if (at.show === 'date') return { span: 'instant', iso, yours: own, own: null };
  const theirs = wallClock(at, language, timeZone);
  const yours = at.show === 'relative' ? `${sayDistance(at, language, now)} (${theirs})` : theirs;
  const zone = zoneWords(at.timeZone);
  if (theirs !== own) return { span: 'instant', iso, yours, own: `${own} ${zone}` };
  return { span: 'instant', iso, yours: `${yours} ${zone}`, own: null };
}

/** `America/Winnipeg` as people say it. */
export function zoneWords(timeZone: string): string {
  const city = cityOf(timeZone);
  return city === 'UTC' ? 'UTC' : `${city} time`;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function sayDistance(at: Instant, language: string, now: Date): string {
  const apartMs = new Date(at.instant).getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [unit, ms] = steps.find(([, each]) => Math.abs(apartMs) >= each) ?? (['minute', 60_000] as const);
  return format.format(Math.round(apartMs / ms), unit);
}

/** Only what a browser can open without running it. */
function safeHref(link: string): string | null {
  if (!URL.canParse(link)) return null;
  return ['https:', 'http:', 'mailto:'].includes(new URL(link).protocol) ? link : null;
}
