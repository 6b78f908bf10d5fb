import { setTimeout as delay } from 'node:timers/promises';
import type { Block, Form, Message, Result, Span } from '../../adapters/console/web/wire.ts';
import type { Feature } from '../../src/core/command.ts';
import type { AdapterUnderTest, ContractPerson, Seen } from '../adapters/contract.ts';
import { openTestConsole, type TestConsole } from './console.ts';

/** The console over its own HTTP interface, as the contract of all adapters wants it. */
export async function openConsoleUnderTest(features: readonly Feature[]): Promise<AdapterUnderTest> {
  const at = await openTestConsole({ features, demo: false });
  const people = new Map<string, ConsolePerson>();
  return {
    bot: at.bot,
    log: at.log,
    messenger: at.messenger,
    groups: null,
    channel: 'general',
    startWorker: async () => {},
    person(name) {
      const person = people.get(name) ?? makeConsolePerson(name, at);
      people.set(name, person);
      return person;
    },
    async until(look, what) {
      const ends = Date.now() + waitMs;
      for (;;) {
        for (const person of people.values()) await person.reads();
        const found = look();
        if (found) return found;
        if (Date.now() > ends) throw new Error(`Waited ${waitMs} ms in vain for ${what}`);
        await delay(lookEveryMs);
      }
    },
    end: at.end,
  };
}

const waitMs = 20_000;
const lookEveryMs = 20;

type ConsolePerson = ContractPerson & {
  /** Takes over what is new on the screen. */
  reads(): Promise<void>;
};

type Sent = { readonly path: string; readonly body: object };

function makeConsolePerson(name: string, { url }: TestConsole): ConsolePerson {
  const messages = new Map<string, Message>();
  const seen = new Map<string, Seen>();
  let ref = '';
  let since = 0;
  let form: Form | null = null;
  let said: Sent | null = null;
  let keys = 0;
  /** One thing after the other, as a page does it. What went wrong is thrown at the next chance. */
  let doing: Promise<unknown> = Promise.resolve();
  let trouble: unknown = null;

  async function call<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  const arriving = call<{ person: { ref: string } }>('/api/people', {
    name,
    timeZone: 'America/Winnipeg',
  }).then(({ person }) => {
    ref = person.ref;
  });

  async function send({ path, body }: Sent): Promise<Result> {
    await arriving;
    const result = await call<Result>(path, { as: ref, ...body });
    if (result.result === 'form') form = result.form;
    return result;
  }

  /** Resolves once it is on its way: the answer comes with the request, however long that takes. */
  function begins(sent: Sent): void {
    doing = doing
      .then(() => send(sent))
      .catch((error: unknown) => {
        trouble = error;
      });
  }

  function seenAs(message: Message): Seen {
    const known = seen.get(message.ref);
    if (known) return known;
    const now = () => messages.get(message.ref) ?? message;
    const made: Seen = {
      get text() {
        return now().blocks.map(readBlock).join('\n');
      },
      private: message.private || message.place.startsWith('@'),
      get buttons() {
        return buttonsIn(now()).map(({ label }) => label);
      },
      get asking() {
        return buttonsIn(now()).flatMap(({ label, confirm }) => (confirm ? [label] : []));
      },
      get gone() {
        return now().gone;
      },
      get acting() {
        return now().blocks.flatMap(spansIn).flatMap(actingIn);
      },
    };
    seen.set(message.ref, made);
    return made;
  }

  function messageOf(on: Seen): Message {
    const found = [...seen].find(([, each]) => each === on)?.[0];
    const message = found && messages.get(found);
    if (!message) throw new Error(`${name} does not see that message`);
    return message;
  }

  return {
    async says(typed, { again = false } = {}) {
      if (!again) keys += 1;
      const key = `said-${keys}`;
      said = again && said ? said : { path: '/api/say', body: { in: 'general', text: typed, key } };
      begins(said);
    },
    async presses(label, on) {
      const message = messageOf(on);
      const button = buttonsIn(message).find((each) => each.label === label);
      if (!button) throw new Error(`No button “${label}”, only ${on.buttons.join(', ')}`);
      begins({ path: '/api/press', body: { on: message.ref, id: button.id } });
    },
    async pressesId(id, on) {
      begins({ path: '/api/press', body: { on: messageOf(on).ref, id } });
    },
    async picks(value, on) {
      const message = messageOf(on);
      const select = message.blocks.find((block) => block.block === 'select');
      if (!select) throw new Error('No select here');
      begins({ path: '/api/pick', body: { on: message.ref, id: select.id, picked: [value] } });
    },
    form: () =>
      form && {
        title: form.title,
        fields: Object.fromEntries(form.fields.map((field) => [field.name, field.value])),
        said: form.fields.map(({ hint }) => hint ?? '').join('\n'),
        pickers: form.fields.flatMap(({ name, kind }) => (kind.startsWith('date') ? [name] : [])),
      },
    async fills(values) {
      await doing;
      const open = form;
      if (!open) throw new Error(`${name} has no open form`);
      // What was typed stays in an open form, as it does on the page.
      const fields = open.fields.map((field) => ({ ...field, value: values[field.name] ?? field.value }));
      form = { ...open, fields };
      const typed = Object.fromEntries(fields.map((field) => [field.name, field.value]));
      const body = { in: open.in, on: open.on, id: open.id, values: typed };
      const result = await send({ path: '/api/submit', body });
      if (result.result === 'problems') return result.problems;
      if (result.result !== 'form') form = null;
      return null;
    },
    screen: () => [...messages.values()].sort((a, b) => a.position - b.position).map(seenAs),
    async reads() {
      if (trouble) throw trouble;
      await arriving;
      for (;;) {
        const query = `as=${encodeURIComponent(ref)}&since=${since}&limit=200`;
        const page = await call<{ messages: Message[]; next: number; more: boolean }>(
          `/api/messages?${query}`,
        );
        for (const message of page.messages) messages.set(message.ref, message);
        since = page.next;
        if (!page.more) return;
      }
    },
  };
}

const buttonsIn = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.block === 'buttons' ? [...block.buttons] : []));

/** A block as the page shows it. */
function readBlock(block: Block): string {
  switch (block.block) {
    case 'heading':
      return block.text;
    case 'text':
    case 'note':
      return readSpans(block.spans);
    case 'fields':
      return block.fields.map(({ label, spans }) => `${label}: ${readSpans(spans)}`).join('\n');
    case 'list':
      return block.items.map(readSpans).join('\n');
    case 'tally':
      return block.options.map(({ label, count }) => `${label}: ${count}/${block.total}`).join('\n');
    case 'progress':
      return `${block.label}: ${block.done}/${block.total}`;
    case 'people':
      return block.people.map((person) => `${person.name}: ${person.note}`).join('\n');
    case 'image':
      return block.alt;
    case 'file':
      return block.name;
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join('\n');
    case 'select':
      return block.placeholder;
    case 'divider':
      return '';
    default:
      return block satisfies never;
  }
}

const readSpans = (spans: readonly Span[]): string => spans.map(readSpan).join('');

function readSpan(span: Span): string {
  switch (span.span) {
    case 'bold':
    case 'italic':
      return readSpans(span.spans);
    case 'mention':
    case 'place':
      return span.name;
    case 'instant':
      return span.yours;
    case 'text':
    case 'code':
    case 'link':
      return span.text;
    default:
      return span satisfies never;
  }
}

function spansIn(block: Block): readonly Span[] {
  if (block.block === 'text' || block.block === 'note') return block.spans;
  if (block.block === 'fields') return block.fields.flatMap(({ spans }) => spans);
  return block.block === 'list' ? block.items.flat() : [];
}

/** The page shows text as text, so only what is more than text could act: none of it may be what somebody typed. */
function actingIn(span: Span): string[] {
  if (span.span === 'text' || span.span === 'code' || span.span === 'instant') return [];
  const shown = readSpan(span);
  return /@here|@everyone|<!|<b>/.test(shown) ? [shown] : [];
}
