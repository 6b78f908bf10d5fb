import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawCard } from '../../../adapters/discord/draw-card.ts';
import { drawForm } from '../../../adapters/discord/draw-form.ts';
import { drawText, escaped } from '../../../adapters/discord/markdown.ts';
import type { OpenField, OpenForm } from '../../../src/core/answer.ts';
import { type Card, card, heading, type Part, paragraph } from '../../../src/core/card.ts';
import type { FieldKind } from '../../../src/core/field.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { limits } from '../../../src/core/limits.ts';
import { drawForm as openedForm } from '../../../src/core/open-form.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { bold, instant, type Text, text } from '../../../src/core/text.ts';
import { features } from '../../../src/features/all.ts';
import { messageProblems, modalProblems } from '../../support/discord/missing-rules.ts';
import { openOfficialSpec } from '../../support/discord/official-spec.ts';
import { readable } from '../../support/discord/person.ts';
import type { MessageBody, Modal } from '../../support/discord/world.ts';
import { countCard, everyPart, hostile } from '../../support/sample-card.ts';

const reader = { language: 'en', timeZone: 'Europe/Paris' };
const ana = 'member-ana' as MemberId;
const anaRef = '175928847299117063';
const accounts = new Map([[ana, anaRef]]);
const spec = openOfficialSpec();

const draw = (of: Card) => drawCard({ card: of, reader, accounts });
const bodyOf = (of: Card) => draw(of).body as unknown as MessageBody;

/** Everything Discord would refuse about a card, as a new message. */
function problemsOf(of: Card): string[] {
  const { body, files } = draw(of);
  const names = files.map(({ name }) => name);
  const official = spec?.check('POST', '/channels/{channel_id}/messages', JSON.parse(JSON.stringify(body)));
  return [...(official ?? []), ...messageProblems(body as never, names, true)];
}

const words = (length: number, letter = 'w') => letter.repeat(length);
const ids = (at: number) => `${words(90, 'p')}:${at}`;
const choices = Array.from({ length: limits.choices }, (_, at) => ({
  value: `${at}`,
  label: words(limits.choiceLabel),
  description: words(limits.choiceDescription),
}));
const long = [words(1000)];

/** Each part with the longest words that it may have. */
const longest: Part[] = [
  { part: 'heading', text: words(limits.heading) },
  { part: 'text', text: [words(limits.text)] },
  { part: 'note', text: [words(limits.text)] },
  {
    part: 'fields',
    fields: Array.from({ length: limits.cardFields }, () => ({ label: words(80), value: [words(200)] })),
  },
  { part: 'list', items: [long, long, long] },
  { part: 'list', items: [long, long, long], ordered: true },
  {
    part: 'tally',
    total: 99,
    options: Array.from({ length: 10 }, () => ({
      label: words(100),
      count: 9,
      voters: Array.from({ length: 9 }, () => words(20)),
    })),
  },
  { part: 'progress', label: words(100), done: 5, total: 0 },
  { part: 'people', people: Array.from({ length: 10 }, () => ({ name: words(80), note: words(200) })) },
  { part: 'image', url: `https://example.org/${words(1900)}`, alt: words(limits.alt) },
  { part: 'file', name: `${words(80)}.csv`, mediaType: 'text/csv', content: words(1000) },
  {
    part: 'buttons',
    buttons: Array.from({ length: limits.buttonsPerCard }, (_, at) => ({
      id: ids(at),
      label: words(limits.buttonLabel),
      confirm: words(limits.confirm),
    })),
  },
  { part: 'select', select: { id: ids(99), placeholder: words(limits.placeholder), choices } },
  { part: 'divider' },
];

describe('cards', () => {
  test('one of every part is taken by Discord', () => {
    const all = everyPart(reader, { member: ana, name: 'Ana' });
    expect(new Set(longest.map(({ part }) => part))).toEqual(new Set(all.parts.map(({ part }) => part)));
    expect(problemsOf(all)).toEqual([]);
    expect(problemsOf(countCard(reader, 3))).toEqual([]);
  });

  test.each(longest.map((part) => [part.part, part] as const))(
    '%s fits with the longest words',
    (_, part) => {
      expect(problemsOf(card(part, paragraph(['And more.'])))).toEqual([]);
    },
  );

  test.each(['calm', 'attention', 'done'] as const)('the fullest card fits in the tone %s', (tone) => {
    const rows = Array.from({ length: limits.cardParts - 1 }, (_, at): Part => {
      return at % 2 ? { part: 'divider' } : { part: 'text', text: [words(limits.cardText / 13 - 10)] };
    });
    const buttons = longest.find(({ part }) => part === 'buttons');
    if (!buttons) throw new Error('No buttons');
    expect(problemsOf({ ...card(...rows, buttons), tone })).toEqual([]);
  });

  test('what does not fit is not cut: all of it goes along as a file, and the message says so', () => {
    const parts = Array.from({ length: 5 }, (_, at) => paragraph([`Part ${at}: ${words(1500)}`]));
    const press: Part = { part: 'buttons', buttons: [{ id: 'a', label: 'Go on' }] };
    const whole = card(heading('A long story'), ...parts, press);
    expect(problemsOf(whole)).toEqual([]);
    const { body, files } = draw(whole);
    const file = files.find(({ name }) => name === 'message.txt');
    expect(String(file?.data)).toContain(`Part 4: ${words(1500)}`);
    const shown = readable(body as unknown as MessageBody);
    expect(shown).toContain('All of it is in message.txt');
    expect(shown).toContain('Go on');
    expect(shown).toContain('Part 0');
    expect(shown).not.toContain('Part 4');
  });

  test('escaping may not push a card over the limit unseen', () => {
    const stars = card(paragraph([words(3900, '*')]));
    expect(problemsOf(stars)).toEqual([]);
    expect(draw(stars).files.map(({ name }) => name)).toEqual(['message.txt']);
  });

  test('only members whom the card mentions are mentioned', () => {
    const mentions = card(
      paragraph([{ member: ana, name: 'Ana' }, ' and ', { member: 'x' as MemberId, name: 'B*n' }]),
    );
    const { allowed_mentions, components } = bodyOf(mentions);
    expect(components?.[0]?.content).toBe(`<@${anaRef}> and B\\*n`);
    expect(allowed_mentions).toEqual({ parse: [], users: [anaRef] });
    const typed = bodyOf(card(paragraph([`<@${anaRef}> @everyone <@&1> <#1>`])));
    expect(typed.allowed_mentions).toEqual({ parse: [], users: [] });
  });

  test('a card that nobody could press apart is refused where it is made', () => {
    const button = { id: 'same', label: 'Same' };
    expect(() => draw(card({ part: 'buttons', buttons: [button, button] }))).toThrow('same');
    expect(() => draw(card())).toThrow('without anything');
  });

  test('a picture that only we can see is read out instead', () => {
    expect(readable(bodyOf(card({ part: 'image', url: '/charts/1.png', alt: 'A line' })))).toBe('A line');
    const { body, files } = draw(card({ part: 'image', url: 'data:image/png;base64,AAAA', alt: 'A dot' }));
    expect(files[0]?.name).toBe('picture.png');
    expect(JSON.stringify(body)).toContain('attachment://picture.png');
  });
});

describe('texts', () => {
  const drawn = (of: Text) => drawText(of, { reader, accounts, mentioned: new Set() });
  const at = new Date('2026-03-06T15:00:00Z');

  test('a moment is shown in the viewer’s zone and in its own', () => {
    expect(drawn(text(instant(at, 'America/Winnipeg')))).toBe(
      `<t:${at.getTime() / 1000}:f> (Friday, 6 March 2026 at 09:00, America/Winnipeg)`,
    );
    expect(drawn(text(instant(at, 'America/Winnipeg', 'time')))).toContain(':t> (09:00, America/Winnipeg)');
    expect(drawn(text(instant(at, 'Asia/Tokyo', 'date')))).toBe('Saturday, 7 March 2026');
    expect(drawn(text(instant(at, 'UTC', 'relative')))).toMatch(/^<t:\d+:R> \(/);
  });

  test('links, places and code are drawn, and what cannot be is shown as it is', () => {
    expect(drawn([{ link: 'https://example.org/a_(b)', text: 'here [1]' }])).toBe(
      '[here \\[1\\]](<https://example.org/a_%28b%29>)',
    );
    expect(drawn([{ link: 'javascript:alert(1)', text: 'here' }])).not.toContain('](');
    expect(drawn([{ place: anaRef, name: 'general' }])).toBe(`<#${anaRef}>`);
    expect(drawn([{ place: 'C0123', name: 'general' }])).toBe('\\#general');
    expect(drawn([{ code: '/a `b`' }])).not.toContain('`` ');
    expect(drawn([bold('*')])).toBe('**\\***');
  });

  test('nothing that is typed acts', () => {
    expect(escaped(hostile)).toBe(
      '\u2068\\<!channel\\> \\@everyone \\<b\\>bold?\\</b\\> \\*stars\\* \\`ticks\\` \\[link\\](https://example.org) \u202Ertl\u2069',
    );
    expect(escaped('# big\n-# small\n> quote\n- point\n1. one\n<t:1:f>')).toBe(
      '\\# big\n\\-# small\n\\> quote\n\\- point\n1\\. one\n\\<t:1:f\\>',
    );
    expect(escaped('see https://example.org/a_b_c, now')).toBe('see https://example.org/a_b_c, now');
  });

  test('whatever is typed, nothing is left that Discord would act on', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '*',
        '_',
        '`',
        '~~',
        '||',
        '[a](',
        ')',
        '<@1>',
        '# ',
        '- ',
        '> ',
        '1. ',
        '\n',
        ' ',
        '\\',
        'word',
        'https://a.b/',
        '@everyone',
        '<t:1:R>',
        '-# ',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (typed) => {
        const drawnText = escaped(typed.join(''));
        const left = drawnText
          .replace(/(?<![\w\\])https?:\/\/[^\s<>"'`*|\\[\]()]+/g, 'url')
          .replace(/\\[^0-9A-Za-z\s]/g, 'x');
        expect(left).not.toMatch(/[\\`*_~|<>[\]]|@everyone/);
        expect(left).not.toMatch(/^\s*([#>+-]|\d+[.)])/m);
      }),
    );
  });
});

describe('forms', () => {
  const kinds = [
    'text',
    'paragraph',
    'whole-number',
    'yes-no',
    'choice',
    'list',
    'member',
    'place',
    'file',
    'date',
    'date-time',
  ] as const;

  const field = (kind: FieldKind, more: Partial<OpenField> = {}): OpenField => ({
    name: `a-${kind}`,
    kind,
    label: words(limits.fieldLabel),
    hint: words(limits.fieldHint),
    placeholder: words(limits.placeholder),
    required: true,
    max: limits.fieldText,
    choices: kind === 'choice' || kind === 'yes-no' ? choices : null,
    value: '',
    ...more,
  });
  const form = (fields: OpenField[]): OpenForm => ({
    id: words(limits.pressId),
    title: words(limits.formTitle),
    submit: 'Send',
    intro: words(300),
    fields,
  });
  const problems = (of: OpenForm) => {
    const modal = drawForm(of, reader);
    const body = { type: 9, data: modal };
    const path = '/interactions/{interaction_id}/{interaction_token}/callback';
    return [...(spec?.check('POST', path, body) ?? []), ...modalProblems(modal as unknown as Modal)];
  };

  test.each(kinds)(
    'a field for a %s fits with the longest words, empty or filled, asked for or not',
    (kind) => {
      for (const required of [true, false]) {
        for (const value of ['', '7', 'yes', anaRef, `<@${anaRef}>`, words(3999), words(9000)]) {
          expect(problems(form([field(kind, { required, value })]))).toEqual([]);
        }
      }
    },
  );

  test('every form of every feature is one that Discord takes', () => {
    const { forms } = registerFeatures(features);
    expect(forms.size).toBeGreaterThan(0);
    for (const [name, { definition, say }] of forms) {
      expect([name, problems(openedForm(definition, say, reader, name, {}))]).toEqual([name, []]);
    }
  });

  test('five fields fit; the intro then stays out', () => {
    const five = kinds.slice(0, 5).map((kind) => field(kind));
    expect(problems(form(five))).toEqual([]);
    expect(drawForm(form(five), reader).components).toHaveLength(5);
    expect(drawForm(form(five.slice(1)), reader).components).toHaveLength(5);
    expect(() => drawForm(form([...five, field('file')]), reader)).toThrow('6 fields');
  });

  test('what was typed stands in the form again', () => {
    const inputOf = (of: OpenField) => {
      const { components } = drawForm({ ...form([of]), intro: null }, reader) as unknown as Modal;
      const { component, description } = components[0] ?? {};
      return { ...component, description };
    };
    expect(inputOf(field('text', { value: words(60), max: 40 }))).toMatchObject({
      value: words(60),
      max_length: 60,
    });
    expect(inputOf(field('choice', { value: '3' })).options).toContainEqual(
      expect.objectContaining({ value: '3', default: true }),
    );
    expect(inputOf(field('member', { value: anaRef })).default_values).toEqual([
      { id: anaRef, type: 'user' },
    ]);
    expect(inputOf(field('member', { value: 'Ana' }))).toMatchObject({ type: 4, value: 'Ana' });
    expect(inputOf(field('date', { value: '2026-11-24' }))).toMatchObject({ type: 4, value: '2026-11-24' });
    expect(inputOf(field('date-time', { value: '2026-11-24T15:00', placeholder: null }))).toMatchObject({
      ...{ type: 4, value: '2026-11-24 15:00', placeholder: '2026-12-24 15:00 or Friday 3pm' },
    });
    expect(inputOf(field('file', { value: 'a,b' }))).toMatchObject({ type: 4, value: 'a,b' });
    expect(inputOf(field('paragraph', { value: words(5000) })).description).toContain('5000 characters');
  });
});
