import { expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import type { Member } from '../../../src/core/who.ts';
import { asksCard, asksShown, timeAnswerCard } from '../../../src/features/measures/asks/cards.ts';
import {
  boardCard,
  boardOfCard,
  previewCard,
  previewLines,
} from '../../../src/features/measures/board/cards.ts';
import { countStates, plannedSteps } from '../../../src/features/measures/board/rules.ts';
import { measureCard, measuresCard } from '../../../src/features/measures/definition/cards.ts';
import type { Measure } from '../../../src/features/measures/definition/rules.ts';
import { tokenCard, tokensCard } from '../../../src/features/measures/exports/cards.ts';
import type { Given } from '../../../src/features/measures/figures/rules.ts';
import { filePreviewCard } from '../../../src/features/measures/files/cards.ts';
import { thanksCard } from '../../../src/features/measures/giving-back/cards.ts';
import { mineCard, versionsCard } from '../../../src/features/measures/publishing/cards.ts';
import { reminderCard } from '../../../src/features/measures/reminding/cards.ts';
import { requestCard, requestsCard } from '../../../src/features/measures/requests/cards.ts';
import type { Request } from '../../../src/features/measures/requests/store.ts';
import { choiceCard, readBackCard } from '../../../src/features/measures/submitting/cards.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const zone = 'Asia/Tokyo';
const now = new Date('2026-09-23T15:00:00Z');
const id = '0195f3a0-0000-7000-8000-000000000001' as never;
const many = <T>(count: number, of: T): T[] => Array.from({ length: count }, () => of);
const groups = Array.from({ length: 8 }, (_, index) => `${index}${'g'.repeat(39)}`);
const breakdowns = ['a', 'b', 'c'].map((sign) => ({ name: sign.repeat(40), groups }));
const longest = `${'9'.repeat(20)}.${'9'.repeat(10)}`;
const measure: Measure = {
  ...{ id, name: 'M'.repeat(70), purpose: 'p'.repeat(300), calculation: 'c'.repeat(600), kind: 'percent' },
  ...{ unit: 'u'.repeat(20), direction: 'neither', choices: [], breakdowns, least: longest, most: longest },
  ...{ calendar: { frequency: 'half-yearly', startMonth: 7, terms: [] }, dueDays: 180, dueTime: '17:00' },
  ...{ graceDays: 60, lockDays: 365, leadDays: 60, smallest: 50, everyPartner: false, state: 'draft' },
};
const figure = { kind: 'percent', part: longest, whole: longest } as const;
const given: Given = {
  figure,
  groups: breakdowns.flatMap(({ name, groups: all }) =>
    all.map((group) => ({ breakdown: name, group, figure })),
  ),
};
const partner = { id, name: 'P'.repeat(80) };
const request: Request = {
  ...{
    id,
    measure,
    partner,
    period: { id, key: 'T'.repeat(40), startsOn: '2026-01-01', endsOn: '2026-08-31' },
  },
  ...{ noticeOn: '2026-09-01', dueOn: '2026-09-10', timeZone: zone, dueAt: new Date('2026-09-10T08:00:00Z') },
  ...{ lateAt: new Date('2026-09-11T08:00:00Z'), lockAt: new Date('2027-09-11T08:00:00Z') },
  ...{ submittedAt: null, excusedAt: null, step: null, steppedOn: null, nextAt: null, excuse: '' },
};
const earlier = { request: id, version: 1, key: 'T'.repeat(40), endsOn: '2026-01-01', given };
const last = { figure, version: 9 };
const person: Member = { id, accountId: id, name: 'N'.repeat(100), standing: 'backbone', partner, ...reader };
const lead = ['l'.repeat(100)];
const use = { id, measureId: id, measure: measure.name, who: 'w'.repeat(80), what: 'x'.repeat(300), at: now };
const line = {
  requestId: id,
  measure,
  key: 'T'.repeat(40),
  endsOn: '2026-01-01',
  given,
  version: 12,
  at: now,
};
const standing = { ...request, partner: partner.name, requestId: id };
const submission = {
  requestId: id,
  version: 1,
  given,
  note: 'n'.repeat(500),
  link: '',
  way: 'form',
  at: now,
};
const ask = {
  id,
  kind: 'link',
  days: 60,
  text: 't'.repeat(500),
  memberId: id,
  member: person.name,
  at: now,
} as const;
const tokenLine = { id, name: 't'.repeat(60), scope: 'everything', madeAt: now, usedAt: now } as const;

test.each([
  ['a measure', measureCard(reader, { measure, reporters: many(300, partner), staff: true, told: lead })],
  ['all measures', measuresCard(reader, { measures: many(30, measure), page: 1, staff: true })],
  ['one request', requestCard(request, { reader, now, last, told: lead, how: 'alternate' })],
  [
    'many requests',
    requestsCard(many(30, { request, how: 'passed-on' as const }), { reader, now, page: 1, lead, others: 9 }),
  ],
  [
    'a reminder',
    reminderCard(many(30, { request, step: 'alternate' as const }), {
      ...{ reader, now, last, others: 3, coalition: 'C'.repeat(80) },
    }),
  ],
  ['reading back', readBackCard({ request, draft: id, readings: [given], note: '' }, reader)],
  ['reading back two', readBackCard({ request, draft: id, readings: [given, given], note: '' }, reader)],
  [
    'choices',
    choiceCard({ ...request, measure: { ...measure, choices: many(12, 'c'.repeat(40)) } }, 99, reader),
  ],
  [
    'thanks',
    thanksCard(
      {
        ...{ request: { ...request, submittedAt: now }, given, earlier: many(7, earlier), open: 99 },
        ...{ band: { key: 'T'.repeat(40), low: longest, high: longest, partners: 300 }, picture: null },
        corrected: false,
      },
      reader,
    ),
  ],
  ['what partners ask', asksCard({ asks: many(asksShown, { ...ask, request }), total: 99 }, reader)],
  ['an answer about time', timeAnswerCard(request, false, reader)],
  [
    'the board',
    boardCard(
      {
        lines: many(30, {
          ...{ measure, key: 'T'.repeat(40), counts: countStates(many(300, request), now), timely: [1, 2] },
        }),
        ...{ page: 1, staff: true, asks: 9 },
      },
      reader,
    ),
  ],
  ['the board by name', boardOfCard({ measure, key: 'k', standings: many(300, standing), now }, reader)],
  [
    'the preview',
    previewCard(
      {
        ...{ measure, key: 'T'.repeat(40), opensOn: '2026-09-01', total: 300, page: 1 },
        steps: plannedSteps(request, true),
        lines: [
          { partner: partner.name, people: [], zone },
          ...many(previewLines - 1, {
            partner: partner.name,
            people: [person, person],
            zone: reader.timeZone,
          }),
        ],
      },
      reader,
    ),
  ],
  [
    'what was given',
    mineCard({ partner: partner.name, lines: many(8, line), total: 99, page: 1, uses: many(9, use) }, reader),
  ],
  [
    'every version',
    versionsCard(
      {
        ...{ name: measure.name, period: 'T'.repeat(40), unit: measure.unit },
        versions: many(30, { ...submission, memberId: id, by: person.name }),
      },
      reader,
    ),
  ],
  ['a token', tokenCard({ token: 't'.repeat(80), name: 'n'.repeat(60), scope: 'everything' }, reader)],
  ['tokens', tokensCard(many(30, tokenLine), zone, reader)],
  [
    'a file',
    filePreviewCard(
      {
        lines: [
          ...many(20, { row: 999, name: measure.name, problem: ['q'.repeat(600)] }),
          ...many(20, { row: 999, request, given }),
        ],
        draft: id,
      },
      reader,
    ),
  ],
])('%s with the longest words fits into one message everywhere', (_, drawn) => {
  expect(cardText(drawn, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(drawn.parts.length).toBeLessThanOrEqual(limits.cardParts);
  let buttons = 0;
  for (const part of drawn.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part === 'fields') expect(part.fields.length).toBeLessThanOrEqual(limits.cardFields);
    if (part.part === 'select') expect(part.select.choices.length).toBeLessThanOrEqual(limits.choices);
    if (part.part !== 'buttons') continue;
    buttons += part.buttons.length;
    for (const { label, id: address, confirm } of part.buttons) {
      expect(label.length).toBeLessThanOrEqual(limits.buttonLabel);
      expect(address.length).toBeLessThanOrEqual(limits.pressId);
      expect(confirm?.length ?? 0).toBeLessThanOrEqual(limits.confirm);
    }
  }
  expect(buttons).toBeLessThanOrEqual(limits.buttonsPerCard);
});
