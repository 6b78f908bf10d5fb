import { expect } from 'vitest';
import type { Block, Clock, Completions, Form, Message, Result } from '../../adapters/console/web/wire.ts';
import type { TestConsole } from './console.ts';

/** A program that speaks the console's HTTP interface as one person, the way README.md describes it. */
export function scriptAs(
  console: Pick<TestConsole, 'url'>,
  as: string,
  place = 'general',
  headers: Readonly<Record<string, string>> = {},
) {
  const { url } = console;
  const get = async (path: string) => fetch(`${url}${path}`, { headers });
  const post = async (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  async function result(path: string, body: object): Promise<Result> {
    const response = await post(path, { as, ...body });
    expect(response.status, await response.clone().text()).toBe(200);
    return (await response.json()) as Result;
  }
  return {
    get,
    post,
    says: (text: string, more: object = {}) => result('/api/say', { in: place, text, ...more }),
    presses: (label: string, on: Message, more: object = {}) =>
      result('/api/press', { on: on.ref, id: buttonOf(on, label), ...more }),
    picks: (value: string, on: Message) => {
      const select = on.blocks.find((block) => block.block === 'select');
      return result('/api/pick', { on: on.ref, id: select?.id, picked: [value] });
    },
    fills: (form: Form, values: Readonly<Record<string, string>>) => {
      const kept = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
      return result('/api/submit', {
        in: form.in,
        on: form.on,
        id: form.id,
        values: { ...kept, ...values },
      });
    },
    async reads(query = `in=${place}`): Promise<{ messages: Message[]; next: number; more: boolean }> {
      const response = await get(`/api/messages?as=${as}&${query}`);
      expect(response.status, await response.clone().text()).toBe(200);
      return (await response.json()) as { messages: Message[]; next: number; more: boolean };
    },
    async completes(text: string): Promise<Completions> {
      return (await (await post('/api/complete', { as, in: place, text })).json()) as Completions;
    },
    async movesClock(to: string): Promise<{ status: number; clock: Clock; error?: { message: string } }> {
      const response = await post('/api/clock', { to });
      const body = (await response.json()) as Clock & { error?: { message: string } };
      return { status: response.status, clock: body, ...(body.error ? { error: body.error } : {}) };
    },
  };
}

/** The message an result carries; fails when it carries none. */
export function messageIn(result: Result): Message {
  if ((result.result === 'message' || result.result === 'refused') && result.message) return result.message;
  throw new Error(`No message came back: ${JSON.stringify(result)}`);
}

export function formIn(result: Result): Form {
  if (result.result === 'form') return result.form;
  throw new Error(`No form came back: ${JSON.stringify(result)}`);
}

function buttonOf(message: Message, label: string): string {
  const rows = message.blocks.filter(
    (block): block is Block & { block: 'buttons' } => block.block === 'buttons',
  );
  const button = rows.flatMap(({ buttons }) => buttons).find((each) => each.label === label);
  if (!button) throw new Error(`No button “${label}” on: ${message.text}`);
  return button.id;
}
