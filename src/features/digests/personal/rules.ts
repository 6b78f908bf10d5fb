import type { Part } from '../../../core/card.ts';
import { cardText } from '../../../core/card-text.ts';
import { limits } from '../../../core/limits.ts';
import type { Reader } from '../../../core/reader.ts';

/** Room for heading, note and what Discord counts beside the parts; see `joined.ts` of the outreach door. */
const room = { characters: limits.cardText - 400, components: 30, buttons: limits.buttonsPerCard };

/** As many parts as fit one message, in order; `left` says whether any had to go. */
export function fitParts(parts: readonly Part[], reader: Reader): { parts: readonly Part[]; left: boolean } {
  const used = { characters: 0, components: 0, buttons: 0 };
  const once = withoutDoubles(parts);
  for (const [index, part] of once.entries()) {
    const buttons = part.part === 'buttons' ? part.buttons.length : 0;
    used.characters += cardText({ parts: [part] }, reader).length + 1;
    used.components += 1 + buttons + (part.part === 'select' ? 1 : 0);
    used.buttons += buttons;
    const over =
      used.characters > room.characters || used.components > room.components || used.buttons > room.buttons;
    // A heading at the end would announce what is not there.
    if (over) return { parts: withoutLastHeading(once.slice(0, index)), left: true };
  }
  return { parts: once, left: false };
}

function withoutLastHeading(parts: readonly Part[]): readonly Part[] {
  return parts.at(-1)?.part === 'heading' ? parts.slice(0, -1) : parts;
}

/** What is asked of somebody may stand in the digest too; a platform takes one control of a kind in a message. */
function withoutDoubles(parts: readonly Part[]): readonly Part[] {
  const seen = new Set<string>();
  const isNew = (id: string) => !seen.has(id) && Boolean(seen.add(id));
  return parts.flatMap((part): readonly Part[] => {
    if (part.part === 'select') return isNew(part.select.id) ? [part] : [];
    if (part.part !== 'buttons') return [part];
    const buttons = part.buttons.filter(({ id }) => isNew(id));
    return buttons.length > 0 ? [{ ...part, buttons }] : [];
  });
}
