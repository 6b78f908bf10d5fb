import type { Command } from '../../src/core/command.ts';
import { readCommandLine } from '../../src/core/command-line.ts';
import type { Dispatch } from '../../src/core/dispatch.ts';
import type { Field } from '../../src/core/field.ts';
import type { Incoming } from '../../src/core/incoming.ts';
import { limits } from '../../src/core/limits.ts';
import type { Reader } from '../../src/core/reader.ts';
import { choiceLabel, commandWords, type Owned } from '../../src/core/registry.ts';
import type { Pickable } from './draw-form.ts';
import type { CommandHelp, Completion, Completions } from './web/wire.ts';

type Typing = {
  readonly text: string;
  readonly sender: Pick<Incoming, 'platform' | 'workspace' | 'account' | 'place'>;
  readonly reader: Reader;
  readonly pickable: Pickable;
};

/** What could come next in a line typed so far: commands, then their options, then the options' values. */
export async function complete(typing: Typing, dispatch: Dispatch): Promise<Completions> {
  const { text, reader } = typing;
  const { commands } = dispatch.registry;
  if (!text.startsWith('/')) return { suggestions: [], command: null, option: null };
  const typed = /^\/(\S+(?: \S+)?)/.exec(text)?.[1] ?? '';
  const owned = commands.get(typed) ?? commands.get(typed.split(' ')[0] ?? '');
  const name = owned?.definition.name ?? '';
  if (!owned || !text.startsWith(`/${name} `)) {
    const suggestions = suggestCommands(text.slice(1), [...commands.values()], reader);
    return { suggestions, command: owned ? helpFor(owned, reader, []) : null, option: null };
  }

  const at = caretIn(text, `/${name} `.length, Object.keys(owned.definition.options));
  const command = helpFor(owned, reader, at.given);
  const values = at.option === null ? [] : await suggestValues(at.option, at, owned, typing, dispatch);
  const options = at.between ? suggestOptions(at, command) : [];
  return {
    suggestions: [...values, ...options]
      .filter(({ line }) => line.trim() !== text.trim())
      .slice(0, limits.suggestions),
    command,
    option: at.option,
  };
}

/** Every command with its options, for programs that want to know what there is. */
export function listCommands({ registry }: Dispatch, reader: Reader): CommandHelp[] {
  return [...registry.commands.values()].map((owned) => helpFor(owned, reader, []));
}

function suggestCommands(typed: string, all: readonly Owned<Command>[], reader: Reader): Completion[] {
  const wanted = typed.trim().toLowerCase();
  const rank = (name: string) => (name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : 2);
  return all
    .filter(({ definition }) => rank(definition.name) < 2)
    .sort((a, b) => rank(a.definition.name) - rank(b.definition.name))
    .map(({ definition, say }) => ({
      line: `/${definition.name}${Object.keys(definition.options).length > 0 ? ' ' : ''}`,
      label: `/${definition.name}`,
      detail: say.plain(reader, commandWords(definition)),
      kind: 'command',
      chosen: null,
    }));
}

type Caret = {
  /** The line before the value, or before the word, that is being typed. */
  readonly before: string;
  readonly typed: string;
  /** Whose value is being typed; null when every option has one. */
  readonly option: string | null;
  /** Whether the option's name stands in the line already. */
  readonly named: boolean;
  /** Whether another option's name could begin here. */
  readonly between: boolean;
  readonly given: readonly string[];
};

/** Where in the options a line ends. */
function caretIn(text: string, from: number, names: readonly string[]): Caret {
  const rest = text.slice(from);
  const markers = [...rest.matchAll(/(?:^|\s)([a-z][a-z-]*):/gi)].filter(({ 1: name = '' }) =>
    names.includes(name.toLowerCase()),
  );
  const last = markers.at(-1);
  const options = Object.fromEntries(names.map((name) => [name, {}])) as Record<string, Field<unknown>>;
  if (last) {
    const start = last.index + last[0].length;
    const typed = rest.slice(start).trimStart();
    const given = Object.keys(readCommandLine(rest, options));
    const before = text.slice(0, text.length - typed.length);
    const option = last[1]?.toLowerCase() ?? null;
    return { before, typed, option, named: true, between: /\S\s+$/.test(typed), given };
  }
  const [typed = ''] = names.length > 1 ? (/\S*$/.exec(rest) ?? []) : [rest];
  const before = text.slice(0, text.length - typed.length);
  const given = Object.keys(readCommandLine(rest.slice(0, rest.length - typed.length), options));
  const option = names.find((name) => !given.includes(name)) ?? null;
  return { before, typed, option, named: false, between: true, given };
}

function suggestOptions(at: Caret, command: CommandHelp): Completion[] {
  const open = command.options.filter(({ name }) => !at.given.includes(name));
  // Behind a finished value every open option fits; in a word, those that it begins.
  const typed = at.named ? '' : at.typed.toLowerCase();
  const start = at.named ? `${at.before}${at.typed.trimEnd()} ` : at.before;
  return open
    .filter(({ name }) => name.startsWith(typed))
    .map(({ name, label, required }) => ({
      line: `${start}${name}:`,
      label: `${name}:`,
      detail: required ? `${label} (needed)` : label,
      kind: 'option',
      chosen: null,
    }));
}

type Value = {
  readonly shown: string;
  readonly inserted: string;
  readonly detail: string;
  readonly value: string;
};

async function suggestValues(
  option: string,
  at: Caret,
  owned: Owned<Command>,
  typing: Typing,
  dispatch: Dispatch,
): Promise<Completion[]> {
  const field = owned.definition.options[option];
  if (!field) return [];
  const values = await valuesOf(field, option, at.typed.trim(), owned, typing, dispatch);
  return values.map(({ shown, inserted, detail, value }) => ({
    line: `${at.before}${at.named ? '' : `${option}:`}${inserted} `,
    label: shown,
    detail,
    kind: 'value',
    chosen: inserted === value || /^[@#]/.test(inserted) ? null : { option, label: inserted, value },
  }));
}

async function valuesOf(
  field: Field<unknown>,
  option: string,
  typed: string,
  owned: Owned<Command>,
  { sender, reader, pickable }: Typing,
  dispatch: Dispatch,
): Promise<Value[]> {
  const { people, places } = pickable;
  if (field.suggest) {
    const command = owned.definition.name;
    const found = await dispatch.suggest(sender, { command, option, typed });
    return found.map(({ value, label, description = '' }) => {
      return { shown: label, inserted: label, detail: description, value };
    });
  }
  const fixed: Value[] = (field.choices ?? []).map((value) => {
    return { shown: choiceLabel(owned.say, field, value, reader), inserted: value, detail: '', value };
  });
  const members: Value[] = people.map(({ ref, name, partner }) => {
    return { shown: name, inserted: `@${ref}`, detail: partner ?? '', value: ref };
  });
  const channels: Value[] = places
    .filter(({ kind }) => kind === 'channel')
    .map(({ ref, name }) => ({ shown: `#${name}`, inserted: `#${ref}`, detail: '', value: ref }));
  const all = field.kind === 'member' ? members : field.kind === 'place' ? channels : fixed;
  const wanted = typed.toLowerCase();
  return all.filter(({ shown, inserted }) => `${shown} ${inserted}`.toLowerCase().includes(wanted));
}

function helpFor({ definition, say }: Owned<Command>, reader: Reader, given: readonly string[]): CommandHelp {
  const prefix = commandWords(definition);
  const optional = (key: string) => (say.has(key) ? say.plain(reader, key) : null);
  return {
    name: definition.name,
    summary: say.plain(reader, prefix),
    example: optional(`${prefix}.example`),
    options: Object.entries(definition.options).map(([name, { kind, required }]) => ({
      name,
      label: say.plain(reader, `${prefix}.${name}`),
      hint: optional(`${prefix}.${name}.hint`),
      kind,
      required,
      given: given.includes(name),
    })),
  };
}
