import { randomBytes } from 'node:crypto';
import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import { card, heading, note } from '../../src/core/card.ts';
import type { Reader } from '../../src/core/reader.ts';
import { say } from './words.ts';

const prefix = 'discord.form:';
const keptMs = 15 * 60_000;
const most = 500;

/** The card that offers a form which was ready only after the first response: Discord does not open it any more. */
export function offerForm(pressId: string, reader: Reader): Card {
  return card(heading(say.plain(reader, 'form.late.title')), note(say(reader, 'form.late.text')), {
    part: 'buttons',
    buttons: [{ id: pressId, label: say.plain(reader, 'form.late.open'), look: 'primary' }],
  });
}

/**
 * Secret forms that were late. Nothing of them is stored anywhere, so they wait in the process that drew them; after a
 * restart the button says that they are gone. Every other form waits in the database (`Dispatch.keepForm`).
 */
export type LateForms = {
  /** The id of the button that opens it. */
  keep(form: OpenForm, reader: Reader, userRef: string): string;
  /** Null when the press is about something else. */
  find(pressId: string, userRef: string): { form: OpenForm | null; reader: Reader } | null;
};

export function makeLateForms(now: () => number = Date.now): LateForms {
  const kept = new Map<string, { form: OpenForm; reader: Reader; userRef: string; until: number }>();

  return {
    keep(form, reader, userRef) {
      const id = prefix + randomBytes(12).toString('base64url');
      for (const [key, { until }] of kept) if (until < now() || kept.size >= most) kept.delete(key);
      kept.set(id, { form, reader, userRef, until: now() + keptMs });
      return id;
    },

    find(pressId, userRef) {
      if (!pressId.startsWith(prefix)) return null;
      const found = kept.get(pressId);
      const valid = found && found.userRef === userRef && found.until >= now();
      return {
        form: valid ? found.form : null,
        reader: found?.reader ?? { language: 'en', timeZone: 'UTC' },
      };
    },
  };
}
