import { expect, test } from 'vitest';
import type { Card } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import { foldName } from '../../../src/core/fold-name.ts';
import { limits } from '../../../src/core/limits.ts';
import type { Member } from '../../../src/core/who.ts';
import { previewCard } from '../../../src/features/directory/csv/cards.ts';
import { planImport } from '../../../src/features/directory/csv/planning/rules.ts';
import { readCsv } from '../../../src/features/directory/csv/rules.ts';
import {
  accountCodeCard,
  mergeCard,
  unlinkAccountCard,
} from '../../../src/features/directory/linking/accounts/cards.ts';
import {
  linkedCard,
  unlinkAskCard,
  unlinkCard,
} from '../../../src/features/directory/linking/workspaces/cards.ts';
import {
  editCard,
  freshnessCard,
  partnerCard,
  partnersCard,
  partnersPerPage,
} from '../../../src/features/directory/partners/cards.ts';
import { emptyCard, partnerLimits } from '../../../src/features/directory/partners/rules.ts';
import { findCardProblems, withOwnIds } from '../../support/drawings.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const now = new Date('2026-03-02T15:00:00Z');
const id = '0195f3a0-0000-7000-8000-000000000001' as never;
const items = Array.from({ length: partnerLimits.items }, (_, n) => `${n}`.padEnd(partnerLimits.item, 'w'));
const partner = {
  ...{ id, joinedAt: now, confirmedAt: new Date(0), freshnessAskedAt: null, leftAt: null },
  name: '🧺'.repeat(partnerLimits.name / 2),
  does: 'd'.repeat(partnerLimits.does),
  sector: 's'.repeat(partnerLimits.sector),
  area: 'a'.repeat(partnerLimits.area),
  ...{ sizeBand: 'over-250' as const, spotlightConsent: true },
  ...{ offers: items, needs: items, languages: items },
  roleTitles: Array.from({ length: 30 }, () => 'r'.repeat(70)),
};
const viewer: Member = { id, accountId: id, name: 'Ana', standing: 'backbone', partner: null, ...reader };
const people = Array.from({ length: 30 }, () => ({
  id,
  name: 'n'.repeat(200),
  standing: 'representative' as const,
}));
const list = {
  search: 's'.repeat(80),
  searchRef: id as string,
  total: 5000,
  hasBefore: true,
  hasAfter: true,
};
const partners = Array.from({ length: partnersPerPage }, () => partner);

function preview(): Card {
  const wide = [partner.name, 'x'.repeat(600), 'y'.repeat(60), 'z'.repeat(80), items.join(';')].join(',');
  const wrong = ['w'.repeat(300), 'x'.repeat(900), 'y'.repeat(90), 'z'.repeat(90), 'v'.repeat(90)].join(',');
  const rows = Array.from({ length: 40 }, (_, n) => `${n}${wrong}`);
  const read = readCsv(`Name,Does,Sector,Area,Needs,${'h'.repeat(200)}\n${wide}\n${rows.join('\n')}`);
  if (!read.ok) throw new Error(read.why);
  const before = { ...emptyCard, name: partner.name, does: 'o'.repeat(600), leftAt: now };
  const planned = planImport(read.rows, new Map([[foldName(partner.name), before]]));
  return previewCard({ upload: id, rows: planned, ignored: read.ignored, page: 1 }, reader);
}

const workspaces = Array.from({ length: 40 }, () => ({
  ...{ id, platform: 'discord' as const, ref: 'r', name: 'n'.repeat(100) },
}));
const longAccount = { id, platform: 'discord' as const, name: 'a'.repeat(80), workspace: 'w'.repeat(100) };
const accounts = Array.from({ length: 30 }, () => longAccount);

test.each([
  ['a partner', partnerCard({ partner, people, viewer, now }, reader)],
  ['what can be edited', editCard({ partner, viewer }, reader)],
  ['a question', freshnessCard(partner, now, reader)],
  ['a list', partnersCard({ ...list, partners }, reader)],
  ['a preview', preview()],
  ['linked', linkedCard({ coalition: 'c'.repeat(80), isBack: true }, reader)],
  ['workspaces', unlinkCard(workspaces, reader)],
  [
    'a question about a workspace',
    unlinkAskCard({ workspace: id, name: 'n'.repeat(100), onlyThere: 99, isHere: true }, reader),
  ],
  ['own accounts', accountCodeCard('0000-0000-0000', accounts, reader)],
  ['a question about an account', unlinkAccountCard(longAccount, reader)],
  ['two members', mergeCard({ code: id, here: viewer, there: viewer }, reader)],
])('%s with the longest words fits into one message everywhere', (_, card) => {
  expect(findCardProblems(withOwnIds(card), reader)).toEqual([]);
  expect(cardText(card, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(card.parts.length).toBeLessThanOrEqual(limits.cardParts);
  for (const part of card.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part === 'select') {
      expect(part.select.choices.length).toBeLessThanOrEqual(limits.choices);
      for (const choice of part.select.choices)
        expect(choice.label.length).toBeLessThanOrEqual(limits.choiceLabel);
    }
  }
});
