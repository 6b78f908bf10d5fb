import type { OpenField, OpenForm } from './answer.ts';
import type { Asked } from './asked.ts';
import type { DefinedForm, Form } from './command.ts';
import { say as sayCore } from './core-words.ts';
import type { Fields, ValuesOf } from './field.ts';
import type { Reader } from './reader.ts';
import { choiceLabel, formWords } from './registry.ts';
import type { Say } from './words.ts';

/** What a form starts out with. Lists are shown as people type them, with commas. */
type Initial<F extends Fields> = {
  readonly [K in keyof F]?: ValuesOf<F>[K] | string | undefined;
};

/** Opens a form with its labels in the reader's language. */
export function openForm<P, F extends Fields>(
  form: DefinedForm<P, F>,
  say: Say<never>,
  reader: Reader,
  payload: P,
  initial: Initial<F> = {},
): OpenForm {
  const values = Object.fromEntries(
    Object.entries(initial).map(([name, value]) => [name, typedValue(value)]),
  );
  return drawForm(form, say as unknown as Say, reader, form.address.encode(payload), values);
}

export function drawForm(
  form: Form,
  say: Say,
  reader: Reader,
  id: string,
  values: Readonly<Record<string, string>>,
): OpenForm {
  const prefix = formWords(form);
  const submit = `${prefix}.submit`;
  const intro = `${prefix}.intro`;
  return {
    id,
    title: say.plain(reader, `${prefix}.title`),
    submit: say.has(submit) ? say.plain(reader, submit) : sayCore.plain(reader, 'form.submit'),
    intro: say.has(intro) ? say.plain(reader, intro) : null,
    fields: openFields(form.fields, say, prefix, reader, values),
    ...(form.secret ? { secret: true } : {}),
  };
}

export function openFields(
  of: Fields,
  say: Say,
  prefix: string,
  reader: Reader,
  values: Readonly<Record<string, string>>,
): OpenField[] {
  const optional = (key: string) => (say.has(key) ? say.plain(reader, key) : null);
  return Object.entries(of).map(([name, field]) => ({
    name,
    kind: field.kind,
    label: say.plain(reader, `${prefix}.${name}`),
    hint: optional(`${prefix}.${name}.hint`),
    placeholder: optional(`${prefix}.${name}.placeholder`),
    required: field.required,
    max: field.max,
    choices:
      field.choices?.map((value) => ({ value, label: choiceLabel(say, field, value, reader) })) ?? null,
    value: values[name] ?? '',
    ...(field.clock ? { clock: field.clock } : {}),
  }));
}

/** What was typed as a form shows it: "tomorrow" in a picker is that day. */
export function shownValues(
  of: Fields,
  typed: Readonly<Record<string, string>>,
  asked: Asked,
): Readonly<Record<string, string>> {
  const shown = Object.entries(typed).map(([name, value]) => {
    const { shownAs } = of[name] ?? {};
    return [name, shownAs && value.trim() !== '' ? shownAs(value, asked) : value];
  });
  return Object.fromEntries(shown);
}

/** The same form, with the zone named wherever a time is asked for: people sit in several. */
export function namingZones(form: OpenForm, { coalition, reader }: Asked): OpenForm {
  const fields = form.fields.map((field) => {
    if (!field.clock) return field;
    const zone = field.clock === 'coalition' ? (coalition?.timeZone ?? reader.timeZone) : reader.timeZone;
    const named = sayCore.plain(reader, 'form.zone', { zone });
    return { ...field, hint: field.hint ? `${named} ${field.hint}` : named };
  });
  return { ...form, fields };
}

function typedValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object' && 'date' in value && 'time' in value) return `${value.date}T${value.time}`;
  if (Array.isArray(value)) return value.join(', ');
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return String(value);
}
