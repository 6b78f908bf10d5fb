import { expect, test } from 'vitest';
import { drawCard as drawOnDiscord } from '../../../adapters/discord/draw-card.ts';
import { buttons, type Card, card, heading, list, paragraph } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import type { JoinedItemId } from '../../../src/core/joined-id.ts';
import { limits } from '../../../src/core/limits.ts';
import { askCard, handOversCard } from '../../../src/features/attention/hand-over/cards.ts';
import { balanceCard, balancesCard, heldCard } from '../../../src/features/attention/held/cards.ts';
import { previewCard, sentCard } from '../../../src/features/attention/preview/cards.ts';
import type { Grouped } from '../../../src/features/attention/preview/rules.ts';
import { unreachableCard, waysCard } from '../../../src/features/attention/reachability/cards.ts';
import { careCard, dueCard, dueShown, rhythmsCard } from '../../../src/features/check-ins/care/cards.ts';
import { tiers } from '../../../src/features/check-ins/care/rules.ts';
import {
  boxThreadCard,
  concernCard,
  concernsCard,
  type Listed,
  namedThreadCard,
  ownThreadCard,
} from '../../../src/features/check-ins/concerns/cards.ts';
import { historyCard } from '../../../src/features/check-ins/logging/cards.ts';
import { pulseCard, resultsCard, toOwnerCard } from '../../../src/features/check-ins/pulse/cards.ts';
import { partnerLimits } from '../../../src/features/directory/partners/rules.ts';
import { type Item, joinedCard, pagesOf } from '../../../src/outreach/joined.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const at = new Date('2026-03-06T16:00:00Z');
const idOf = (number: number) => `0195f3a0-0000-4000-8000-${String(number).padStart(12, '0')}` as never;
const partner = 'p'.repeat(partnerLimits.name);
const person = 'n'.repeat(100);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const line = 'l'.repeat(300);
const words = 'w'.repeat(1000);
const text = (length: number) => ['t'.repeat(length)];

const handOver = {
  id: idOf(1),
  partnerId: idOf(2),
  partner,
  memberId: idOf(3),
  name: person,
  why: 'bounced',
  successorId: idOf(4),
  open: true,
  gone: true,
  elsewhere: false,
} as const;
const group = (index: number): Grouped => ({
  title: 't'.repeat(90),
  members: many(30, (number) => idOf(number)),
  to: 'people',
  ...(index % 2 === 0 ? { at, due: at, latest: new Date('2026-09-30T16:00:00Z') } : { at: 'held' as const }),
  kind: 'ask',
  job: 'introductions.afterwards',
  card: null,
  text: null,
  why: text(150),
});
const entries = many(30, () => ({ by: 'raiser', words }) as const);
const people = { toId: idOf(2), fromId: idOf(3), to: person, from: person };
const concern = { id: idOf(1), ...people, entries, closed: true };
const boxed = { to: idOf(2), entries, untold: true, closed: true };
const listed = (index: number): Listed => ({
  at: index % 2 === 0 ? { key: `${index}`.padEnd(22, 'k') } : { concern: idOf(index) },
  ...{ thread: concern, own: 'chosen', other: person },
});
const watched = (index: number) => ({
  id: idOf(index),
  name: partner,
  joinedAt: at,
  lastAt: at,
  lastKind: 'introduction' as const,
  care: null,
});

const cards: Record<string, Card> = {
  held: heldCard(
    reader,
    many(6, (index) => ({
      partnerId: idOf(index),
      partner,
      asks: 9,
      held: 99,
      what: ['introductions', 'decisions', 'agreement', 'directory'],
    })),
    40,
  ),
  balance: balanceCard(reader, {
    partner,
    spans: many(6, () => ({
      from: '2026-01-01',
      to: '2026-01-14',
      asks: 99,
      gives: 99,
      notes: 99,
      contacts: 99,
    })),
    asksInRow: 9,
    limit: 4,
  }),
  balances: balancesCard(
    reader,
    many(15, () => ({ partner, asks: 12 })),
  ),
  unreachable: unreachableCard(reader, {
    people: many(12, () => ({ name: person, partner, why: 'direct-messages-closed' })),
    lost: 99,
    reached: 999,
    untried: 99,
    all: 1999,
  }),
  ways: waysCard(
    reader,
    person,
    many(6, () => ({
      platform: 'discord',
      workspace: 'w'.repeat(100),
      removed: false,
      reachedAt: at,
      failsSince: at,
      why: 'direct-messages-closed',
    })),
    99,
  ),
  handOvers: handOversCard(
    reader,
    many(4, (index) => ({
      handOver: { ...handOver, id: idOf(index) },
      successor: person,
      held: many(12, () => text(80)),
    })),
    50,
  ),
  askWho: askCard(
    { ...reader, id: idOf(9), name: person },
    { handOver, people: many(6, (index) => ({ id: idOf(index), name: person })), coalition: partner },
  ),
  preview: previewCard(reader, {
    days: 14,
    page: 0,
    waiting: many(40, group),
    coming: many(40, group),
    names: new Map(many(30, (index) => [idOf(index), { name: person, partner }])),
    run: { cut: true, tried: 150, broken: 'introductions.afterwards' },
    paused: true,
  }),
  rhythms: rhythmsCard(reader, {
    tiers: tiers.map((tier) => ({ tier, idealDays: 700, longestDays: 730 })),
    tags: many(40, (index) => ({ tag: `${index}`.padStart(40, 't'), idealDays: 700, longestDays: 730 })),
  }),
  sent: sentCard(reader, {
    groups: many(40, group),
    names: new Map(many(30, (index) => [idOf(index), { name: person, partner }])),
    ...{ member: idOf(1), name: person, page: 2, days: 14, cut: true },
  }),
  due: dueCard(reader, {
    due: many(dueShown, (index) => ({
      partner: watched(index),
      standing: { days: 400, state: 'overdue', dueOn: '2026-01-01', overdueAfter: '2026-02-01' },
      owner: person,
      points: many(5, () => text(260)),
    })),
    counts: { overdue: 300, due: 300, planned: 300, all: 900 },
    ...{ mine: false, page: 7, pages: 99 },
  }),
  care: careCard(reader, {
    partner,
    owner: person,
    backup: person,
    tier: 'close',
    tags: many(8, () => 't'.repeat(40)),
    rhythm: { idealDays: 700, longestDays: 730, from: 'tag', tags: many(8, () => 't'.repeat(40)) },
  }),
  history: historyCard(reader, {
    partnerId: idOf(1),
    partner,
    entries: many(6, () => ({ at, kind: 'introduction', line })),
    promises: many(3, (index) => ({
      id: idOf(index),
      partnerId: idOf(1),
      ownerId: null,
      text: line.slice(0, 200),
      dueOn: '2026-03-06',
    })),
    lastAsk: { feature: 'introductions', at },
    points: many(6, () => text(260)),
    notes: many(4, () => ({ text: words.slice(0, 800), at, by: person })),
  }),
  concern: concernCard(reader, concern, 'chosen', person),
  concerns: concernsCard(reader, { all: many(20, listed), page: 1 }),
  thread: namedThreadCard(reader, { concern, own: 'raiser', page: 3, here: false }),
  threadToAnswer: namedThreadCard(reader, { concern, own: 'chosen', page: 3, here: true }),
  shortThread: namedThreadCard(reader, {
    concern: { ...concern, entries: many(30, () => ({ by: 'raiser', words: 'w'.repeat(300) }) as const) },
    ...{ own: 'chosen', page: 1, here: true },
  }),
  boxThread: boxThreadCard(reader, 'k'.repeat(22), boxed, 3),
  ownThread: ownThreadCard(reader, { thread: boxed, chosen: null, page: 3 }),
  pulse: pulseCard(reader, { round: '2026-03-06', closesOn: '2026-03-20', coalition: partner, partner }),
  owner: toOwnerCard(reader, { partner, person, score: 1, words: words.slice(0, 600) }),
  results: resultsCard(
    reader,
    {
      ...{ round: '2026-03-06', closed: true, before: '2025-12-06', after: '2026-06-06' },
      asked: 300,
      answered: 300,
      urn: { scores: many(40, () => 3), words: many(40, () => words.slice(0, 600)) },
      named: many(40, () => ({ partner, score: 3, words: words.slice(0, 600), shared: false })),
    },
    10,
  ),
};

test.each(Object.entries(cards))('the longest %s card fits every platform', (_, of) => {
  fits(of);
});

function fits(of: Card): void {
  expect(cardText(of, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(of.parts.length).toBeLessThanOrEqual(limits.cardParts);
  expect(() => drawOnDiscord({ card: of, reader, accounts: new Map() })).not.toThrow();
  for (const part of of.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part !== 'buttons') continue;
    for (const { id, label, confirm } of part.buttons) {
      expect(id.length).toBeLessThanOrEqual(limits.pressId);
      expect(label.length).toBeLessThanOrEqual(limits.buttonLabel);
      expect(confirm?.length ?? 0).toBeLessThanOrEqual(limits.confirm);
    }
  }
}

test('whatever is joined, every page fits every platform and nothing is left out', () => {
  const item = (number: number): Item => ({
    id: idOf(number) as JoinedItemId,
    asks: true,
    card: card(
      heading(`Thing ${number}`),
      paragraph(text(number * 40)),
      number % 3 === 0 ? list(many(4, () => text(50))) : null,
      buttons(
        ...many(1 + (number % 5), (index) => ({
          id: `test.press:${number}:${index}`,
          label: `Press ${index}`,
        })),
      ),
    ),
  });
  const items = many(40, item);
  const pages = pagesOf(items, reader);
  expect(pages.flat()).toEqual(items);
  for (let page = 0; page < pages.length; page += 1) fits(joinedCard(reader, items, page));
});
