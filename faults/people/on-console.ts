import type { Block, Form, Message, Result } from '../../adapters/console/web/wire.ts';
import { type Expected, nothing, type Person, patienceMs, type Seen, type Told } from './person.ts';

/** Somebody at the console, through its HTTP interface. */
export async function makePersonOnConsole(
  url: () => string,
  of: { name: string; organisation: string },
): Promise<Person> {
  const added = await request<{ person: { ref: string } }>(`${url()}/api/people`, { name: of.name });
  if (!added) throw new Error(`The console does not let ${of.name} in`);
  const as = added.person.ref;
  let form: Form | null = null;

  async function does(route: string, body: object, expected: Expected): Promise<Told> {
    form = null;
    const result = await request<Result>(`${url()}/api/${route}`, { as, ...body });
    if (result === null) return nothing;
    if (result.result === 'form') {
      form = result.form;
      const told = expected === 'form' ? 'as expected' : 'something else';
      return { told, seen: { text: '', buttons: [], on: null } };
    }
    const message = 'message' in result ? result.message : null;
    if (!message) return nothing;
    const seen = shown(message);
    const right = expected !== 'form' && expected.test(seen.text);
    return { told: right ? 'as expected' : 'something else', seen };
  }

  return {
    ...of,
    on: 'console',
    runs(command, options, expected) {
      const typed = Object.entries(options).map(([name, value]) => `${name}:${value}`);
      return does('say', { in: 'general', text: ['/' + command, ...typed].join(' ') }, expected);
    },
    presses(label, { on }, expected) {
      const message = on as Message;
      const id = buttonsOf(message).find((each) => each.label === label)?.id;
      return id ? does('press', { on: message.ref, id }, expected) : Promise.resolve(nothing);
    },
    fills(values, expected) {
      if (!form) return Promise.resolve(nothing);
      const kept = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
      const { id, in: place, on } = form;
      return does('submit', { in: place, on, id, values: { ...kept, ...values } }, expected);
    },
    async sees(words, button) {
      for (const place of [`@${as}`, 'general']) {
        const query = new URLSearchParams({ as, in: place, limit: '200' });
        const read = await request<{ messages: Message[] }>(`${url()}/api/messages?${query}`);
        const found = (read?.messages ?? [])
          .map(shown)
          .findLast(
            ({ text, buttons }) => text.includes(words) && (button === undefined || buttons.includes(button)),
          );
        if (found) return found;
      }
      return null;
    },
  };
}

const shown = (message: Message): Seen => ({
  text: message.text,
  buttons: buttonsOf(message).map(({ label }) => label),
  on: message,
});

function buttonsOf({ blocks }: Message) {
  return blocks
    .filter((block): block is Block & { block: 'buttons' } => block.block === 'buttons')
    .flatMap(({ buttons }) => buttons);
}

/** Null when nothing came back that could be read. */
async function request<T>(url: string, body?: object): Promise<T | null> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(patienceMs),
      ...(body
        ? {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }
        : {}),
    });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
