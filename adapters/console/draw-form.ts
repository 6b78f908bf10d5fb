import type { OpenField, OpenForm } from '../../src/core/answer.ts';
import type { Choice, Form, FormField, Person, Place } from './web/wire.ts';

/** What a form's pickers offer. */
export type Pickable = { readonly people: readonly Person[]; readonly places: readonly Place[] };

/** A form as JSON for the page: every picker with its choices, every problem beside its field. */
export function drawForm(
  form: OpenForm,
  at: { in: string; on: string | null },
  pickable: Pickable,
  problems: Readonly<Record<string, string>> = {},
): Form {
  const { id, title, submit, intro } = form;
  const fields = form.fields.map((field) => drawField(field, pickable, problems[field.name] ?? null));
  return { id, title, submit, intro, fields, ...at };
}

function drawField(field: OpenField, pickable: Pickable, problem: string | null): FormField {
  const choices = choicesOf(field, pickable);
  const value = field.kind === 'member' || field.kind === 'place' ? bareRef(field.value) : field.value;
  return { ...field, choices, value: matching(value, choices), problem };
}

function choicesOf(field: OpenField, { people, places }: Pickable): readonly Choice[] | null {
  switch (field.kind) {
    case 'member':
      return people.map(({ ref, name, partner }) => ({
        value: ref,
        label: partner ? `${name} · ${partner}` : name,
      }));
    case 'place':
      return places
        .filter((place) => place.kind === 'channel')
        .map(({ ref, name }) => ({ value: ref, label: `#${name}` }));
    case 'choice':
    case 'yes-no':
      return field.choices ?? [];
    case 'text':
    case 'paragraph':
    case 'whole-number':
    case 'list':
    case 'file':
    case 'date':
    case 'date-time':
      return null;
    default:
      return field.kind satisfies never;
  }
}

/** `@ana` and `#general` as people type them, without the sign. */
export function bareRef(typed: string): string {
  return typed.trim().replace(/^[@#]/, '');
}

/** The choice that was meant, whichever way it was written. */
function matching(value: string, choices: readonly Choice[] | null): string {
  const wanted = value.trim().toLowerCase();
  const found = choices?.find(
    (each) => each.value.toLowerCase() === wanted || each.label.toLowerCase() === wanted,
  );
  return found?.value ?? value;
}
