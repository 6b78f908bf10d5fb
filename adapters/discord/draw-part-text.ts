import type { Part, TallyOption } from '../../src/core/card.ts';
import { type Drawing, drawText, escaped } from './markdown.ts';

type TextPart = Exclude<Part, { part: 'image' | 'file' | 'buttons' | 'select' | 'divider' }>;

/** The parts that are words, as markdown. `first`: no heading stands above this one. */
export function drawPartText(part: TextPart, drawing: Drawing, first: boolean): string {
  switch (part.part) {
    case 'heading':
      return `${first ? '##' : '###'} ${oneLine(escaped(part.text))}`;
    case 'text':
      return drawText(part.text, drawing);
    case 'note':
      return eachLine(drawText(part.text, drawing), '-# ');
    case 'fields':
      return part.fields
        .map((field) => `**${oneLine(escaped(field.label))}:** ${drawText(field.value, drawing)}`)
        .join('\n');
    case 'list':
      return part.items
        .map((item, index) => {
          const mark = part.ordered ? `${index + 1}. ` : '- ';
          return mark + drawText(item, drawing).replaceAll('\n', '\n  ');
        })
        .join('\n');
    case 'tally':
      return part.options.map((option) => drawTally(option, part.total)).join('\n');
    case 'progress':
      return `**${oneLine(escaped(part.label))}** ${bar(part.done, part.total)}`;
    case 'people':
      return part.people
        .map(({ name, note }) => {
          const about = note === '' ? '' : `: ${oneLine(escaped(note))}`;
          return `- **${oneLine(escaped(name))}**${about}`;
        })
        .join('\n');
    default:
      return part satisfies never;
  }
}

function drawTally({ label, count, voters }: TallyOption, total: number): string {
  const line = `**${oneLine(escaped(label))}**\n${bar(count, total)}`;
  return voters?.length ? `${line}\n-# ${oneLine(escaped(voters.join(', ')))}` : line;
}

const barLength = 10;

/** Ten blocks and the numbers, which say the same to whoever hears the message. */
function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const full = Math.round(share * barLength);
  return `\`${'█'.repeat(full)}${'░'.repeat(barLength - full)}\` ${done}/${total}`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const eachLine = (text: string, mark: string) =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : mark + line))
    .join('\n');
