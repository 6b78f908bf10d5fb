import type { OpenForm } from '../../src/core/answer.ts';
import type { Card, CardButton } from '../../src/core/card.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Field, Fields } from '../../src/core/field.ts';
import { pressName } from '../../src/core/press.ts';
import type { TestBot } from './bot.ts';
import { letters } from './longest-letters.ts';
import { buttonsOf, type Person, type Reply } from './person.ts';

/** What is typed where no long word fits: by the name of a form or command, its fields; each time the next of them. */
export type Inputs = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/**
 * Does everything there is to do: whatever is said, pressed or arrives by itself is looked at, and every button, pick
 * and form of it is tried, each form filled with the longest words it takes.
 */
export type Crawl = {
  /** Somebody types this, and everybody goes on with whatever comes of it. */
  says(person: Person, line: string): Promise<void>;
  /** Somebody got this back. */
  takes(person: Person, reply: Reply): Promise<void>;
  /** Somebody presses one button of a message by its public name. */
  presses(person: Person, on: { readonly card: Card | null } | undefined, name: string): Promise<void>;
  /** These commands, by everybody: bare, with the longest options, and with what there is. */
  sayAll(commands: readonly string[]): Promise<void>;
  /** Looks at whatever arrived or changed. */
  followUp(): Promise<void>;
  /** A time goes by, so that what is due happens. */
  wait(hours: number): Promise<void>;
  /** What could end something for others comes last. */
  doTheDangerous(): Promise<void>;
};

export function makeCrawl(
  bot: TestBot,
  people: readonly Person[],
  of: {
    inputs: Inputs;
    /** Names of what there is, for fields that take nothing else. */
    there: readonly string[];
    /** How often one person does one thing. */
    timesEach: number;
    mostSteps: number;
  },
): Crawl {
  const { registry } = bot.dispatch;
  const done = new Map<string, number>();
  const waiting: { person: Person; card: Card }[] = [];
  const dangerous: { person: Person; id: string }[] = [];
  const seen = new Set<string>();
  let steps = 0;

  function countOf(key: string): number {
    const times = done.get(key) ?? 0;
    done.set(key, times + 1);
    return times;
  }

  function mayDo(person: Person, name: string): boolean {
    if (steps >= of.mostSteps) throw new Error(`More than ${of.mostSteps} steps; the last one was ${name}`);
    const key = `${person.ref} ${name}`;
    const most = Math.max(of.timesEach, of.inputs[name.replace('form ', '')]?.length ?? 0);
    if ((done.get(key) ?? 0) >= most) return false;
    countOf(key);
    steps += 1;
    return true;
  }

  async function take(person: Person, reply: Reply): Promise<void> {
    if (reply.card) waiting.push({ person, card: reply.card });
    const { form } = reply;
    const name = form && (optionsForm.commandName(form.id) ?? pressName(form.id));
    if (!form || !name || !mayDo(person, `form ${name}`)) return;
    const fields =
      registry.commands.get(name)?.definition.options ?? registry.forms.get(name)?.definition.fields ?? {};
    await take(person, await person.fills(valuesFor(name, fields, form), form));
  }

  /** Taking turns: the longest words, and what there is already. */
  function valuesFor(name: string, fields: Fields, form?: OpenForm): Record<string, string> {
    const times = countOf(`values ${name}`);
    const given = of.inputs[name];
    const filled = (times % 2 === 0 ? fillLongest : fillFirst)(fields, of.there, times, form);
    return { ...filled, ...given?.[times % given.length] };
  }

  async function pressAll(person: Person, { parts }: Card): Promise<void> {
    for (const part of parts) {
      if (part.part === 'buttons') {
        // What ends a draft or a poll is pressed when everything else about it was.
        for (const { id, look } of [...part.buttons].sort((a, b) => lastly(a) - lastly(b))) {
          if (look === 'danger') dangerous.push({ person, id });
          else if (mayDo(person, pressName(id))) await take(person, await person.pressesId(id, [], here));
        }
      }
      if (part.part === 'select' && mayDo(person, pressName(part.select.id))) {
        const { id, choices } = part.select;
        const picked = choices[countOf(`picked ${pressName(id)}`) % choices.length];
        if (picked) await take(person, await person.pressesId(id, [picked.value], here));
      }
    }
  }

  /** What arrived by itself is pressed by whom it reached; what stands in a channel, by everybody. */
  function takeArrived(): void {
    for (const { ref, redraws, placeRef, card } of bot.messengers.console.posted) {
      const key = `${ref} ${redraws}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const direct = placeRef.includes('U-');
      const readers = people.filter((person) => !direct || placeRef.split(/[@+ ]/).includes(person.ref));
      waiting.push(...readers.map((person) => ({ person, card })));
    }
  }

  async function followUp(): Promise<void> {
    do {
      for (let next = waiting.shift(); next; next = waiting.shift()) await pressAll(next.person, next.card);
      await bot.settle();
      takeArrived();
    } while (waiting.length > 0);
  }

  /** Names of what there is, one after the other, as they would be suggested while somebody types. */
  async function suggestedFor(person: Person, command: string, fields: Fields) {
    const names = Object.keys(fields).filter((option) => fields[option]?.suggest);
    const given = of.inputs[command]?.[0] ?? {};
    const found: Record<string, string> = {};
    for (const option of names.filter((each) => given[each] === undefined)) {
      const all = await person.isSuggested(command, option);
      const one = all[countOf(`suggested ${command} ${option}`) % all.length];
      if (one) found[option] = one.value;
    }
    return found;
  }

  async function sayWith(person: Person, name: string): Promise<void> {
    const fields = registry.commands.get(name)?.definition.options ?? {};
    const meant = { ...valuesFor(name, fields), ...(await suggestedFor(person, name, fields)) };
    const values = Object.entries(meant).filter(([, value]) => value !== '');
    const typed = values.map(([option, value]) => `${option}:${JSON.stringify(value)}`);
    await take(person, await person.says(`/${name} ${typed.join(' ')}`));
  }

  return {
    followUp,
    async takes(person, reply) {
      await take(person, reply);
      await followUp();
    },
    async presses(person, on, name) {
      const button = on?.card && buttonsOf(on.card).find(({ id }) => pressName(id) === name);
      if (!button) throw new Error(`No ${name} there for ${person.name}`);
      await take(person, await person.pressesId(button.id, [], here));
      await followUp();
    },
    async says(person, line) {
      await take(person, await person.says(line));
      await followUp();
    },
    async sayAll(commands) {
      for (const name of commands) {
        const options = Object.keys(registry.commands.get(name)?.definition.options ?? {}).length;
        for (const person of people) {
          await take(person, await person.says(`/${name}`));
          if (options > 0) await sayWith(person, name);
        }
        await followUp();
      }
    },
    async wait(hours) {
      bot.clockHand.forward(hours * 3_600_000);
      await bot.settle();
      await followUp();
    },
    async doTheDangerous() {
      while (dangerous.length > 0) {
        for (const { person, id } of dangerous.splice(0)) {
          if (mayDo(person, pressName(id))) await take(person, await person.pressesId(id, [], here));
        }
        await followUp();
      }
    },
  };
}

/** For every field the longest text that it takes; what a form proposes stays where a field takes nothing of ours. */
export const fillLongest = (fields: Fields, there: readonly string[], times = 0, form?: OpenForm) =>
  fill(fields, (field, proposed) => [...longestFor(field, there, times), proposed], form);

/** For every field something that there is already, where it may be that. */
const fillFirst = (fields: Fields, there: readonly string[], times: number, form?: OpenForm) =>
  fill(fields, (field, proposed) => [proposed, ...there, ...longestFor(field, there, times)], form);

function fill(
  fields: Fields,
  candidates: (field: Field<unknown>, proposed: string) => readonly string[],
  form?: OpenForm,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const proposed = form?.fields.find((each) => each.name === name)?.value ?? '';
      const typed = candidates(field, proposed).find(
        (each) => each !== '' && field.schema.safeParse(each).success,
      );
      return [name, typed ?? ''];
    }),
  );
}

function longestFor(field: Field<unknown>, there: readonly string[], times: number): readonly string[] {
  const { kind, choices = [], range } = field;
  const turned = choices.map((_, n) => choices[(n + times) % choices.length] ?? '');
  switch (kind) {
    case 'choice':
    case 'yes-no':
      return turned;
    case 'whole-number':
      // The number of something that there is.
      if (!range || range.most === 1_000_000) return there;
      return [range.most, range.least].map(String);
    case 'list':
      return lists;
    case 'member':
      return [memberThere];
    case 'place':
      return ['general'];
    case 'date':
      return ['2026-04-15'];
    case 'date-time':
      return ['2026-04-15T09:30'];
    case 'file':
      return [`Name,Does,Sector\n${letters(80)},${letters(300)},${letters(60)}`];
    default:
      // A name is looked up: only what is there can be meant.
      if (field.suggest) return there;
      return [`${times}${letters(Math.min(field.max, 3000) - String(times).length)}`, ...plain, ...there];
  }
}

const here = { in: 'general' };
const lastly = ({ look }: CardButton) => (look === 'primary' ? 1 : 0);
const memberThere = '<@U-voice-2>';
const lists = [60, 40, 20, 15, 12, 10, 8, 6, 5, 4, 3, 2].flatMap((count) =>
  [80, 60, 50, 40, 30, 20].map((each) =>
    Array.from({ length: count }, (_, n) => `${n}${letters(each - String(n).length)}`).join(', '),
  ),
);
/** What fields take that are about time, zones, languages, addresses and figures. */
const plain = [
  ...['next tuesday at 15:00', '2026-04-15', '2026-04-15 09:30', '2026-03', '2026-Q1', 'monday', 'friday'],
  ...['09:30', 'America/Argentina/ComodRivadavia', 'en', 'https://example.org/a', '50', '10', '5', '1'],
];
