import type { Hono } from 'hono';
import type { Card } from '../../src/core/card.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Act } from '../../src/core/incoming.ts';
import { shortened } from '../../src/core/plain-text.ts';
import { pressName } from '../../src/core/press.ts';
import { formWords } from '../../src/core/registry.ts';
import { isTimeZone } from '../../src/time/wall-clock.ts';
import type { Account } from './accounts.ts';
import { makeAnswering } from './answer.ts';
import type { Routing } from './api.ts';
import { complete } from './complete.ts';
import { say } from './console-words.ts';
import type { Lookups } from './lookups.ts';
import type { MessageRow } from './messages.ts';
import type { Reading } from './reading.ts';
import { commandAct, incomingOf, readRequest, requests } from './receive.ts';
import { RequestTrouble } from './trouble.ts';
import type { Place } from './web/wire.ts';

/** Routes by which a person does something. */
export function addActing(
  api: Hono,
  of: Routing & { reading: Reading; lookups: Lookups; now(): Date },
): void {
  const { accounts, messages, feed, clock, lookups, now } = of;
  const { dispatch } = of.bot;
  const answer = makeAnswering({ ...of, dispatch });

  type Doing = { key: string | undefined; on: MessageRow | null; about: string | null };
  async function does(account: Account, place: Place, act: Act, { key, on, about }: Doing) {
    await accounts.ensurePlaces();
    const workspaceName = (await accounts.findCoalition())?.name ?? 'Console';
    const incoming = incomingOf(account, place, key, act, workspaceName);
    return answer({ account, incoming, place: place.ref, on, about });
  }

  api.post('/say', async (context) => {
    const { as, in: at, text, chosen, key } = await readRequest(requests.say, context.req.raw);
    const account = await lookups.getAccount(as);
    const place = await lookups.getPlace(account, at);
    const about = shortened(text.trim(), 300);
    const act = commandAct(text, chosen, dispatch);
    return context.json(await does(account, place, act, { key, on: null, about }));
  });

  api.post('/press', async (context) => {
    const { as, on: ref, id, key } = await readRequest(requests.press, context.req.raw);
    const account = await lookups.getAccount(as);
    const on = await lookups.getMessage(account, ref);
    const label = labelOf(on, id, null);
    const about = label === null ? null : say.plain(await accounts.readerOf(account), 'did.press', { label });
    const place = await lookups.getPlace(account, on.placeRef);
    return context.json(await does(account, place, { act: 'press', id, picked: [] }, { key, on, about }));
  });

  api.post('/pick', async (context) => {
    const { as, on: ref, id, picked, key } = await readRequest(requests.pick, context.req.raw);
    const account = await lookups.getAccount(as);
    const on = await lookups.getMessage(account, ref);
    const label = picked.map((value) => labelOf(on, id, value) ?? value).join(', ');
    const about = say.plain(await accounts.readerOf(account), 'did.pick', { label });
    const place = await lookups.getPlace(account, on.placeRef);
    return context.json(await does(account, place, { act: 'press', id, picked }, { key, on, about }));
  });

  api.post('/submit', async (context) => {
    const { as, in: at, on: ref, id, values, key } = await readRequest(requests.submit, context.req.raw);
    const account = await lookups.getAccount(as);
    const place = await lookups.getPlace(account, at);
    // The message it was opened from may have gone meanwhile; the form still counts.
    const on = ref ? await messages.find(ref, account.ref) : null;
    const about = await titleOf(id, account);
    return context.json(await does(account, place, { act: 'submit', id, values }, { key, on, about }));
  });

  api.post('/complete', async (context) => {
    const { as, in: at, text } = await readRequest(requests.complete, context.req.raw);
    const account = await lookups.getAccount(as);
    const place = await lookups.getPlace(account, at);
    const [reader, people, places] = await Promise.all([
      accounts.readerOf(account),
      accounts.listPeople(now()),
      accounts.listPlaces(as),
    ]);
    const pickable = { people: people.filter((person) => person.standing !== null), places };
    const sender = incomingOf(account, place, undefined, { act: 'command', name: '', typed: '' }, '');
    return context.json(await complete({ text, sender, reader, pickable }, dispatch));
  });

  api.post('/people', async (context) => {
    const person = await readRequest(requests.person, context.req.raw);
    if (!isTimeZone(person.timeZone)) {
      const problem = `timeZone: “${person.timeZone}” is no zone such as America/Winnipeg`;
      throw new RequestTrouble(400, 'trouble.input', { problem });
    }
    const { ref } = await accounts.add(person, now());
    const people = await accounts.listPeople(now());
    feed.changed();
    return context.json({ person: people.find((each) => each.ref === ref) }, 201);
  });

  api.post('/clock', async (context) => {
    const { to } = await readRequest(requests.clock, context.req.raw);
    return context.json(await clock.move(to));
  });

  /** What somebody sent: a form by its title, or a command whose options were a form. */
  async function titleOf(id: string, account: Account): Promise<string | null> {
    const command = optionsForm.commandName(id);
    if (command !== null) return `/${command}`;
    const form = dispatch.registry.forms.get(pressName(id));
    if (!form) return null;
    const reader = await accounts.readerOf(account);
    const title = form.say.plain(reader, `${formWords(form.definition)}.title`);
    return say.plain(reader, 'did.form', { title });
  }
}

/** What a button, or one choice of a select, is called on the message where it was pressed. */
function labelOf(on: MessageRow, id: string, picked: string | null): string | null {
  for (const part of (on.card as unknown as Card).parts) {
    if (part.part === 'buttons' && picked === null) {
      const button = part.buttons.find((each) => each.id === id);
      if (button) return button.label;
    }
    if (part.part === 'select' && part.select.id === id) {
      const choice = part.select.choices.find(({ value }) => value === picked);
      if (choice) return choice.label;
    }
  }
  return null;
}
