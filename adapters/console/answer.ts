import { randomUUID } from 'node:crypto';
import type { Answer, OpenForm } from '../../src/core/answer.ts';
import { type Card, card, note, paragraph, toned } from '../../src/core/card.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Dispatch } from '../../src/core/dispatch.ts';
import type { Incoming } from '../../src/core/incoming.ts';
import type { Account, Accounts } from './accounts.ts';
import { checkPlaces, fieldsOf } from './check-places.ts';
import { say } from './console-words.ts';
import { drawForm } from './draw-form.ts';
import type { MessageRow, Messages } from './messages.ts';
import type { Reading } from './reading.ts';
import type { Result } from './web/wire.ts';

/** One thing somebody did, with where its answer belongs. */
export type Doing = {
  readonly account: Account;
  readonly incoming: Incoming;
  readonly place: string;
  /** The message whose button, select or form it was. */
  readonly on: MessageRow | null;
  /** What they did, in their words, such as `/partners list`. */
  readonly about: string | null;
};

/** Runs what somebody did and puts the answer where it was declared to go. */
export function makeAnswering(of: {
  dispatch: Dispatch;
  accounts: Accounts;
  messages: Messages;
  reading: Reading;
  now(): Date;
}) {
  const { dispatch, accounts, messages, reading } = of;

  return async function answer(doing: Doing): Promise<Result> {
    const { incoming } = doing;
    const plan = dispatch.plan(incoming);
    if (incoming.act === 'submit') {
      const problems = await findProblems(incoming.id, incoming.values, doing);
      // The form is still open: it shows them, and nothing is run.
      if (Object.keys(problems).length > 0) return { result: 'problems', problems };
    }
    const misplaced = await optionsAgain(doing);
    if (misplaced) return { result: 'form', form: await drawOpen(misplaced, doing) };
    const given = await plan.run();
    if (given === 'duplicate') {
      const before = await messages.findByDelivery(deliveryIdOf(incoming));
      return { result: 'duplicate', message: before && (await reading.drawOne(before, doing.account)) };
    }
    return tell(given, plan.acknowledge, doing);
  };

  async function tell(answer: Answer, declared: string, doing: Doing): Promise<Result> {
    const { account, on } = doing;
    const updating = declared === 'by-updating' && on !== null;
    switch (answer.answer) {
      case 'form':
        return { result: 'form', form: await drawOpen(answer.form, doing) };
      case 'refused': {
        const said = toned(card(paragraph(answer.text)), 'attention');
        const message = await add(said, account.ref, doing);
        return { result: 'refused', code: answer.code, message };
      }
      case 'card': {
        if (updating && !answer.aside) {
          const redrawn = await messages.redraw(on.id, answer.card);
          if (redrawn) return { result: 'message', message: await reading.drawOne(redrawn, account) };
        }
        if (answer.secret) return { result: 'message', message: await showOnce(answer.card, doing) };
        const everybody = declared === 'in-channel' && !answer.aside;
        return { result: 'message', message: await add(answer.card, everybody ? null : account.ref, doing) };
      }
      case 'done':
        // What stands for everybody shows the change itself; a private answer has done its duty and goes.
        if (updating && on.visibleTo !== null) await messages.remove(on.id);
        return { result: 'done' };
      default:
        return answer satisfies never;
    }
  }

  /** A command that names a channel which is not there: its options as a form, with what was typed. */
  async function optionsAgain({ incoming, account }: Doing): Promise<OpenForm | null> {
    if (incoming.act !== 'command' || typeof incoming.typed === 'string') return null;
    const owned = dispatch.registry.commands.get(incoming.name);
    if (!owned) return null;
    const [places, reader] = await Promise.all([
      accounts.listPlaces(account.ref),
      accounts.readerOf(account),
    ]);
    const problems = checkPlaces(owned.definition.options, incoming.typed, places, reader);
    return Object.keys(problems).length === 0 ? null : optionsForm(owned, reader, incoming.typed);
  }

  /** Everything that is wrong with a form as far as it can be known before it is taken. */
  async function findProblems(
    id: string,
    values: Readonly<Record<string, string>>,
    { account, incoming }: Doing,
  ) {
    const [places, reader] = await Promise.all([
      accounts.listPlaces(account.ref),
      accounts.readerOf(account),
    ]);
    const { problems } = dispatch.plan({ ...incoming, act: 'submit', id, values });
    return { ...checkPlaces(fieldsOf(id, dispatch.registry), values, places, reader), ...problems };
  }

  async function add(what: Card, visibleTo: string | null, { account, incoming, place, about }: Doing) {
    const deliveryId = deliveryIdOf(incoming);
    const askedBy = account.ref;
    const row = await messages.add({ placeRef: place, visibleTo, askedBy, about, deliveryId, card: what });
    return reading.drawOne(row, account);
  }

  /** The answer goes to whoever asked and nowhere else; what is kept is a note that it was given. */
  async function showOnce(what: Card, doing: Doing) {
    const { account, incoming, place, about } = doing;
    const instead = card(note(say(await accounts.readerOf(account), 'shown-once')));
    const row = await messages.add({
      placeRef: place,
      visibleTo: account.ref,
      askedBy: account.ref,
      about,
      deliveryId: deliveryIdOf(incoming),
      card: instead,
    });
    // Another name, so that the kept note does not take its place on the page.
    const once = { ...row, id: randomUUID(), card: JSON.parse(JSON.stringify(what)) };
    return reading.drawOne(once, account);
  }

  /** A form that opens because of what was typed shows at once which of it cannot be taken. */
  async function drawOpen(form: OpenForm, doing: Doing) {
    const { account, incoming, place, on } = doing;
    const [people, places] = await Promise.all([
      accounts.listPeople(of.now()),
      accounts.listPlaces(account.ref),
    ]);
    const typed = Object.fromEntries(form.fields.map((field) => [field.name, field.value]));
    const isTyped = incoming.act === 'command' && incoming.typed !== '';
    const problems = isTyped ? await findProblems(form.id, typed, doing) : {};
    const shown = Object.entries(problems).filter(([name]) => typed[name]?.trim());
    const joined = people.filter((person) => person.standing !== null);
    const at = { in: place, on: on?.id ?? null };
    return drawForm(form, at, { people: joined, places }, Object.fromEntries(shown));
  }
}

const deliveryIdOf = (incoming: Incoming) => `answer:${incoming.deliveryKey}`;
