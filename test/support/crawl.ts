import type { OpenForm } from '../../src/core/answer.ts';
import type { Card } from '../../src/core/card.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Field, Fields } from '../../src/core/field.ts';
import { pressName } from '../../src/core/press.ts';
import type { TestBot } from './bot.ts';
import type { Posted } from './messenger.ts';
import type { Person, Reply } from './person.ts';

/**
 * Does everything there is to do: every command, then every button, pick and form that comes of it, each form filled
 * with the longest words it takes. Whatever a feature adds is found by itself, so no card of it can be forgotten.
 */
export async function crawl(
  bot: TestBot,
  people: readonly Person[],
  of: {
    mostSteps: number;
    /** How often one person does one thing, in each of the two rounds. */
    timesEach: number;
    known: Known;
    /** A time goes by, so that what is due happens. */
    wait(): Promise<void>;
  },
): Promise<ReadonlySet<string>> {
  const { registry } = bot.dispatch;
  const done = new Map<string, number>();
  const waiting: { person: Person; card: Card }[] = [];
  /** What could end something for others comes last. */
  const dangerous: { person: Person; id: string }[] = [];
  const posted = new Set<Posted>();
  let steps = 0;
  let round = 1;

  function mayDo(person: Person, name: string): boolean {
    const key = `${person.ref} ${name}`;
    const times = done.get(key) ?? 0;
    if (times >= of.timesEach * round || steps >= of.mostSteps) return false;
    done.set(key, times + 1);
    steps += 1;
    return true;
  }

  async function take(person: Person, reply: Reply): Promise<void> {
    if (reply.card) waiting.push({ person, card: reply.card });
    if (reply.form && mayDo(person, `form ${nameOf(reply.form)}`)) {
      const fill = round === 1 ? fillLongest : fillFirst;
      const values = fill(fieldsOf(reply.form), of.known, reply.form);
      await take(person, await person.fills(values, reply.form));
    }
  }

  /** Every command's options are a form of the same address. */
  const nameOf = ({ id }: OpenForm) => optionsForm.commandName(id) ?? pressName(id);

  function fieldsOf(form: OpenForm): Fields {
    const command = registry.commands.get(optionsForm.commandName(form.id) ?? '');
    return command?.definition.options ?? registry.forms.get(pressName(form.id))?.definition.fields ?? {};
  }

  async function pressAll(person: Person, { parts }: Card): Promise<void> {
    for (const part of parts) {
      if (part.part === 'buttons') {
        for (const { id, look } of part.buttons) {
          if (look === 'danger') dangerous.push({ person, id });
          else if (mayDo(person, pressName(id))) await take(person, await person.pressesId(id));
        }
      }
      if (part.part === 'select' && mayDo(person, pressName(part.select.id))) {
        const longest = [...part.select.choices].sort((a, b) => b.label.length - a.label.length)[0];
        if (longest) await take(person, await person.pressesId(part.select.id, [longest.value]));
      }
    }
  }

  /** What arrived by itself is pressed by whom it reached; what stands in a channel, by everybody. */
  function takeArrived(): void {
    for (const message of bot.messengers.console.posted) {
      if (posted.has(message)) continue;
      posted.add(message);
      const readers = people.filter(({ ref }) => message.placeRef === `@${ref}`);
      for (const person of readers.length > 0 || message.placeRef.startsWith('@') ? readers : people)
        waiting.push({ person, card: message.card });
    }
  }

  async function followUp(): Promise<void> {
    for (;;) {
      const next = waiting.shift();
      if (!next) break;
      await pressAll(next.person, next.card);
    }
    await bot.settle();
    takeArrived();
    if (waiting.length > 0 && steps < of.mostSteps) await followUp();
  }

  async function sayAll(fill: typeof fillLongest): Promise<void> {
    for (const [name, { definition }] of registry.commands) {
      for (const person of people) {
        await take(person, await person.says(`/${name}`));
        if (Object.keys(definition.options).length === 0) continue;
        const values = fill(definition.options, of.known);
        const typed = Object.entries(values).map(([option, value]) => `${option}:${JSON.stringify(value)}`);
        await take(person, await person.says(`/${name} ${typed.join(' ')}`));
      }
      await followUp();
    }
  }

  await sayAll(fillLongest);
  await of.wait();
  await followUp();
  // Once more, about what there is by now: the first of everything, by its number or its name.
  round = 2;
  await sayAll(fillFirst);
  await of.wait();
  await followUp();
  for (const { person, id } of dangerous.splice(0)) {
    if (mayDo(person, pressName(id))) await take(person, await person.pressesId(id));
  }
  await followUp();
  return new Set([...done.keys()].map((key) => key.slice(key.indexOf(' ') + 1)));
}

export type Known = Readonly<Record<Field<unknown>['kind'], readonly string[]>> & {
  /** Names and numbers of what there is. */
  readonly there: readonly string[];
};

/** For every field something that there is already, where it may be that. */
function fillFirst(fields: Fields, known: Known, form?: OpenForm): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const proposed = form?.fields.find((each) => each.name === name)?.value ?? '';
      const found = [proposed, ...known[field.kind], ...known.there, ...candidates(field, known)].find(
        (typed) => typed !== '' && field.schema.safeParse(typed).success,
      );
      return [name, found ?? ''];
    }),
  );
}

/** For every field the longest text that it takes; what a form proposes stays where a field takes nothing of ours. */
export function fillLongest(fields: Fields, known: Known, form?: OpenForm): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const proposed = form?.fields.find((each) => each.name === name)?.value ?? '';
      const longest = candidates(field, known).find((typed) => field.schema.safeParse(typed).success);
      return [name, longest ?? proposed];
    }),
  );
}

function candidates(field: Field<unknown>, known: Known): string[] {
  const words = (length: number) => 'wide-awake '.repeat(length).slice(0, length).replace(/ $/, 'e');
  const choices = [...(field.choices ?? [])].sort((a, b) => b.length - a.length);
  const { least, most } = field.range ?? {};
  const listed = (count: number, each: number) =>
    Array.from({ length: count }, (_, n) => `${n}${'i'.repeat(each)}`.slice(0, each)).join(', ');
  const lists = [20, 15, 12, 10, 8, 6, 5, 4, 3, 2].flatMap((count) =>
    [80, 60, 50, 40, 30, 20].map((each) => listed(count, each)),
  );
  return [
    ...known[field.kind],
    ...choices,
    ...(most === undefined ? [] : [String(most)]),
    ...(field.kind === 'list' ? lists : []),
    ...(field.kind === 'text' || field.kind === 'paragraph' ? [words(Math.min(field.max, 3000))] : []),
    ...known.text,
    ...(least === undefined ? [] : [String(least)]),
  ];
}
