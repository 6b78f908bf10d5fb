import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readCommandLine } from '../../src/core/command-line.ts';
import type { Dispatch } from '../../src/core/dispatch.ts';
import { atMost, type Field } from '../../src/core/field.ts';
import type { Act, Incoming } from '../../src/core/incoming.ts';
import { type Account, consoleWorkspace } from './accounts.ts';
import { bareRef } from './draw-form.ts';
import { RequestTrouble } from './trouble.ts';
import type { Place } from './web/wire.ts';

/** Longer than anything may be, so that too long is told with its excess instead of being cut. */
const ref = z.string().min(1).max(200);
const key = z.string().min(1).max(100).optional();
const who = { as: ref, in: ref };

/** What each request of the interface carries. */
export const requests = {
  person: z.strictObject({
    name: z.string().trim().min(1).pipe(atMost(80)),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/)
      .default('en'),
    timeZone: z.string().max(60).default('UTC'),
  }),
  complete: z.strictObject({ ...who, text: z.string().max(20_000) }),
  say: z.strictObject({
    ...who,
    key,
    text: z.string().max(200_000),
    chosen: z.array(z.strictObject({ option: ref, label: z.string(), value: z.string() })).default([]),
  }),
  press: z.strictObject({ as: ref, key, on: ref, id: z.string().min(1).max(300) }),
  pick: z.strictObject({
    as: ref,
    key,
    on: ref,
    id: z.string().min(1).max(300),
    picked: z.array(z.string().max(300)).min(1).max(25),
  }),
  submit: z.strictObject({
    ...who,
    key,
    on: ref.nullish(),
    id: z.string().min(1).max(300),
    values: z.record(z.string(), z.string()),
  }),
  clock: z.strictObject({ to: z.string().min(1).max(60) }),
  login: z.strictObject({ password: z.string().max(1000) }),
};

/** Parses a request's JSON, or says what does not fit. */
export async function readRequest<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
  const body = await request.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = issue?.path.join('.');
  const problem = body === undefined ? 'it is no JSON' : [at, issue?.message].filter(Boolean).join(': ');
  throw new RequestTrouble(400, 'trouble.input', { problem });
}

/** One delivery: the same `key` from the same person is the same delivery. */
export function incomingOf(
  account: Account,
  place: Place,
  givenKey: string | undefined,
  act: Act,
  workspaceName: string,
): Incoming {
  const { ref: accountRef, name, language, timeZone } = account;
  return {
    platform: consoleWorkspace.platform,
    deliveryKey: `${accountRef}:${givenKey ?? randomUUID()}`,
    workspace: { ref: consoleWorkspace.ref, name: workspaceName },
    account: { ref: accountRef, name, language, timeZone },
    place: { ref: place.ref, name: place.name },
    ...act,
  };
}

/**
 * A typed line as a command. When every option can be taken they go by name; else the line goes as text, and
 * the core opens the options as a form with what was typed.
 */
export function commandAct(
  text: string,
  chosen: readonly { option: string; label: string; value: string }[],
  { registry }: Dispatch,
): Act {
  const [, root, rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  if (root === undefined) throw new RequestTrouble(400, 'trouble.no-command');
  const [sub = ''] = /^\S*/.exec(rest) ?? [];
  const owned = registry.commands.get(`${root} ${sub}`.trim());
  const asText: Act = { act: 'command', name: root, typed: rest };
  if (!owned) return asText;
  const { name, options } = owned.definition;
  const line = name.includes(' ') ? rest.slice(sub.length) : rest;
  const typed = readCommandLine(line, options);
  const values = Object.fromEntries(
    Object.entries(typed).map(([option, value]) => [option, meant(option, value, options[option], chosen)]),
  );
  const fits = Object.entries(options).every(([option, field]) => {
    const value = values[option]?.trim() ?? '';
    return value === '' ? !field.required : field.schema.safeParse(value).success;
  });
  return fits ? { act: 'command', name, typed: values } : asText;
}

/** What a typed value stands for: the suggestion that was taken, or a person or channel without its sign. */
function meant(
  option: string,
  value: string,
  field: Field<unknown> | undefined,
  chosen: readonly { option: string; label: string; value: string }[],
): string {
  const taken = chosen.find((each) => each.option === option && each.label === value.trim());
  if (taken) return taken.value;
  return field?.kind === 'member' || field?.kind === 'place' ? bareRef(value) : value;
}
