import type { Answer, OpenForm } from './answer.ts';
import { refused, shown } from './answer.ts';
import type { Asked } from './asked.ts';
import { buttons, card, heading, list, note, toned } from './card.ts';
import type { Command } from './command.ts';
import { say } from './core-words.ts';
import type { Arrivals, Draft } from './dispatch.ts';
import type { Id } from './ids.ts';
import type { Incoming } from './incoming.ts';
import { limits } from './limits.ts';
import { drawForm, openFields } from './open-form.ts';
import type { Tools } from './ports.ts';
import { id, press, pressName, word } from './press.ts';
import type { Reader } from './reader.ts';
import { commandWords, type Owned, type Registry } from './registry.ts';
import type { Text } from './text.ts';

/** What happens with input that cannot be taken: it is kept, and opened again with one press. */
export type Corrections = {
  ask(
    draft: Draft,
    problems: readonly Text[],
    words: { example: string | null; label(field: string): string },
    scope: { asked: Asked; tools: Tools; incoming: Incoming },
  ): Promise<Answer>;
  reopen(id: string, incoming: Incoming, asked: Asked, registry: Registry): Promise<Answer>;
};

export type DraftId = Id<'draft'>;

export const reopen = press('core.reopen', { draft: id<DraftId>() });
const optionsPress = press('core.options', { command: word });

export function makeCorrections(registry: Registry, arrivals: Arrivals): Corrections {
  return {
    async ask({ action, values }, problems, { example, label }, { asked, tools, incoming }) {
      const { reader } = asked;
      const { kept, tooLong } = keepable(values);
      const draft = { action, values: kept };
      const saved = (await arrivals.saveDraft(draft, incoming, tools.clock.now())) as DraftId;
      const except = { fields: tooLong.map(label).join(', ') };
      const again = { id: reopen.encode({ draft: saved }), label: say.plain(reader, 'invalid.reopen') };
      return shown(
        toned(
          card(
            heading(say.plain(reader, 'invalid.title')),
            list(problems),
            example !== null && note(say(reader, 'invalid.example', { example: { code: example } })),
            note(
              tooLong.length === 0 ? say(reader, 'invalid.kept') : say(reader, 'invalid.kept-but', except),
            ),
            buttons({ ...again, look: 'primary' }),
          ),
          'attention',
        ),
      );
    },

    async reopen(encoded, incoming, asked) {
      const payload = reopen.decode(encoded);
      const draft = payload && (await arrivals.findDraft(payload.draft, incoming));
      if (!draft) return refused('core.no-draft', say(asked.reader, 'unknown.draft'));
      const command = registry.commands.get(optionsForm.commandName(draft.action) ?? '');
      if (command) return { answer: 'form', form: optionsForm(command, asked.reader, draft.values) };
      const form = registry.forms.get(pressName(draft.action));
      if (!form) return refused('core.no-draft', say(asked.reader, 'unknown.draft'));
      const { definition } = form;
      return {
        answer: 'form',
        form: drawForm(definition, form.say, asked.reader, draft.action, draft.values),
      };
    },
  };
}

/** What of somebody's input is worth keeping: a file that is over its limit is not stored on the way out. */
export function keepable(values: Readonly<Record<string, string>>): {
  kept: Readonly<Record<string, string>>;
  tooLong: readonly string[];
} {
  const entries = Object.entries(values);
  return {
    kept: Object.fromEntries(entries.filter(([, value]) => value.length <= limits.keptText)),
    tooLong: entries.filter(([, value]) => value.length > limits.keptText).map(([name]) => name),
  };
}

/** A command's options as a form: for what was typed as text and could not be taken. */
export function optionsForm(
  { definition, say: words }: Owned<Command>,
  reader: Reader,
  values: Readonly<Record<string, string>>,
): OpenForm {
  const prefix = commandWords(definition);
  return {
    id: optionsPress.encode({ command: definition.name.replaceAll(' ', '.') }),
    title: `/${definition.name}`,
    submit: say.plain(reader, 'form.submit'),
    intro: words.plain(reader, prefix),
    fields: openFields(definition.options, words, prefix, reader, values),
  };
}

/** The command whose options a form asks for, or null when the form is another. */
optionsForm.commandName = (encoded: string): string | null =>
  optionsPress.decode(encoded)?.command.replaceAll('.', ' ') ?? null;
