import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { harmlessCell } from '../../../csv/cells.ts';
import { writeRecords } from '../../../csv/records.ts';
import type { Figure, Given } from '../figures/rules.ts';

/** What a measure means, for whoever reads its figures elsewhere. */
export type DefinitionLine = {
  readonly name: string;
  readonly purpose: string;
  readonly calculation: string;
  readonly kind: string;
  readonly unit: string;
  readonly direction: string;
  readonly choices: readonly string[];
  readonly breakdowns: readonly { readonly name: string; readonly groups: readonly string[] }[];
  readonly least: string | null;
  readonly most: string | null;
  readonly frequency: string;
  readonly dueDays: number;
  readonly graceDays: number;
  readonly lockDays: number | null;
  readonly state: string;
};

/** One version of what one partner gave, or that it has given nothing yet. */
export type FigureLine = {
  readonly measure: string;
  readonly period: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly partner: string;
  readonly state: string;
  readonly dueOn: string;
  readonly version: number | null;
  readonly current: boolean;
  readonly given: Given | null;
  readonly note: string;
  readonly link: string;
  readonly way: string | null;
  readonly at: string | null;
};

const columns = [
  ...['measure', 'period', 'starts', 'ends', 'partner', 'state', 'due', 'version', 'current'],
  ...['breakdown', 'group', 'value', 'out of', 'answer', 'note', 'link', 'way', 'given at'],
] as const;

const cellsOf = (figure: Figure | null): [string, string, string] => {
  if (!figure) return ['', '', ''];
  if (figure.kind === 'number') return [figure.value, '', ''];
  if (figure.kind === 'percent') return [figure.part, figure.whole, ''];
  return ['', '', figure.kind === 'choice' ? figure.choice : figure.text];
};

/** A negative number is a number in every spreadsheet; anything else that begins like a formula is made harmless. */
const cell = (value: string): string => (/^-\d+(\.\d+)?$/.test(value) ? value : harmlessCell(value));

const sheet = (rows: readonly (readonly string[])[]): string =>
  writeRecords(rows.map((row) => row.map(cell)));

/** One line for each whole figure, and one for each group of it. */
export function figuresCsv(lines: readonly FigureLine[]): string {
  const rows = lines.flatMap((line) => {
    const start = [
      line.measure,
      line.period,
      line.startsOn,
      line.endsOn,
      line.partner,
      line.state,
      line.dueOn,
    ];
    const version = [line.version === null ? '' : String(line.version), line.current ? 'yes' : 'no'];
    const end = [line.note, line.link, line.way ?? '', line.at ?? ''];
    const whole = [...start, ...version, '', '', ...cellsOf(line.given?.figure ?? null), ...end];
    const groups = (line.given?.groups ?? []).map(({ breakdown, group, figure }) => [
      ...[...start, ...version, breakdown, group, ...cellsOf(figure), ...end],
    ]);
    return [whole, ...groups];
  });
  return sheet([columns, ...rows]);
}

export function definitionsCsv(lines: readonly DefinitionLine[]): string {
  const head = [
    ...['measure', 'why', 'how it is counted', 'kind', 'unit', 'good direction', 'choices', 'breakdowns'],
    ...['usual from', 'usual to', 'how often', 'due days', 'grace days', 'locks after days', 'state'],
  ];
  const rows = lines.map((line) => [
    ...[line.name, line.purpose, line.calculation, line.kind, line.unit, line.direction],
    line.choices.join('; '),
    line.breakdowns.map(({ name, groups }) => `${name}: ${groups.join(', ')}`).join('; '),
    ...[line.least ?? '', line.most ?? '', line.frequency, String(line.dueDays), String(line.graceDays)],
    ...[line.lockDays === null ? '' : String(line.lockDays), line.state],
  ]);
  return sheet([head, ...rows]);
}

const secretBytes = 32;
const prefix = 'ctdata';

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new token and what is kept of it. The row's id travels in it, so that it is found without comparing secrets. */
export function makeToken(id: string): { token: string; hash: string } {
  const secret = randomBytes(secretBytes).toString('base64url');
  const plainId = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  return { token: `${prefix}_${plainId}_${secret}`, hash: hashOf(secret) };
}

/** Null when it is none of ours. Underscores may stand in both parts, whose lengths are fixed. */
export function readToken(token: string): { id: string; secret: string } | null {
  const [, encoded = '', secret = ''] = /^ctdata_([\w-]{22})_([\w-]{43})$/.exec(token) ?? [];
  const hex = Buffer.from(encoded, 'base64url').toString('hex');
  if (hex.length !== 32) return null;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

/** Takes the same time whichever sign is wrong. */
export function fits(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(hashOf(secret)), Buffer.from(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
