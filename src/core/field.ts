import { z } from 'zod';
import type { Asked } from './asked.ts';
import type { Choice } from './card.ts';
import { limits } from './limits.ts';
import { shortened } from './plain-text.ts';
import type { Tools } from './ports.ts';
import type { Text } from './text.ts';

export type FieldKind =
  | 'text'
  | 'paragraph'
  | 'whole-number'
  | 'yes-no'
  | 'choice'
  | 'list'
  | 'member'
  | 'place'
  | 'file'
  /** A calendar day, `YYYY-MM-DD`. */
  | 'date'
  /** A day and a time on the wall, `YYYY-MM-DDTHH:MM`, in the zone of the field's `clock`. */
  | 'date-time';

/** Whose clock on the wall is meant. */
export type FormClock = 'coalition' | 'reader';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Text };

/**
 * One thing a command or form asks for. What arrives is always text, as typed: `schema` turns it into a value
 * without I/O, `resolve` then looks up what only the database knows.
 */
export type Field<T> = {
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Longest text in UTF-16 units. */
  readonly max: number;
  readonly schema: z.ZodType<unknown, string>;
  /** The values of a `choice`; each is said by the words `<choiceWords>.<value>`. */
  readonly choices?: readonly string[];
  readonly choiceWords?: string;
  /** The range of a `whole-number`, both ends included. */
  readonly range?: { readonly least: number; readonly most: number };
  readonly resolve?: (value: never, asked: Asked, tools: Tools) => Promise<Parsed<unknown>>;
  /** What an optional field that was left empty stands for, such as the channel one is in. */
  readonly whenEmpty?: (asked: Asked, tools: Tools) => Promise<Parsed<unknown>>;
  readonly suggest?: (typed: string, asked: Asked, tools: Tools) => Promise<readonly Choice[]>;
  /** What a form shows for what was typed, such as the day that "tomorrow" is; without it, just that. */
  readonly shownAs?: (typed: string, asked: Asked) => string;
  /** Of a `date-time`. */
  readonly clock?: FormClock;
  /** Only for the compiler: what the handler gets. */
  readonly gives?: T;
};

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A problem that `say` in `core` words; `values` fill the sentence. */
export function problem(key: string, values: Record<string, string | number> = {}) {
  return { code: 'custom' as const, params: { key, values }, message: key };
}

/** A text of so many UTF-16 units at most, as the platforms count; zod's own `max` counts an emoji as one. */
export const atMost = (max: number) =>
  z.string().check((context) => {
    const { value: input } = context;
    const tooBig = { code: 'too_big', origin: 'string', maximum: max, inclusive: true, input } as const;
    if (input.length > max) context.issues.push(tooBig);
  });

const line = (max: number) => z.string().trim().pipe(atMost(max));

export function text(options: { max?: number } = {}): Field<string> {
  const max = options.max ?? 200;
  return { kind: 'text', required: true, max, schema: line(max) };
}

/** A line of text for a kind that has an input of its own where the platform offers one. */
export function limitedText(kind: FieldKind, max: number): Field<string> {
  return { kind, required: true, max, schema: line(max) };
}

/** Several lines. */
export function paragraph(options: { max?: number } = {}): Field<string> {
  const max = options.max ?? limits.fieldText;
  return { kind: 'paragraph', required: true, max, schema: line(max) };
}

/** Things separated by commas, semicolons or lines, each at most `each` long; doubles are dropped. */
export function listOf(options: { most?: number; each?: number } = {}): Field<readonly string[]> {
  const most = options.most ?? 20;
  const each = options.each ?? 80;
  const max = Math.min(limits.fieldText, most * (each + 2));
  const schema = line(max)
    .transform(splitList)
    .superRefine((items, context) => {
      if (items.length > most) context.addIssue(problem('problem.too-many', { most, got: items.length }));
      const long = items.find((item) => item.length > each);
      if (long) context.addIssue(problem('problem.item-too-long', { item: shortened(long, 30), each }));
    });
  return { kind: 'list', required: true, max, schema };
}

export function splitList(typed: string): string[] {
  const items = typed.split(/[,;\n]/).map((item) => item.trim().replace(/\s+/g, ' '));
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = item.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function wholeNumber(options: { least?: number; most?: number } = {}): Field<number> {
  const { least = 0, most = 1_000_000 } = options;
  const schema = line(20).transform((typed, context) => {
    const value = Number(typed);
    if (/^-?\d+$/.test(typed) && value >= least && value <= most) return value;
    context.addIssue(problem('problem.whole-number', { least, most }));
    return z.NEVER;
  });
  return { kind: 'whole-number', required: true, max: 20, schema, range: { least, most } };
}

/** One of a fixed set of words, which are also the stored values. */
export function choice<const V extends string>(values: readonly V[], words: string): Field<V> {
  const schema = line(100).transform((typed, context) => {
    const found = values.find((value) => value.toLowerCase() === typed.toLowerCase());
    if (found) return found;
    context.addIssue(problem('problem.choice', { got: shortened(typed, 30) }));
    return z.NEVER;
  });
  return { kind: 'choice', required: true, max: 100, schema, choices: values, choiceWords: words };
}

export function yesNo(): Field<boolean> {
  const schema = line(10).transform((typed, context) => {
    if (/^(y|yes|true|on|1)$/i.test(typed)) return true;
    if (/^(n|no|false|off|0)$/i.test(typed)) return false;
    context.addIssue(problem('problem.yes-no'));
    return z.NEVER;
  });
  const said = { choices: ['yes', 'no'], choiceWords: 'yes-no' };
  return { kind: 'yes-no', required: true, max: 10, schema, ...said };
}

/** A text that arrived as a file, or pasted in its place. */
export function file(options: { max: number }): Field<string> {
  return { kind: 'file', required: true, max: options.max, schema: atMost(options.max) };
}

/** The same field with its text turned into something narrower, or refused with a problem. */
export function refined<T>(
  field: Field<string>,
  parse: (typed: string) => T | ReturnType<typeof problem>,
): Field<T> {
  const schema = (field.schema as z.ZodType<string, string>).transform((typed, context) => {
    const value = parse(typed);
    if (typeof value === 'object' && value !== null && 'params' in value) {
      context.addIssue(value);
      return z.NEVER;
    }
    return value;
  });
  return { ...field, schema } as unknown as Field<T>;
}

/** The same field, looked up in the database once its text has been parsed. */
export function resolved<T, R>(
  field: Field<T>,
  resolve: (value: T, asked: Asked, tools: Tools) => Promise<Parsed<R>>,
  suggest?: Field<R>['suggest'],
): Field<R> {
  return { ...field, resolve, ...(suggest ? { suggest } : {}) } as unknown as Field<R>;
}

/** The same field, empty allowed. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, required: false };
}
