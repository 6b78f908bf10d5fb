import type { Text } from './text.ts';

/**
 * What people see, as plain data that survives JSON. Features make cards; adapters draw them. The union is
 * closed: a part added here does not compile until every adapter and `card-text.ts` draws it.
 */
export type Card = {
  readonly parts: readonly Part[];
  /** Set on demo, late or urgent messages: drawn as an accent where the platform has one. */
  readonly tone?: 'calm' | 'attention' | 'done';
  /** What it is in a platform's own calendar: the only thing drawn of a card that goes to one. */
  readonly event?: CalendarEvent;
};

export type CalendarEvent = {
  readonly title: string;
  readonly why: string;
  readonly place: string;
  /** Instants, as ISO 8601. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly cancelled: boolean;
};

export type Part =
  | { readonly part: 'heading'; readonly text: string }
  | { readonly part: 'text'; readonly text: Text }
  | { readonly part: 'fields'; readonly fields: readonly CardField[] }
  | { readonly part: 'list'; readonly items: readonly Text[]; readonly ordered?: boolean }
  | { readonly part: 'tally'; readonly options: readonly TallyOption[]; readonly total: number }
  | { readonly part: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly part: 'people'; readonly people: readonly { readonly name: string; readonly note: string }[] }
  | { readonly part: 'image'; readonly url: string; readonly alt: string }
  | { readonly part: 'file'; readonly name: string; readonly mediaType: string; readonly content: string }
  | { readonly part: 'note'; readonly text: Text }
  | { readonly part: 'buttons'; readonly buttons: readonly CardButton[] }
  | { readonly part: 'select'; readonly select: CardSelect }
  | { readonly part: 'divider' };

export type CardField = { readonly label: string; readonly value: Text };

export type TallyOption = {
  readonly label: string;
  readonly count: number;
  /** Who chose it, by name; left out where the vote is not open. */
  readonly voters?: readonly string[];
};

export type CardButton = {
  /** From `press()`: which button it is, and for what. */
  readonly id: string;
  readonly label: string;
  readonly look?: 'primary' | 'danger';
  /** Asked before the press counts, where the platform can ask; the handler never relies on it. */
  readonly confirm?: string;
};

export type CardSelect = {
  readonly id: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
};

export type Choice = { readonly value: string; readonly label: string; readonly description?: string };

export function card(...parts: (Part | null | undefined | false)[]): Card {
  return { parts: parts.filter((part): part is Part => Boolean(part)) };
}

export const heading = (of: string): Part => ({ part: 'heading', text: of });
export const paragraph = (of: Text): Part => ({ part: 'text', text: of });
export const note = (of: Text): Part => ({ part: 'note', text: of });
export const list = (items: readonly Text[], ordered = false): Part => ({ part: 'list', items, ordered });
export const fields = (of: readonly CardField[]): Part => ({ part: 'fields', fields: of });
export const buttons = (...of: (CardButton | null | false)[]): Part => ({
  part: 'buttons',
  buttons: of.filter((one): one is CardButton => Boolean(one)),
});
export const divider: Part = { part: 'divider' };

/** The same card in another tone. */
export const toned = (of: Card, tone: NonNullable<Card['tone']>): Card => ({ ...of, tone });
