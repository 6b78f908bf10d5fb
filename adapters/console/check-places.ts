import { say } from '../../src/core/core-words.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Fields } from '../../src/core/field.ts';
import { pressName } from '../../src/core/press.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Registry } from '../../src/core/registry.ts';
import { bareRef } from './draw-form.ts';
import type { Place } from './web/wire.ts';

/**
 * The channels somebody named that the console does not have, as problems by field. Elsewhere the platform
 * refuses such a channel; here we are the platform.
 */
export function checkPlaces(
  fields: Fields,
  values: Readonly<Record<string, string>>,
  places: readonly Place[],
  reader: Reader,
): Readonly<Record<string, string>> {
  const wrong = Object.entries(fields).flatMap(([name, field]) => {
    const typed = bareRef(values[name] ?? '');
    const isKnown = typed === '' || places.some(({ ref, kind }) => kind === 'channel' && ref === typed);
    return field.kind !== 'place' || isKnown
      ? []
      : [[name, say.plain(reader, 'problem.place', { got: typed })]];
  });
  return Object.fromEntries(wrong);
}

/** What a form asks for, be it a feature's form or a command's options. */
export function fieldsOf(formId: string, registry: Registry): Fields {
  const command = registry.commands.get(optionsForm.commandName(formId) ?? '');
  return command?.definition.options ?? registry.forms.get(pressName(formId))?.definition.fields ?? {};
}
