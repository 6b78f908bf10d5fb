import type { Bot } from '../../bot.ts';
import type { Answer, Answers, OpenForm } from '../../src/core/answer.ts';
import type { Card, CardButton, CardSelect, Choice } from '../../src/core/card.ts';
import { card, paragraph } from '../../src/core/card.ts';
import { cardText } from '../../src/core/card-text.ts';
import { optionsForm, reopen } from '../../src/core/corrections.ts';
import type { Act, Incoming } from '../../src/core/incoming.ts';
import { plainText } from '../../src/core/plain-text.ts';
import { pressName } from '../../src/core/press.ts';
import type { PlatformName } from '../../src/core/who.ts';
import type { DrawnKeeper } from './drawn.ts';
import type { Posted } from './messenger.ts';

/** What somebody got back. `text` is the answer read aloud. */
export type Reply = {
  readonly text: string;
  readonly card: Card | null;
  readonly form: OpenForm | null;
  /** The code of a refusal, such as `core.join`. */
  readonly refused: string | null;
  readonly acknowledged: Answers;
  readonly problems: Readonly<Record<string, string>> | null;
  readonly duplicate: boolean;
  readonly shownAside: boolean;
};

export type Person = {
  readonly name: string;
  readonly ref: string;
  /** Types a slash command in a channel. `again` delivers the very same thing a second time. */
  says(typed: string, how?: { in?: string; again?: boolean }): Promise<Reply>;
  /** Presses a button by its label, in the last answer or in a message. */
  presses(label: string, on?: Posted | Reply, how?: { in?: string; again?: boolean }): Promise<Reply>;
  /** Does anything that a platform may deliver. */
  does(act: Act): Promise<Reply>;
  /** Presses whatever the id leads to, whether or not it was ever shown. */
  pressesId(id: string, picked?: readonly string[], how?: { in?: string }): Promise<Reply>;
  picks(value: string, on?: Posted | Reply): Promise<Reply>;
  /** What is suggested for an option of a command before anything is typed. */
  isSuggested(command: string, option: string): Promise<readonly Choice[]>;
  /** Fills the form that is open, keeping what stands in fields that are not named, and sends it. */
  fills(values: Readonly<Record<string, string>>, form?: OpenForm): Promise<Reply>;
  /** Direct messages, oldest first. */
  inbox(): Posted[];
};

let deliveries = 0;
const actsKept = 4;

export function makePerson(of: {
  name: string;
  platform: PlatformName;
  workspace: string;
  language?: string;
  timeZone?: string;
  bot: Bot;
  posted: Posted[];
  shown: DrawnKeeper;
}): Person {
  const ref = `U-${of.name.toLowerCase().replaceAll(' ', '-')}`;
  const reader = { language: of.language ?? 'en', timeZone: of.timeZone ?? 'UTC' };
  let last: Reply | null = null;
  let lastKey = '';

  async function does(act: Act, place: string | null, again = false): Promise<Reply> {
    if (!again) {
      deliveries += 1;
      lastKey = `delivery-${deliveries}`;
    }
    const incoming: Incoming = {
      platform: of.platform,
      deliveryKey: lastKey,
      workspace: { ref: of.workspace, name: `${of.workspace} name` },
      account: {
        ref,
        name: of.name,
        ...(of.language ? { language: of.language } : {}),
        ...(of.timeZone ? { timeZone: of.timeZone } : {}),
      },
      place: place === null ? null : { ref: place, name: place },
      ...act,
    };
    const plan = of.bot.dispatch.plan(incoming);
    const answer = await plan.run();
    last = replyOf(answer, plan.acknowledge, plan.problems);
    keep(nameOf(act), act);
    if (wasTaken(last)) of.shown.did.set(nameOf(act), null);
    else if (!last.refused?.startsWith('core.') && of.shown.did.get(nameOf(act)) !== null)
      of.shown.did.set(nameOf(act), last.text);
    return last;
  }

  function keep(name: string, act: Act): void {
    const acts = of.shown.acts.get(name) ?? [];
    of.shown.acts.set(name, [...acts, act].slice(-actsKept));
  }

  function nameOf(act: Act): string {
    if (act.act === 'press') return `button ${pressName(act.id)}`;
    if (act.act === 'submit') {
      const command = optionsForm.commandName(act.id);
      return command === null ? `form ${pressName(act.id)}` : `/${command}`;
    }
    const typed = typeof act.typed === 'string' ? act.typed : '';
    const [sub = ''] = typed.split(/\s/, 1);
    const { commands } = of.bot.dispatch.registry;
    const bare = [...commands].find(
      ([each, { definition }]) => definition.bare && each.startsWith(`${act.name} `),
    );
    return `/${commands.has(`${act.name} ${sub}`) ? `${act.name} ${sub}` : (bare?.[0] ?? act.name)}`;
  }

  function replyOf(answer: Answer | 'duplicate', acknowledged: Answers, problems: Reply['problems']): Reply {
    const nothing = { card: null, form: null, refused: null, duplicate: false, shownAside: false, text: '' };
    const base = { ...nothing, acknowledged, problems };
    if (answer === 'duplicate') return { ...base, duplicate: true };
    switch (answer.answer) {
      case 'card':
        of.shown.card(answer.card, reader);
        return {
          ...base,
          card: answer.card,
          text: cardText(answer.card, reader),
          shownAside: Boolean(answer.aside),
        };
      case 'form':
        of.shown.form(answer.form, reader);
        return { ...base, form: answer.form, text: answer.form.title };
      case 'refused':
        of.shown.card(card(paragraph(answer.text)), reader);
        return { ...base, refused: answer.code, text: plainText(answer.text, reader) };
      case 'done':
        return base;
      default:
        return answer satisfies never;
    }
  }

  const cardOf = (on: Posted | Reply | undefined): Card => {
    const found = (on ?? last)?.card;
    if (!found)
      throw new Error(`${of.name} has no message to press anything on; the last answer was: ${last?.text}`);
    return found;
  };

  return {
    name: of.name,
    ref,
    async says(typed, how = {}) {
      const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
      return does({ act: 'command', name, typed: rest }, how.in ?? 'general', how.again);
    },
    async presses(label, on, how = {}) {
      const all = buttonsOf(cardOf(on));
      const button = all.find((each) => each.label === label);
      if (!button)
        throw new Error(`No button “${label}” here, only: ${all.map((each) => each.label).join(', ')}`);
      return does({ act: 'press', id: button.id, picked: [] }, how.in ?? null, how.again);
    },
    does: (act) => does(act, 'general'),
    pressesId: (id, picked = [], how = {}) => does({ act: 'press', id, picked }, how.in ?? null),
    async picks(value, on) {
      const select = cardOf(on).parts.find((part) => part.part === 'select')?.select as
        | CardSelect
        | undefined;
      if (!select) throw new Error('No select here');
      return does({ act: 'press', id: select.id, picked: [value] }, null);
    },
    isSuggested: (command, option) =>
      of.bot.dispatch.suggest(
        {
          platform: of.platform,
          workspace: { ref: of.workspace, name: of.workspace },
          account: { ref, name: of.name },
          place: { ref: 'general', name: 'general' },
        },
        { command, option, typed: '' },
      ),
    async fills(values, form = last?.form ?? undefined) {
      if (!form) throw new Error(`${of.name} has no open form; the last answer was: ${last?.text}`);
      const unknown = Object.keys(values).filter((name) => !form.fields.some((field) => field.name === name));
      if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}`);
      const kept = Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
      return does({ act: 'submit', id: form.id, values: { ...kept, ...values } }, null);
    },
    inbox: () => of.posted.filter((each) => each.placeRef === `@${ref}`),
  };
}

/** Neither refused nor asked again: what was meant was done, or opened. */
function wasTaken({ refused, duplicate, form, card }: Reply): boolean {
  if (refused !== null || duplicate || (form && optionsForm.commandName(form.id) !== null)) return false;
  return !card || !buttonsOf(card).some(({ id }) => pressName(id) === reopen.name);
}

export function buttonsOf(card: Card): readonly CardButton[] {
  return card.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []));
}
