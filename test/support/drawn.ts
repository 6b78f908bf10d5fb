import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject } from 'vitest';
import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import type { Act } from '../../src/core/incoming.ts';
import type { Reader } from '../../src/core/reader.ts';

/** One thing that a conversation test showed somebody. */
export type Drawn = { readonly reader: Reader; readonly where: string } & (
  | { readonly card: Card }
  | { readonly form: OpenForm }
);

/**
 * Keeps what a conversation shows: whatever any test makes the bot say is also drawn for Slack, Discord and the
 * console. That happens once at the end of the run (`global-setup.ts`), because the drawers take a moment to load.
 */
export type DrawnKeeper = {
  readonly all: ReadonlyMap<string, Drawn>;
  /**
   * What people did, and what happened by itself: `/partners show`, `button partners.page`, `form partners.add-form`,
   * `job directory.freshness`. Null where it was taken, else what stood in the way the last time.
   */
  readonly did: Map<string, string | null>;
  /** The same things as they arrived, a few of each. */
  readonly acts: Map<string, Act[]>;
  card(card: Card, reader: Reader): void;
  form(form: OpenForm, reader: Reader): void;
  write(): void;
};

export function makeDrawnKeeper(): DrawnKeeper {
  const all = new Map<string, Drawn>();
  function keep(drawn: Drawn, what: Card | OpenForm) {
    all.set(createHash('sha256').update(sameness(what)).digest('base64'), drawn);
  }
  const where = () => expect.getState().currentTestName ?? 'before the first test';
  return {
    all,
    did: new Map(),
    acts: new Map(),
    card: (card, reader) => keep({ card, reader, where: where() }, card),
    form: (form, reader) => keep({ form, reader, where: where() }, form),
    write() {
      if (all.size === 0) return;
      const lines = [...all.values()].map((drawn) => JSON.stringify(drawn));
      writeFileSync(path.join(inject('drawnFolder'), randomUUID()), lines.join('\n'));
    },
  };
}

/** Cards that differ only in what an id or a date says are drawn alike. */
const sameness = (what: Card | OpenForm) =>
  JSON.stringify(what)
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'id')
    .replace(/(:)[\w-]{22}(?=[":])/g, '$1id')
    .replace(/\d+/g, '0');

export function readDrawn(folder: string): Drawn[] {
  const found = new Map<string, Drawn>();
  for (const file of readdirSync(folder)) {
    for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n')) {
      const drawn = JSON.parse(line) as Drawn;
      found.set(sameness('card' in drawn ? drawn.card : drawn.form), drawn);
    }
  }
  return [...found.values()];
}
