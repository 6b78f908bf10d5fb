import type { Button, Command, Feature, Form } from './command.ts';
import { say as sayCore } from './core-words.ts';
import type { Field } from './field.ts';
import type { Labels } from './parse-fields.ts';
import type { Reader } from './reader.ts';
import type { Say } from './words.ts';

/** Everything the features registered, found by public name. */
export type Registry = {
  readonly features: readonly Feature[];
  readonly commands: ReadonlyMap<string, Owned<Command>>;
  readonly buttons: ReadonlyMap<string, Owned<Button>>;
  readonly forms: ReadonlyMap<string, Owned<Form>>;
  /** The slash commands in order, such as `coalition` and `partners`. */
  readonly roots: readonly string[];
};

export type Owned<T> = { readonly definition: T; readonly say: Say };

/** Throws when two features use one public name: that is our bug, found at start. */
export function registerFeatures(features: readonly Feature[]): Registry {
  const commands = new Map<string, Owned<Command>>();
  const buttons = new Map<string, Owned<Button>>();
  const forms = new Map<string, Owned<Form>>();
  for (const feature of features) {
    const say = feature.say as unknown as Say;
    for (const command of feature.commands) add(commands, command.name, { definition: command, say });
    for (const button of feature.buttons) add(buttons, button.press.name, { definition: button, say });
    for (const form of feature.forms) add(forms, form.press.name, { definition: form, say });
  }
  const roots = [...new Set([...commands.keys()].map((name) => name.split(' ')[0] ?? name))];
  return { features, commands, buttons, forms, roots };
}

function add<T>(to: Map<string, T>, name: string, what: T) {
  if (to.has(name)) throw new Error(`Two definitions are called "${name}"`);
  to.set(name, what);
}

/** `command.partners.show`: where the words of a command stand in its feature's `words.en.json`. */
export const commandWords = (command: Command) => `command.${command.name.replaceAll(' ', '.')}`;
export const formWords = (form: Form) => `form.${form.press.name}`;

export function labelsFor(say: Say, prefix: string, reader: Reader): Labels {
  return {
    label: (name) => say.plain(reader, `${prefix}.${name}`),
    choice: (field, value) => choiceLabel(say, field, value, reader),
    problem: (key, values) =>
      say.has(key) ? say(reader, key, values) : sayCore(reader, key as never, values),
  };
}

/** What a choice is called, in the feature's words or the core's. */
export function choiceLabel(say: Say, field: Field<unknown>, value: string, reader: Reader): string {
  const key = field.choiceWords ? `${field.choiceWords}.${value}` : value;
  if (say.has(key)) return say.plain(reader, key);
  return sayCore.has(key) ? sayCore.plain(reader, key as never) : value;
}
