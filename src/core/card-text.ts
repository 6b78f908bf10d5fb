import type { Card, Part } from './card.ts';
import { plainText } from './plain-text.ts';
import type { Reader } from './reader.ts';

/**
 * A card read aloud: what a notification shows, what a screen reader says, and what a platform falls back to.
 * Buttons are named last, because they are what one does after hearing the rest.
 */
export function cardText(card: Card, reader: Reader): string {
  return card.parts
    .map((part) => partText(part, reader))
    .filter((line) => line !== '')
    .join('\n');
}

function partText(part: Part, reader: Reader): string {
  switch (part.part) {
    case 'heading':
      return part.text;
    case 'text':
    case 'note':
      return plainText(part.text, reader);
    case 'fields':
      return part.fields.map((field) => `${field.label}: ${plainText(field.value, reader)}`).join('\n');
    case 'list':
      return part.items
        .map((item, index) => `${part.ordered ? `${index + 1}.` : '•'} ${plainText(item, reader)}`)
        .join('\n');
    case 'tally':
      return part.options
        .map((option) => {
          const voters = option.voters?.length ? ` (${option.voters.join(', ')})` : '';
          return `${option.label}: ${option.count}/${part.total}${voters}`;
        })
        .join('\n');
    case 'progress':
      return `${part.label}: ${part.done}/${part.total}`;
    case 'people':
      return part.people.map((person) => [person.name, person.note].filter(Boolean).join(': ')).join('\n');
    case 'image':
      return part.alt;
    case 'file':
      return part.name;
    case 'buttons':
      return part.buttons.map((button) => `[${button.label}]`).join(' ');
    case 'select':
      return `[${part.select.placeholder}]`;
    case 'divider':
      return '';
    default:
      return part satisfies never;
  }
}
