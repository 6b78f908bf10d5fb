import { expect, test } from 'vitest';
import { drawForm } from '../../../adapters/slack/draw-form.ts';
import { readForm } from '../../../adapters/slack/read-form.ts';
import type { OpenField, OpenForm } from '../../../src/core/answer.ts';
import { optionsForm } from '../../../src/core/corrections.ts';
import type { FieldKind } from '../../../src/core/field.ts';
import { limits } from '../../../src/core/limits.ts';
import { drawForm as formOf } from '../../../src/core/open-form.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { features } from '../../../src/features/all.ts';
import { findBlockProblems, findViewProblems } from '../../support/slack/block-rules.ts';
import { halfCharacter, long } from '../../support/slack/long-words.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';

const reader = { language: 'en', timeZone: 'Europe/Berlin' };

const kinds: Record<FieldKind, true> = {
  text: true,
  paragraph: true,
  'whole-number': true,
  'yes-no': true,
  choice: true,
  list: true,
  member: true,
  place: true,
  file: true,
  date: true,
  'date-time': true,
};

const field = (kind: FieldKind, of: Partial<OpenField> = {}): OpenField => ({
  name: `a-${kind}`,
  kind,
  label: long(limits.fieldLabel),
  hint: long(limits.fieldHint),
  placeholder: long(limits.placeholder),
  required: true,
  max: limits.fieldText,
  choices:
    kind === 'choice' || kind === 'yes-no'
      ? Array.from({ length: limits.choices }, (_, index) => ({ value: `v${index}`, label: long(75) }))
      : null,
  value: '',
  ...of,
});
const form = (...fields: OpenField[]): OpenForm => ({
  id: 'x'.repeat(limits.pressId),
  title: long(limits.formTitle),
  submit: long(24),
  intro: long(limits.text),
  fields,
});

test.each(Object.keys(kinds) as FieldKind[])('a field for %s is drawn within Slack’s limits', (kind) => {
  for (const of of [
    {},
    { value: 'v3' },
    { value: long(5000) },
    { required: false, max: 20, value: long(21) },
  ]) {
    expect(findViewProblems(drawForm(form(field(kind, of)), reader, '{}'))).toEqual([]);
  }
});

test('what was typed stands in the form again, and comes back from it', () => {
  const drawn = drawForm(
    form(
      field('text', { value: 'Spring fair' }),
      field('choice', { value: 'V3' }),
      field('member', { value: '<@U0ANA00001|ana>' }),
      field('place', { value: 'C0GENERAL1' }),
      field('whole-number', { value: 'many' }),
    ),
    reader,
    '{}',
  );
  const inputs = JSON.parse(JSON.stringify(drawn.blocks)).slice(1);
  expect(inputs.map(({ element }: { element: object }) => element)).toMatchObject([
    { initial_value: 'Spring fair' },
    { initial_option: { value: 'v3' } },
    { type: 'users_select', initial_user: 'U0ANA00001' },
    { type: 'conversations_select', initial_conversation: 'C0GENERAL1' },
    { initial_value: 'many' },
  ]);
  const state = {
    'a-text': { field: { value: 'Autumn walk' } },
    'a-choice': { field: { selected_option: { value: 'v1' } } },
    'a-member': { field: { selected_user: 'U0BEN00001' } },
    'a-place': { field: { selected_conversation: 'C0OTHER001' } },
    'a-file': { field: { files: [] } },
    'a-file.pasted': { field: { value: 'name' } },
    'a-whole-number': { field: { value: null } },
  };
  expect(readForm({ values: state }).values).toEqual({
    'a-text': 'Autumn walk',
    'a-choice': 'v1',
    'a-member': 'U0BEN00001',
    'a-place': 'C0OTHER001',
    'a-file': 'name',
    'a-whole-number': '',
  });
});

test('every form of every feature, and every command’s options, are drawn within Slack’s limits', () => {
  const { forms, commands } = registerFeatures(features);
  const drawn = [...forms.values()].map((owned) => formOf(owned.definition, owned.say, reader, 'x.y', {}));
  const asked = [...commands.values()].filter(({ definition }) => Object.keys(definition.options).length > 0);
  const all = [...drawn, ...asked.map((owned) => optionsForm(owned, reader, {}))];
  expect(all.length).toBeGreaterThan(0);
  for (const each of all) expect(findViewProblems(drawForm(each, reader, '{}'))).toEqual([]);
});

test('days and times are picked; what is no day stays as text, which a picker would refuse', () => {
  const elementsFor = (kind: FieldKind, value: string) => {
    const { blocks } = drawForm(form(field(kind, { value })), reader, '{}');
    return JSON.parse(JSON.stringify(blocks)).flatMap(({ element }: { element?: object }) => element ?? []);
  };
  expect(elementsFor('date', '2026-11-24')).toMatchObject([
    { type: 'datepicker', initial_date: '2026-11-24' },
  ]);
  expect(elementsFor('date', '')[0]).not.toHaveProperty('initial_date');
  for (const value of ['next friday', '2026-02-30', '24/11/2026'])
    expect(elementsFor('date', value)).toMatchObject([{ type: 'plain_text_input', initial_value: value }]);
  for (const value of ['2026-11-24T15:00', '2026-11-24 15:00'])
    expect(elementsFor('date-time', value)).toMatchObject([
      { type: 'datepicker', initial_date: '2026-11-24' },
      { type: 'timepicker', initial_time: '15:00' },
    ]);
  expect(elementsFor('date-time', '2026-11-24T25:00')).toMatchObject([{ type: 'plain_text_input' }]);

  const picked = { type: 'datepicker', action_id: 'field', initial_date: '2026-02-30' };
  const label = { type: 'plain_text', text: 'Day' };
  expect(findBlockProblems([{ type: 'input', label, element: picked }], 'modal')).toEqual([
    expect.stringContaining('invalid initial_date'),
  ]);
});

test('a day and its time come back as one, and what is missing shows', () => {
  const read = (day: string | null, time: string | null) =>
    readForm({
      values: { at: { field: { selected_date: day } }, 'at.time': { field: { selected_time: time } } },
    }).values;
  expect(read('2026-11-24', '15:00')).toEqual({ at: '2026-11-24T15:00' });
  expect(read('2026-11-24', null)).toEqual({ at: '2026-11-24' });
  expect(read(null, '15:00')).toEqual({ at: 'T15:00' });
  expect(read(null, null)).toEqual({ at: '' });
});

test('a name that is no account of Slack’s stays as text, to be corrected', () => {
  const { blocks } = drawForm(form(field('member', { value: 'Zoë' })), reader, '{}');
  expect(JSON.stringify(blocks)).toContain('"initial_value":"Zoë"');
});

test('a long title stands whole above the fields', () => {
  const title = '/coalition something-very-long';
  const drawn = drawForm({ ...form(field('text')), title }, reader, '{}');
  expect(findViewProblems(drawn)).toEqual([]);
  expect(readBlocks(drawn.blocks)).toContain(title);
});

test('what is too long for its place ends with a whole character, and shows that it goes on', () => {
  const title = `/coalition ${'🧺'.repeat(10)}`;
  const filled = { ...form(field('paragraph', { value: '🧺'.repeat(2000) })), title };
  const { title: bar, blocks } = drawForm(filled, reader, '{}');
  expect(bar.text).toMatch(/🧺…$/);
  expect(JSON.stringify(blocks)).toContain('🧺…"');
  expect(JSON.stringify([bar, blocks])).not.toMatch(halfCharacter);
});
