import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawCard, drawWords, pressOf } from '../../../adapters/slack/draw-card.ts';
import { drawForm } from '../../../adapters/slack/draw-form.ts';
import { escapeMrkdwn, unescapeMrkdwn } from '../../../adapters/slack/draw-text.ts';
import { readForm } from '../../../adapters/slack/read-form.ts';
import type { OpenField, OpenForm } from '../../../src/core/answer.ts';
import { buttons, card, list, note, type Part, paragraph } from '../../../src/core/card.ts';
import { optionsForm } from '../../../src/core/corrections.ts';
import type { FieldKind } from '../../../src/core/field.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { limits } from '../../../src/core/limits.ts';
import { drawForm as formOf } from '../../../src/core/open-form.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { bold, code, instant, text } from '../../../src/core/text.ts';
import { features } from '../../../src/features/all.ts';
import { everyPart, hostile } from '../../support/sample-card.ts';
import { findBlockProblems, findViewProblems } from '../../support/slack/block-rules.ts';
import { findActing, readBlocks } from '../../support/slack/read-blocks.ts';

const reader = { language: 'en', timeZone: 'Europe/Berlin' };
const ana = { member: '00000000-0000-7000-8000-000000000001' as MemberId, name: 'Ana' };
const scope = { reader, accounts: new Map([[ana.member, 'U0ANA00001']]), files: 'here' } as const;
const long = (length: number) =>
  'wörd '
    .repeat(Math.ceil(length / 5))
    .slice(0, length)
    .replace(/ $/, 'x');

test('every part is drawn within Slack’s limits, and nothing in it acts', () => {
  const drawn = drawCard(everyPart(reader, ana), scope);
  expect(findBlockProblems(drawn.blocks, 'message')).toEqual([]);
  expect(findActing(drawn)).toEqual([]);
  expect(readBlocks(drawn.blocks)).toContain(hostile);
});

test.each<[string, Part[]]>([
  ['heading', [{ part: 'heading', text: long(limits.heading) }]],
  ['text', [paragraph(text(long(limits.text)))]],
  ['text with more in it', [paragraph(text(long(limits.text), bold(long(limits.text)), code('x')))]],
  ['text twice as long', [paragraph(text(long(2 * limits.text)))]],
  ['note', [note(text(long(limits.text)))]],
  ['note with more in it', [note(text(long(limits.text), instant(new Date(0), 'UTC')))]],
  ['list', [list(Array.from({ length: 40 }, () => text(long(90), ana)))]],
  [
    'fields',
    [
      {
        part: 'fields',
        fields: Array.from({ length: limits.cardFields }, () => ({
          label: long(75),
          value: text(long(300)),
        })),
      },
    ],
  ],
  [
    'tally',
    [
      {
        part: 'tally',
        total: 9,
        options: Array.from({ length: 10 }, () => ({ label: long(75), count: 9, voters: [long(200)] })),
      },
    ],
  ],
  ['progress', [{ part: 'progress', label: long(200), done: 3, total: 0 }]],
  [
    'people',
    [{ part: 'people', people: Array.from({ length: 20 }, () => ({ name: long(80), note: long(80) })) }],
  ],
  ['image', [{ part: 'image', url: 'https://example.org/a.png', alt: long(limits.alt) }]],
  ['image that is no address', [{ part: 'image', url: 'data:image/png;base64,AAAA', alt: 'A line' }]],
  [
    'buttons',
    [
      {
        part: 'buttons',
        buttons: Array.from({ length: limits.buttonsPerCard }, (_, index) => ({
          id: `x.y:${index}`.padEnd(limits.pressId, 'z'),
          label: long(limits.buttonLabel),
          look: 'danger' as const,
          confirm: long(limits.confirm),
        })),
      },
    ],
  ],
  [
    'select',
    [
      {
        part: 'select',
        select: {
          id: 'x.y',
          placeholder: long(limits.placeholder),
          choices: Array.from({ length: limits.choices }, (_, index) => ({
            value: `${index}`,
            label: long(limits.choiceLabel),
            description: long(limits.choiceDescription),
          })),
        },
      },
    ],
  ],
])('the longest %s that is allowed is drawn whole', (_, parts) => {
  const drawn = drawCard(card(...parts), scope);
  expect(findBlockProblems(drawn.blocks, 'message')).toEqual([]);
  expect(drawn.blocks.length).toBeGreaterThan(0);
});

test('nothing of a long text gets lost', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 9000, unit: 'grapheme' }),
      fc.boolean(),
      (typed, mixed) => {
        fc.pre(typed.trim() !== '');
        const { blocks } = drawCard(card(paragraph(mixed ? text(typed, bold('!')) : text(typed))), scope);
        expect(readBlocks(blocks).replaceAll('\n', '')).toBe(
          `${typed}${mixed ? '!' : ''}`.replaceAll('\n', ''),
        );
        expect(findBlockProblems(blocks, 'message')).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('whatever somebody types is read as typed and acts nowhere, in the small print too', () => {
  const signs = fc.constantFrom(
    '*',
    '_',
    '~',
    '`',
    '<',
    '>',
    '&',
    '!',
    '@here',
    ':tada:',
    '<!channel>',
    'a',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(signs, { minLength: 1, maxLength: 12 }), (typed) => {
      const words = typed.join('');
      fc.pre(words.trim() !== '');
      const drawn = drawCard(card(note(text(words, ana)), paragraph(text('x', bold(words)))), scope);
      expect(findBlockProblems(drawn.blocks, 'message')).toEqual([]);
      const acting = findActing(drawn).filter((found) => found !== '<@U0ANA00001>');
      expect(acting).toEqual([]);
      expect(readBlocks(drawn.blocks)).toContain(words);
    }),
  );
});

test('escaping is exactly the three signs, and comes back', () => {
  expect(escapeMrkdwn('a & b < c > d &amp; *x*')).toBe('a &amp; b &lt; c &gt; d &amp;amp; *x*');
  fc.assert(fc.property(fc.string(), (typed) => unescapeMrkdwn(escapeMrkdwn(typed)) === typed));
});

test('a moment is everybody’s own, with the zone it was meant in beside it', () => {
  const at = instant(new Date('2026-03-06T15:00:00Z'), 'America/Winnipeg');
  const [rich] = JSON.parse(JSON.stringify(drawWords(text('At ', at), scope).blocks));
  expect(rich.elements[0].elements).toContainEqual(
    expect.objectContaining({ type: 'date', timestamp: 1772809200, format: '{date_long} {time}' }),
  );
  expect(readBlocks([rich])).toContain('America/Winnipeg');
  const [small] = JSON.parse(JSON.stringify(drawCard(card(note(text('At ', at))), scope).blocks));
  expect(small.elements[0].text).toContain('<!date^1772809200^{date_long} {time}|');
});

test('somebody with no account here is named, and a channel of another platform too', () => {
  const ben = { member: '00000000-0000-7000-8000-000000000002' as MemberId, name: 'Ben' };
  const words = text(ana, ' ', ben, ' ', { place: 'C0GENERAL1', name: 'general' }, ' ', {
    place: '1184012345678901234',
    name: 'town-hall',
  });
  expect(readBlocks(drawWords(words, scope).blocks)).toBe('@U0ANA00001 Ben #C0GENERAL1 #town-hall');
});

test('two buttons may lead to the same thing', () => {
  const same = { id: 'x.y:1', label: 'Go' };
  const { blocks } = drawCard(card(buttons(same, same)), scope);
  expect(findBlockProblems(blocks, 'message')).toEqual([]);
  const [row] = JSON.parse(JSON.stringify(blocks));
  expect(row.elements.map((each: { action_id: string }) => pressOf(each.action_id))).toEqual([
    'x.y:1',
    'x.y:1',
  ]);
});

test('a card that does not fit is a mistake of ours, and is not cut', () => {
  const parts = Array.from({ length: 51 }, () => paragraph(text('x')));
  expect(() => drawCard(card(...parts), scope)).toThrow('51 blocks');
});

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
