import fc from 'fast-check';
import { type Card, card, type Part } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import { limits } from '../../../src/core/limits.ts';
import type { Inline, Text } from '../../../src/core/text.ts';
import { hostileText } from './hostile-text.ts';

/** Has an account on every platform; whoever else is mentioned has none. */
export const knownMember = '00000000-0000-7000-8000-000000000001' as MemberId;

const words = (most: number) => hostileText(most).filter((typed) => typed.trim() !== '');

const instant = fc.record({
  instant: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  show: fc.constantFrom('date' as const, 'time' as const, 'date-time' as const, 'relative' as const),
  timeZone: fc.constantFrom('UTC', 'America/Winnipeg', 'Asia/Kathmandu'),
});

const leaf: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: hostileText(200) },
  { weight: 1, arbitrary: fc.record({ code: words(80) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      link: fc.oneof(fc.constant('https://good.example/'), hostileText(60)),
      text: words(60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      member: fc.constantFrom(knownMember, '00000000-0000-7000-8000-000000000002' as MemberId),
      name: words(60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ place: fc.oneof(fc.constant('C0KNOWN001'), words(20)), name: words(30) }),
  },
  { weight: 1, arbitrary: instant },
);
const inline = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.record({ bold: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ italic: fc.array(leaf, { minLength: 1, maxLength: 2 }) }) },
);
const text: fc.Arbitrary<Text> = fc.array(inline, { minLength: 1, maxLength: 4 });

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ part: fc.constant('heading' as const), text: words(limits.heading) }),
  fc.record({ part: fc.constantFrom('text' as const, 'note' as const), text }),
  fc.record({
    part: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: words(40), value: text }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    part: fc.constant('list' as const),
    items: fc.array(text, { minLength: 1, maxLength: 4 }),
    ordered: fc.boolean(),
  }),
  fc.record({
    part: fc.constant('tally' as const),
    total: fc.nat({ max: 60 }),
    options: fc.array(
      fc.record({
        label: words(75),
        count: fc.nat({ max: 60 }),
        voters: fc.array(words(40), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    part: fc.constant('people' as const),
    people: fc.array(fc.record({ name: words(80), note: hostileText(80) }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ part: fc.constant('image' as const), url: hostileText(80), alt: words(200) }),
  fc.record({
    part: fc.constant('file' as const),
    name: fc.constant('names.csv'),
    mediaType: fc.constant('text/csv'),
    content: hostileText(200),
  }),
);

const controls: fc.Arbitrary<Part> = fc.record({
  part: fc.constant('buttons' as const),
  buttons: fc
    .array(fc.record({ label: words(limits.buttonLabel), confirm: words(limits.confirm) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((all) => all.map((each, index) => ({ ...each, id: `sample.count:${index}` }))),
});

/** Any card that a feature may make: as large as `limits.ts` says, with anything written in it. */
export const anyCard: fc.Arbitrary<Card> = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 5 }), fc.option(controls))
  .map(([parts, last]) => card(...parts, last))
  .filter((made) => {
    const read = cardText(made, { language: 'en', timeZone: 'UTC' });
    return read.trim() !== '' && read.length <= limits.cardText;
  });
