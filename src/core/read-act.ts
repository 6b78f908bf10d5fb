import type { Answer, Answers, Mistaken } from './answer.ts';
import { refused } from './answer.ts';
import type { Asked } from './asked.ts';
import type { Action, Button, Command, Form } from './command.ts';
import { readCommandLine } from './command-line.ts';
import { say } from './core-words.ts';
import { type Corrections, optionsForm, reopen } from './corrections.ts';
import type { Fields } from './field.ts';
import type { Incoming } from './incoming.ts';
import { type JoinedItemId, splitItem, withItem } from './joined-id.ts';
import { limits } from './limits.ts';
import { nearest } from './nearest.ts';
import { shownValues } from './open-form.ts';
import { type Labels, type Problems, parseFields, resolveFields } from './parse-fields.ts';
import { plainText, shortened } from './plain-text.ts';
import type { Tools } from './ports.ts';
import { pressName } from './press.ts';
import type { Reader } from './reader.ts';
import { commandWords, formWords, labelsFor, type Owned, type Registry } from './registry.ts';
import { type Inline, joined, type Text } from './text.ts';

/** What a delivery means: an action of ours with its input parsed as far as that goes without I/O. */
type ReadAct =
  | { readonly kind: 'unknown'; answer(asked: Asked): Answer }
  | {
      readonly kind: 'run';
      readonly action: Action;
      readonly answersAs: Answers;
      problems(reader: Reader): Readonly<Record<string, string>> | null;
      run(scope: Scope): Promise<Answer>;
    };

type Scope = { asked: Asked; tools: Tools; incoming: Incoming; corrections: Corrections };

export function readAct(incoming: Incoming, registry: Registry): ReadAct {
  switch (incoming.act) {
    case 'command':
      return readCommand(incoming.name, incoming.typed, registry);
    case 'press':
      return readPress(incoming.id, incoming.picked, registry);
    case 'submit':
      return readSubmit(incoming.id, incoming.values, registry);
    default:
      return incoming satisfies never;
  }
}

function readCommand(
  name: string,
  typed: string | Readonly<Record<string, string>>,
  registry: Registry,
): ReadAct {
  const found = findCommand(name, typed, registry);
  if ('unknown' in found) return found.unknown;
  const { owned, rest } = found;
  const { options } = owned.definition;
  const values = typeof rest === 'string' ? readCommandLine(rest, options) : rest;
  // Typed as text and not to be taken as it stands: the same options open as a form with what was typed.
  if (typeof rest === 'string' && Object.keys(options).length > 0) {
    const { problems } = parseFields(options, values, plainLabels, englishReader);
    if (Object.keys(problems).length > 0) {
      return {
        kind: 'run',
        action: owned.definition,
        answersAs: 'with-form',
        problems: () => null,
        async run({ asked }) {
          const shown = shownValues(options, values, asked);
          return { answer: 'form', form: optionsForm(owned, asked.reader, shown) };
        },
      };
    }
  }
  return runCommand(owned, values);
}

function runCommand(owned: Owned<Command>, typed: Readonly<Record<string, string>>): ReadAct {
  const { definition } = owned;
  return takingFields({
    action: definition,
    fields: definition.options,
    typed,
    labels: (reader) => labelsFor(owned.say, commandWords(definition), reader),
    draft: () => optionsForm(owned, englishReader, {}).id,
    example: (reader) => {
      const key = `${commandWords(definition)}.example`;
      return owned.say.has(key) ? owned.say.plain(reader, key) : null;
    },
    run: (options, { asked, tools }) => definition.run({ options, asked, tools }),
  });
}

function readPress(id: string, picked: readonly string[], registry: Registry): ReadAct {
  if (pressName(id) === reopen.name) return reopenDraft(id, registry);
  const { address, item } = splitItem(id);
  const button = registry.buttons.get(pressName(id))?.definition;
  const payload = button?.press.decode(address) ?? null;
  if (!button || payload === null) return unknown('core.unknown-button', (r) => say(r, 'unknown.button'));
  return {
    kind: 'run',
    action: button,
    answersAs: button.answers,
    problems: () => null,
    async run({ asked, tools }) {
      const answer = await (button as Button).run({ payload, picked, asked, tools });
      return item === null ? answer : amongOthers(answer, button.answers, item, { asked, tools }, registry);
    },
  };
}

/**
 * The answer to a press on one of several things that share a message: what would have taken the message's place
 * takes the place of that thing, and a form remembers where it was opened.
 */
async function amongOthers(
  answer: Answer,
  answers: Answers,
  item: JoinedItemId,
  { asked, tools }: Pick<Scope, 'asked' | 'tools'>,
  registry: Registry,
): Promise<Answer> {
  if (answer.answer === 'form') {
    const { form } = answer;
    const updates = registry.forms.get(pressName(form.id))?.definition.answers === 'by-updating';
    const id = updates ? withItem(form.id, item) : form.id;
    return id.length <= limits.pressId ? { answer: 'form', form: { ...form, id } } : answer;
  }
  const { coalition, member } = asked;
  const replaces = answer.answer === 'card' && !answer.aside && answers === 'by-updating';
  if (!replaces || !coalition || !member) return answer;
  const { card } = answer;
  const whole = await tools.write((writing) =>
    tools.outreach.rejoin(writing, { coalitionId: coalition.id, member, item, card }),
  );
  return whole ? { answer: 'card', card: whole } : { ...answer, aside: true };
}

function readSubmit(id: string, typed: Readonly<Record<string, string>>, registry: Registry): ReadAct {
  const command = registry.commands.get(optionsForm.commandName(id) ?? '');
  if (command) return runCommand(command, typed);
  const { address, item } = splitItem(id);
  const owned = registry.forms.get(pressName(id));
  const payload = owned?.definition.press.decode(address) ?? null;
  if (!owned || payload === null) return unknown('core.unknown-form', (r) => say(r, 'unknown.button'));
  const form: Form = owned.definition;
  return takingFields({
    action: form,
    fields: form.fields,
    typed,
    labels: (reader) => labelsFor(owned.say, formWords(form), reader),
    draft: () => (form.secret ? null : address),
    example: () => null,
    async run(values, { asked, tools }) {
      const answer = await form.submit({ payload, values, asked, tools });
      if (item === null || answer.answer === 'mistaken') return answer;
      return amongOthers(answer, form.answers, item, { asked, tools }, registry);
    },
  });
}

/** Runs something that takes fields, or says everything that is wrong with them and keeps what was typed. */
function takingFields(of: {
  action: Action;
  fields: Fields;
  typed: Readonly<Record<string, string>>;
  labels(reader: Reader): Labels;
  /** Null: what was typed is not kept. */
  draft(): string | null;
  example(reader: Reader): string | null;
  run(values: Record<string, unknown>, scope: Scope): Promise<Answer | Mistaken>;
}): ReadAct {
  return {
    kind: 'run',
    action: of.action,
    answersAs: of.action.answers,
    problems(reader) {
      const { problems } = parseFields(of.fields, of.typed, of.labels(reader), reader);
      const entries = Object.entries(problems);
      if (entries.length === 0) return null;
      return Object.fromEntries(entries.map(([name, text]) => [name, plainText(text, reader)]));
    },
    async run(scope) {
      const { asked, tools } = scope;
      const parsed = parseFields(of.fields, of.typed, of.labels(asked.reader), asked.reader);
      const looked = await resolveFields(of.fields, parsed.values, asked, tools);
      const problems: Problems = { ...parsed.problems, ...looked.problems };
      let wrong: readonly Text[] = Object.values(problems);
      if (wrong.length === 0) {
        const answer = await of.run(looked.values, scope);
        if (answer.answer !== 'mistaken') return answer;
        wrong = answer.problems;
      }
      const action = of.draft();
      if (action === null) return refused('core.not-kept', notKept(wrong, asked.reader));
      const draft = { action, values: of.typed };
      const { label } = of.labels(asked.reader);
      return scope.corrections.ask(draft, wrong, { example: of.example(asked.reader), label }, scope);
    },
  };
}

function notKept(problems: readonly Text[], reader: Reader): Text {
  return joined([...problems, say(reader, 'invalid.not-kept')], ' ');
}

function reopenDraft(id: string, registry: Registry): ReadAct {
  return {
    kind: 'run',
    action: { answers: 'with-form', by: 'anyone' },
    answersAs: 'with-form',
    problems: () => null,
    run: ({ incoming, asked, corrections }) => corrections.reopen(id, incoming, asked, registry),
  };
}

type Found =
  | { owned: Owned<Command>; rest: string | Readonly<Record<string, string>> }
  | { unknown: ReadAct };

/** Finds the command, or says which one was probably meant. */
function findCommand(
  name: string,
  typed: string | Readonly<Record<string, string>>,
  registry: Registry,
): Found {
  const exact = registry.commands.get(name);
  if (exact && typeof typed !== 'string') return { owned: exact, rest: typed };

  const words = [...name.split(' '), ...(typeof typed === 'string' ? typed.split(/\s+/) : [])].filter(
    Boolean,
  );
  const [root = '', sub = ''] = words;
  const known = [...registry.commands.keys()].filter((each) => each.split(' ')[0] === root);
  if (known.length === 0) {
    const near = nearest(root, registry.roots);
    const meant = near && shortened([near, ...words.slice(1)].join(' '), 80);
    return { unknown: unknown('core.unknown-command', (r) => unknownRoot(r, root, meant)) };
  }
  const rest = typeof typed === 'string' ? typed.trim() : '';
  const named = registry.commands.get(`${root} ${sub}`.trim());
  if (named && sub !== '') return { owned: named, rest: rest.slice(sub.length).trim() };

  const subs = known.map((each) => each.split(' ')[1]).filter((each): each is string => Boolean(each));
  const bare = known.map((each) => registry.commands.get(each)).find((owned) => owned?.definition.bare);
  const takesText = bare !== undefined && Object.keys(bare.definition.options).length > 0;
  // Where any text may follow, as in a search, only a slip of the finger is taken for a command.
  const near = sub === '' ? null : nearest(sub, subs, takesText ? 0.25 : 0.4);
  if (bare && (sub === '' || (takesText && near === null))) return { owned: bare, rest };
  const typedName = `/${root} ${sub}`.trim();
  return { unknown: unknown('core.unknown-command', (r) => unknownSub(r, typedName, root, near, subs)) };
}

function unknownRoot(reader: Reader, root: string, near: string | null): Text {
  const parts = [say(reader, 'unknown.command', { typed: { code: `/${root}` } as Inline })];
  if (near) parts.push(say(reader, 'unknown.nearest', { nearest: { code: `/${near}` } as Inline }));
  parts.push(say(reader, 'unknown.help'));
  return parts.flatMap((each, index) => (index === 0 ? each : [' ', ...each]));
}

function unknownSub(
  reader: Reader,
  typed: string,
  root: string,
  near: string | null,
  subs: readonly string[],
): Text {
  const next = near
    ? say(reader, 'unknown.nearest', { nearest: { code: `/${root} ${near}` } as Inline })
    : say(reader, 'unknown.all', { name: { code: `/${root}` } as Inline, commands: subs.join(', ') });
  return [...say(reader, 'unknown.command', { typed: { code: typed } as Inline }), ' ', ...next];
}

function unknown(code: string, words: (reader: Reader) => Text): ReadAct {
  return { kind: 'unknown', answer: (asked) => refused(code, words(asked.reader)) };
}

const englishReader: Reader = { language: 'en', timeZone: 'UTC' };
/** For finding out whether there is a problem at all, where nobody reads the sentence. */
const plainLabels: Labels = { label: (name) => name, choice: (_, value) => value, problem: () => [] };
