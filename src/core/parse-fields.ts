import type { z } from 'zod';
import type { Asked } from './asked.ts';
import { say } from './core-words.ts';
import type { Field, Fields, Parsed } from './field.ts';
import type { Tools } from './ports.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';

export type Problems = Readonly<Record<string, Text>>;
export type Labels = {
  label(name: string): string;
  choice(field: Field<unknown>, value: string): string;
  problem(key: string, values: Record<string, string | number>): Text;
};

/** Parses every field without I/O. Empty optional fields come out undefined. */
export function parseFields(
  fields: Fields,
  typed: Readonly<Record<string, string>>,
  labels: Labels,
  reader: Reader,
): { values: Record<string, unknown>; problems: Problems } {
  const values: Record<string, unknown> = {};
  const problems: Record<string, Text> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = asTyped(field, typed[name] ?? '');
    if (given.trim() === '') {
      values[name] = undefined;
      if (field.required) problems[name] = say(reader, 'problem.missing', { label: labels.label(name) });
      continue;
    }
    const parsed = field.schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else problems[name] = sayIssue(parsed.error, { name, field, given }, labels, reader);
  }
  return { values, problems };
}

/**
 * Slack sends a mention in a command as `<@U123|ana>` or `<#C123|general>`: the fields for members and places want
 * the id, every other one the words that were typed.
 */
function asTyped(field: Field<unknown>, given: string): string {
  if (field.kind === 'member' || field.kind === 'place') return given;
  return given.replace(/<([@#])[A-Z0-9]+\|([^<>|]*)>/g, '$1$2');
}

/** Looks up what only the database knows. Stops at nothing: every field's problem is told at once. */
export async function resolveFields(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  asked: Asked,
  tools: Tools,
): Promise<{ values: Record<string, unknown>; problems: Problems }> {
  const found: Record<string, unknown> = { ...values };
  const problems: Record<string, Text> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (!(name in values)) continue;
    const value = values[name];
    const result: Parsed<unknown> | undefined =
      value === undefined
        ? await field.whenEmpty?.(asked, tools)
        : await field.resolve?.(value as never, asked, tools);
    if (!result) continue;
    if (result.ok) found[name] = result.value;
    else problems[name] = result.problem;
  }
  return { values: found, problems };
}

function sayIssue(
  error: z.ZodError,
  at: { name: string; field: Field<unknown>; given: string },
  labels: Labels,
  reader: Reader,
): Text {
  const issue = error.issues[0];
  const label = labels.label(at.name);
  if (issue?.code === 'too_big') {
    const got = at.given.trim().length;
    return say(reader, 'problem.too-long', { label, got, max: at.field.max, excess: got - at.field.max });
  }
  if (issue?.code === 'custom' && issue.params) {
    const { key, values } = issue.params as { key: string; values: Record<string, string | number> };
    if (key === 'problem.choice' && at.field.choices) {
      const choices = at.field.choices.map((value) => labels.choice(at.field, value)).join(', ');
      return say(reader, 'problem.choice-of', { label, choices, got: String(values.got) });
    }
    return labels.problem(key, values);
  }
  return say(reader, 'problem.missing', { label });
}
