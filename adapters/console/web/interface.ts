import type { Clock, CommandHelp, Completions, Home, Message, Person, Result, Trouble } from './wire.ts';

/** What the server said instead of doing it, as a sentence with the next step. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function call<T>(path: string, body?: object): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, init).catch(() => null);
  if (!response)
    throw new Refused(0, 'The console does not answer. Is it still running? Try again in a moment.');
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  if (response.status === 401 && path.startsWith('/api/')) location.assign('/login');
  const { error } = (answer ?? {}) as Partial<Trouble>;
  throw new Refused(
    response.status,
    error?.message ?? `The console answered ${response.status}. Please try again.`,
  );
}

const query = (values: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();

/** Made once for each thing somebody does, so that sending it again does it once. */
const newKey = () => crypto.randomUUID();

export type Chosen = { readonly option: string; readonly label: string; readonly value: string };
type MessagePage = {
  readonly messages: readonly Message[];
  readonly next: number;
  readonly more: boolean;
};

/** The console's HTTP interface, as adapters/console/README.md documents it. */
export const server = {
  home: (as: string | null) => call<Home>(as === null ? '/api/home' : `/api/home?${query({ as })}`),
  addPerson: (name: string, timeZone: string) => call<{ person: Person }>('/api/people', { name, timeZone }),
  messages: (as: string, place: string, before?: number) =>
    call<MessagePage>(
      `/api/messages?${query({ as, in: place, ...(before === undefined ? {} : { before }) })}`,
    ),
  commands: (as: string) => call<{ commands: readonly CommandHelp[] }>(`/api/commands?${query({ as })}`),
  complete: (as: string, place: string, text: string) =>
    call<Completions>('/api/complete', { as, in: place, text }),
  say: (as: string, place: string, text: string, chosen: readonly Chosen[]) =>
    call<Result>('/api/say', { as, in: place, text, chosen, key: newKey() }),
  press: (as: string, on: string, id: string) => call<Result>('/api/press', { as, on, id, key: newKey() }),
  pick: (as: string, on: string, id: string, picked: readonly string[]) =>
    call<Result>('/api/pick', { as, on, id, picked, key: newKey() }),
  submit: (of: {
    as: string;
    in: string;
    on: string | null;
    id: string;
    values: Readonly<Record<string, string>>;
  }) => call<Result>('/api/submit', { ...of, key: newKey() }),
  moveClock: (to: string) => call<Clock>('/api/clock', { to }),
  events: (as: string, since: number) => new EventSource(`/api/events?${query({ as, since })}`),
  logIn: (password: string) => call<{ signedIn: boolean }>('/login', { password }),
  logOut: () => call<{ signedIn: boolean }>('/logout', {}),
};

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong. Please try again.';
