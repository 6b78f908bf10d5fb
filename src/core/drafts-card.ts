import { buttons, type Card, card, heading, list } from './card.ts';
import { limits } from './limits.ts';
import { shortened } from './plain-text.ts';

/** What is being prepared, each with the press that opens it. */
export function draftsCard(title: string, drafts: readonly { name: string; opens: string }[]): Card {
  return card(
    heading(title),
    list(drafts.map(({ name }) => [name])),
    buttons(...drafts.map(({ name, opens }) => ({ id: opens, label: shortened(name, limits.buttonLabel) }))),
  );
}
