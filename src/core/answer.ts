import type { Card, Choice } from './card.ts';
import type { FieldKind, FormClock } from './field.ts';
import type { Text } from './text.ts';

/** What a handler tells the person who asked. */
export type Answer =
  | {
      readonly answer: 'card';
      readonly card: Card;
      /** For buttons: beside the message that was pressed, to the presser alone, instead of in its place. */
      readonly aside?: boolean;
      /** Shown once: an adapter that keeps messages of its own does not keep this one. */
      readonly secret?: boolean;
    }
  | { readonly answer: 'form'; readonly form: OpenForm }
  | { readonly answer: 'refused'; readonly code: string; readonly text: Text }
  /** Nothing to say: the live card says it, or the message is to vanish. */
  | { readonly answer: 'done' };

/**
 * What a handler returns when a field turns out wrong only once it is at work, such as a name that is taken:
 * the person is told, and what they typed is kept for another try. No adapter ever sees it.
 */
export type Mistaken = { readonly answer: 'mistaken'; readonly problems: readonly Text[] };

/** A form ready to be drawn: every label in the reader's language, everything typed so far filled in. */
export type OpenForm = {
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly intro: string | null;
  readonly fields: readonly OpenField[];
  /** Nothing that is typed into it is kept anywhere before it is taken. */
  readonly secret?: boolean;
};

export type OpenField = {
  readonly name: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly hint: string | null;
  readonly placeholder: string | null;
  readonly required: boolean;
  readonly max: number;
  readonly choices: readonly Choice[] | null;
  readonly value: string;
  /** Of a `date-time`: whose clock is meant. `hint` names the zone. */
  readonly clock?: FormClock;
};

/** When and how the adapter acknowledges, stated before any feature code runs. */
export type Answers = 'privately' | 'in-channel' | 'by-updating' | 'with-form';

export const shown = (card: Card): Answer => ({ answer: 'card', card });
export const aside = (card: Card): Answer => ({ answer: 'card', card, aside: true });
/** Beside what was pressed, and kept nowhere. */
export const secretly = (card: Card): Answer => ({ answer: 'card', card, aside: true, secret: true });
export const refused = (code: string, text: Text): Answer => ({ answer: 'refused', code, text });
export const mistaken = (...problems: Text[]): Mistaken => ({ answer: 'mistaken', problems });
export const done: Answer = { answer: 'done' };
