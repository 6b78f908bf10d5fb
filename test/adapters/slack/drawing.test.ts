import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawCard, drawWords, pressOf } from '../../../adapters/slack/draw-card.ts';
import { escapeMrkdwn, unescapeMrkdwn } from '../../../adapters/slack/draw-text.ts';
import { buttons, card, list, note, type Part, paragraph } from '../../../src/core/card.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { limits } from '../../../src/core/limits.ts';
import { bold, code, instant, text } from '../../../src/core/text.ts';
import { everyPart, hostile } from '../../support/sample-card.ts';
import { findBlockProblems } from '../../support/slack/block-rules.ts';
import { halfCharacter, long } from '../../support/slack/long-words.ts';
import { findActing, readBlocks } from '../../support/slack/read-blocks.ts';

const reader = { language: 'en', timeZone: 'Europe/Berlin' };
const ana = { member: '00000000-0000-7000-8000-000000000001' as MemberId, name: 'Ana' };
const scope = { reader, accounts: new Map([[ana.member, 'U0ANA00001']]), files: 'here' } as const;

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

test('an address that nothing opens is read as typed in the small print, and acts nowhere', () => {
  const typed = { link: ':tada: *now*', text: 'our page' };
  const drawn = drawCard(card(note(text('See ', typed))), scope);
  expect(findActing(drawn)).toEqual([]);
  expect(readBlocks(drawn.blocks)).toContain('See our page (:tada: *now*)');
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

test('a long description of a picture ends with a whole character, and shows that it goes on', () => {
  const drawn = drawCard(
    card({ part: 'image', url: 'https://example.org/a.png', alt: '🧺'.repeat(2000) }),
    scope,
  );
  const said = JSON.stringify(drawn.blocks);
  expect(said).toContain('🧺…');
  expect(said).not.toMatch(halfCharacter);
});
