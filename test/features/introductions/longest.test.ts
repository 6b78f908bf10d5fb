import { expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import { partnerLimits } from '../../../src/features/directory/partners/rules.ts';
import {
  afterwardsCard,
  answeredCard,
  introductionCard,
  midwayCard,
  noteCard,
  togetherCard,
} from '../../../src/features/introductions/groups/cards.ts';
import type { Group, Seat } from '../../../src/features/introductions/groups/rules.ts';
import { avoidingCard, myIntroductionsCard } from '../../../src/features/introductions/people/cards.ts';
import type { Candidate } from '../../../src/features/introductions/people/rules.ts';
import { rulesCard } from '../../../src/features/introductions/restrictions/cards.ts';
import { groupCard, historyCard, previewCard } from '../../../src/features/introductions/rounds/cards.ts';
import { findCardProblems, withOwnIds } from '../../support/drawings.ts';

const timeZone = 'America/Argentina/ComodRivadavia';
const reader = { language: 'en', timeZone };
const at = new Date('2026-03-06T16:00:00Z');
const idOf = (number: number) => `0195f3a0-0000-7000-8000-${String(number).padStart(12, '0')}` as never;
const items = Array.from({ length: partnerLimits.items }, (_, n) => `${n}`.padEnd(partnerLimits.item, 'w'));

const seat = (number: number): Seat => ({
  memberId: idOf(number),
  name: `${number}`.padEnd(200, 'n'),
  language: 'en',
  timeZone,
  languages: ['English', 'French'],
  workspaces: [{ id: 'same', platform: 'slack', name: 'w'.repeat(100) }],
  answer: null,
  outcome: 'together',
  partner: {
    id: idOf(number),
    name: '🧺'.repeat(partnerLimits.name / 2),
    does: 'd'.repeat(partnerLimits.does),
    area: 'a'.repeat(partnerLimits.area),
    sector: 's'.repeat(partnerLimits.sector),
    sizeBand: 'over-250',
    offers: items,
    needs: items,
    languages: ['English'],
  },
});
const group = (people: number, more: Partial<Group> = {}): Group => ({
  id: idOf(people),
  roundId: null,
  origin: 'staff',
  state: 'proposed',
  locked: true,
  ruled: false,
  reason: 'r'.repeat(300),
  seats: Array.from({ length: people }, (_, number) => seat(number)),
  ...more,
});
const one = seat(1) as unknown as Candidate;
const choice = { takesPart: true, inChannel: true, pausedUntil: at, restedAt: null, buddy: true };
const preview = (people: number, page: number) =>
  previewCard(reader, {
    date: '2026-03-06',
    sendAt: at,
    timeZone,
    round: { id: idOf(9), number: 1, date: '2026-03-06', sendAt: at, draw: 1, state: 'proposed', satOut: [] },
    groups: Array.from({ length: 30 }, () => group(people, { reason: '', origin: 'round' })),
    history: new Map(),
    absent: Array.from({ length: 50 }, () => ({ one, why: 'rested' as const })),
    page,
  });

const six = group(6);
const me = six.seats[0] ?? seat(0);
const round = { date: '2026-03-06', sent: 2500, met: 2500, planned: 2500, out: 2500, silent: 2500 };
const edge = { one: one.partner.name, other: one.partner.name, outcome: 'conversation' };

test.each([
  ['an introduction of two', introductionCard(reader, group(2), me, 3)],
  ['an introduction of six', introductionCard(reader, six, me, 0)],
  ['one for all of them', togetherCard(reader, six, 0)],
  ['one for two of them', togetherCard(reader, group(2), 0)],
  ['the question midway', midwayCard(reader, six, me)],
  ['what was answered', answeredCard(reader, six, me, 'out')],
  ['the question afterwards', afterwardsCard(reader, six, me)],
  ['a message', noteCard(reader, six, me, 'm'.repeat(1000), at)],
  ['a preview of pairs', preview(2, 0)],
  ['a preview of groups of six', preview(6, 3)],
  ['a preview beyond its end', preview(3, 1000)],
  ['one proposal', groupCard(reader, six, new Map())],
  [
    'the history',
    historyCard(reader, {
      rounds: Array(8).fill(round),
      pairs: 9,
      edges: Array(6).fill(edge),
      rested: Array(99).fill(one),
    }),
  ],
  [
    'the rules',
    rulesCard(
      reader,
      Array.from({ length: 99 }, (_, key) => ({
        key: `${idOf(key)} ${idOf(key)}`,
        kind: 'must-not' as const,
        done: false,
        ...edge,
      })),
    ),
  ],
  [
    'my introductions',
    myIntroductionsCard(reader, {
      memberId: me.memberId,
      met: Array.from({ length: 5 }, () => six),
      next: at,
      absence: 'paused',
      choice,
      timeZone,
    }),
  ],
  [
    'whom I avoid',
    avoidingCard(
      reader,
      Array.from({ length: 99 }, (_, key) => ({ id: idOf(key), name: one.partner.name })),
      ['done'],
    ),
  ],
])('%s with the longest words fits into one message everywhere', (_, card) => {
  expect(findCardProblems(withOwnIds(card), reader)).toEqual([]);
  expect(cardText(card, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(card.parts.length).toBeLessThanOrEqual(limits.cardParts);
  for (const part of card.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part === 'fields') expect(part.fields.length).toBeLessThanOrEqual(limits.cardFields);
    if (part.part === 'buttons') {
      for (const { label, id } of part.buttons) {
        expect(label.length).toBeLessThanOrEqual(limits.buttonLabel);
        expect(id.length).toBeLessThanOrEqual(limits.pressId);
      }
    }
    if (part.part === 'select') {
      expect(part.select.choices.length).toBeLessThanOrEqual(limits.choices);
      for (const choice of part.select.choices)
        expect(choice.label.length).toBeLessThanOrEqual(limits.choiceLabel);
    }
  }
});
