import { expect, test } from 'vitest';
import { drawCard } from '../../../adapters/console/draw-card.ts';
import { drawForm } from '../../../adapters/console/draw-form.ts';
import type { OpenField } from '../../../src/core/answer.ts';
import { card, paragraph } from '../../../src/core/card.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { type Instant, instant, text } from '../../../src/core/text.ts';
import { everyPart, hostile } from '../../support/sample-card.ts';

const ana = '01890000-0000-7000-8000-000000000001' as MemberId;
const viewer = {
  reader: { language: 'en', timeZone: 'Europe/Paris' },
  account: 'ana',
  accounts: new Map([[ana, 'ana']]),
  now: new Date('2026-03-05T15:00:00Z'),
  fileHref: (index: number) => `/file/${index}`,
};
const at = (show: Instant['show']) => instant(new Date('2026-03-06T15:00:00Z'), 'America/Winnipeg', show);
const spansOf = (...inlines: Parameters<typeof text>) => {
  const [block] = drawCard(card(paragraph(text(...inlines))), viewer);
  return block?.block === 'text' ? block.spans : [];
};

/** A date as Node says it; whether a comma follows the weekday differs between its versions. */
const said = (words: string) =>
  expect.stringMatching(new RegExp(`^${words.replace('Friday ', 'Friday,? ')}$`));

test('every part of a card is drawn, in order', () => {
  const whole = everyPart(viewer.reader, { member: ana, name: 'Ana' });
  const drawn = drawCard(whole, viewer);
  // The picture of this card is one from elsewhere.
  const blocks = whole.parts.map(({ part }) => (part === 'image' ? 'text' : part));
  expect(drawn.map(({ block }) => block)).toEqual(blocks);
  expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
});

test('a picture that travels in its card is shown, and one from elsewhere is told in words', () => {
  const inline = { part: 'image', url: 'data:image/png;base64,AAAA', alt: 'A dot' } as const;
  const elsewhere = { ...inline, url: 'https://example.org/dot.png' };
  expect(drawCard(card(inline, elsewhere), viewer)).toEqual([
    { block: 'image', url: inline.url, alt: 'A dot' },
    { block: 'text', spans: [{ span: 'text', text: 'A dot' }] },
  ]);
});

test('an instant shows the reader’s clock and the clock it was meant by', () => {
  expect(spansOf(at('date-time'))).toMatchObject([
    { yours: said('Friday 6 March 2026 at 16:00'), own: said('Friday 6 March 2026 at 09:00 Winnipeg time') },
  ]);
  expect(spansOf(at('time'))).toMatchObject([{ yours: '16:00', own: '09:00 Winnipeg time' }]);
  expect(spansOf(at('date'))).toMatchObject([{ yours: said('Friday 6 March 2026'), own: null }]);
  expect(spansOf(at('relative'))).toMatchObject([{ yours: expect.stringContaining('tomorrow') }]);
  expect(spansOf(instant(new Date('2026-03-06T15:00:00Z'), 'Europe/Paris'))).toMatchObject([
    { yours: said('Friday 6 March 2026 at 16:00 Paris time'), own: null },
  ]);
});

test('a date is the same day for everybody', () => {
  const late = instant(new Date('2026-03-07T05:30:00Z'), 'America/Winnipeg', 'date');
  expect(spansOf(late)).toMatchObject([{ yours: said('Friday 6 March 2026') }]);
});

test('a mention knows whether it is the reader', () => {
  const ben = { member: '01890000-0000-7000-8000-000000000002' as MemberId, name: 'Ben' };
  expect(spansOf({ member: ana, name: 'Ana' }, ben)).toEqual([
    { span: 'mention', name: 'Ana', you: true },
    { span: 'mention', name: 'Ben', you: false },
  ]);
});

test('markup stays text, and an address that would run something is no link', () => {
  expect(spansOf(hostile)).toEqual([{ span: 'text', text: hostile }]);
  const links = ['javascript:alert(1)', 'data:text/html,x', 'not an address', 'https://example.org/a'];
  const hrefs = spansOf(...links.map((link) => ({ link, text: 'x' }))).map((span) =>
    span.span === 'link' ? span.href : undefined,
  );
  expect(hrefs).toEqual([null, null, null, 'https://example.org/a']);
});

test('a form’s pickers take a person or channel however it was written', () => {
  const field = (name: string, kind: OpenField['kind'], value: string): OpenField => ({
    ...{
      name,
      kind,
      value,
      label: name,
      hint: null,
      placeholder: null,
      required: true,
      max: 100,
      choices: null,
    },
  });
  const person = {
    ref: 'ana',
    name: 'Ana',
    standing: 'member',
    partner: null,
    timeZone: 'UTC',
    localTime: '',
  };
  const form = drawForm(
    {
      ...{ id: 'f', title: 'F', submit: 'Send', intro: null },
      fields: [field('a', 'member', '@ana'), field('b', 'member', 'Ana'), field('c', 'place', '#general')],
    },
    { in: 'general', on: null },
    { people: [person], places: [{ ref: 'general', name: 'general', kind: 'channel' }] },
    { b: 'No.' },
  );
  expect(form.fields.map(({ value, problem }) => [value, problem])).toEqual([
    ['ana', null],
    ['ana', 'No.'],
    ['general', null],
  ]);
});
