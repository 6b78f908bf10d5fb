import { expect, test } from 'vitest';
import { type Card, list } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import type { Coalition } from '../../../src/core/who.ts';
import { outcomeCard } from '../../../src/features/decisions/closing/cards.ts';
import { drawDecision, fitted } from '../../../src/features/decisions/decision/cards.ts';
import type { Decision, Tally } from '../../../src/features/decisions/decision/store.ts';
import { draftCard } from '../../../src/features/decisions/opening/cards.ts';
import {
  longestBackground,
  longestOption,
  longestQuestion,
  mostOptions,
} from '../../../src/features/decisions/opening/rules.ts';
import { presetRule, presets, usualTerms } from '../../../src/features/decisions/terms/rules.ts';
import { findCardProblems, withOwnIds } from '../../support/drawings.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const coalition = { ...reader, id: 'c', name: 'C', timeZone: 'Pacific/Auckland' } as unknown as Coalition;
const at = new Date('2026-09-23T11:11:00Z');
const id = '0195f3a0-0000-7000-8000-000000000001' as never;
const options = Array.from({ length: mostOptions }, (_, n) => `${n}`.padEnd(longestOption, 'w'));
const columns = Array.from({ length: mostOptions + 1 }, () => 10n ** 9n);

function decision(preset: (typeof presets)[number], anonymous: boolean): Decision {
  const rule = presetRule(preset, { id, name: 'n'.repeat(80) });
  const amongOptions = ['plurality', 'runoff', 'transferable', 'score', 'dots'].includes(rule.rule);
  const quorum = { ...usualTerms(rule).quorum, perSector: 20, abstaining: false };
  return {
    ...{ id, coalitionId: id, openedById: id, placeId: null, revisesId: null, reviewAt: at, seed: 's' },
    ...{ number: 99_999, state: 'open', openedAt: at, closesAt: at, extendedFrom: at, closedAt: null },
    ...{ voices: 100_000, sectors: [], electorateWeight: 1n, charter: null, result: null, followUps: [] },
    question: 'q'.repeat(longestQuestion),
    background: 'b'.repeat(longestBackground),
    statement: '',
    options: amongOptions ? options : [],
    terms: {
      ...usualTerms(rule),
      ...{ quorum, anonymous, closesEarly: true, nudges: 5, reviewDays: 3650, visibility: 'open' },
      weights: anonymous ? null : { stated: {}, cap: { parts: 333, of: 1000 } },
    },
  };
}

function closed(preset: (typeof presets)[number]): Decision {
  const of = decision(preset, false);
  const totals = columns.map((votes, key) => ({ key: String(key), votes: String(votes) }));
  const count = { ending: 'chosen' as const, chosen: options.map((_, n) => n), byLot: true, totals };
  const result = {
    ...{ ending: 'chosen' as const, closedBy: 'staff' as const, voices: 1, answered: 1, needed: 1 },
    ...{ shortSectors: [], count },
  };
  return { ...of, state: 'closed', closedAt: at, result, statement: 's'.repeat(1000) };
}

const tally: Tally = {
  ...{ answered: 1, abstained: 1, counts: columns },
  ...{ sectorAnswered: [], sectorAbstained: [] },
};
const reasons = Array.from({ length: 60 }, () => ({ label: 'l'.repeat(140), text: 'r'.repeat(500) }));

const chart = { part: 'image', url: 'data:image/png;base64,', alt: 'a'.repeat(limits.alt) } as const;

const cards: [string, Card][] = presets.flatMap((preset): [string, Card][] => [
  [`open, ${preset}`, drawDecision(decision(preset, false), tally, coalition, reader)],
  [`open and anonymous, ${preset}`, drawDecision(decision(preset, true), tally, coalition, reader)],
  [`closed, ${preset}`, drawDecision(closed(preset), tally, coalition, reader)],
  [
    `outcome, ${preset}`,
    outcomeCard(closed(preset), { hash: 'h'.repeat(64), reasons, chart }, coalition, reader),
  ],
  [
    `draft, ${preset}`,
    draftCard(
      { ...decision(preset, true), state: 'draft' },
      { conflict: 'anonymous-abstaining', voices: 100_000, coalition, reader },
    ),
  ],
]);

const lines = Array.from({ length: 60 }, (_, n) => [`${n}`.padEnd(200, 'x')]);
cards.push([
  'a page',
  fitted(
    [...drawDecision(closed('runoff'), null, coalition, reader).parts, list(lines), list(lines)],
    reader,
  ),
]);

test.each(cards)('%s: the longest words fit into one message everywhere', (_, card) => {
  expect(findCardProblems(withOwnIds(card), reader)).toEqual([]);
  expect(cardText(card, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(card.parts.length).toBeLessThanOrEqual(limits.cardParts);
  for (const part of card.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part !== 'buttons') continue;
    expect(part.buttons.length).toBeLessThanOrEqual(limits.buttonsPerCard);
    for (const button of part.buttons) {
      expect(button.label.length).toBeLessThanOrEqual(limits.buttonLabel);
      expect(button.id.length).toBeLessThanOrEqual(limits.pressId);
    }
  }
});
