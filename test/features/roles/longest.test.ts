import { expect, test } from 'vitest';
import { type Card, card } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import { instant } from '../../../src/core/text.ts';
import type { Member } from '../../../src/core/who.ts';
import {
  askCard,
  renewalCard,
  signersCard,
  signersPerCard,
} from '../../../src/features/agreement/signing/cards.ts';
import {
  agreementCard,
  changesCard,
  commentsCard,
  commentsPerCard,
  draftCard,
} from '../../../src/features/agreement/versions/cards.ts';
import { mostText, sectionNames, type Version } from '../../../src/features/agreement/versions/rules.ts';
import { closeCard, liveCard, ownCard, rolesCard } from '../../../src/features/roles/catalogue/cards.ts';
import type { RoleSheet } from '../../../src/features/roles/catalogue/rules.ts';
import {
  boardListCard,
  boardPage,
  boardShows,
  jobOfferCard,
  kindBoardCard,
  offersPreviewCard,
  staffBoardCard,
} from '../../../src/features/roles/coverage/cards.ts';
import type { Suggestion } from '../../../src/features/roles/coverage/rules.ts';
import { groupsCard } from '../../../src/features/roles/groups/cards.ts';
import type { RoleGroup } from '../../../src/features/roles/groups/rules.ts';
import {
  closeRosterCard,
  dutyCard,
  rosterCard,
  rostersCard,
} from '../../../src/features/roles/rosters/cards.ts';
import { offerCard } from '../../../src/features/roles/seats/cards.ts';
import { heldParts, moveCard, orphanedCard } from '../../../src/features/roles/succession/cards.ts';
import { termCard, totalsCard } from '../../../src/features/roles/terms/cards.ts';
import { findCardProblems, withOwnIds } from '../../support/drawings.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const now = new Date('2026-09-23T15:00:00Z');
const id = '0195f3a0-0000-7000-8000-000000000001' as never;
const date = '2026-09-23';
const title = 'T'.repeat(70);
const name = 'P'.repeat(80);
const person = { id, name: 'N'.repeat(100) };
const partner = { id, name };
const many = <T>(count: number, of: T): T[] => Array.from({ length: count }, () => of);
const staff: Member = { ...person, accountId: id, standing: 'backbone', partner, ...reader };

const group: RoleGroup = {
  ...{ id, coalitionId: id, role: { id, title }, platform: 'slack', workspaceRef: 'T1', workspace: name },
  ...{ ref: 'S1', name: 'g'.repeat(100), ended: false, problem: 'not-allowed', kept: [] },
};

const sheet: RoleSheet = {
  ...{ id, title, purpose: 'u'.repeat(400), tasks: 't'.repeat(600), minutesAMonth: 9599, termMonths: 60 },
  ...{ skills: many(10, 's'.repeat(40)), serves: 'g'.repeat(100), leastSeats: 50, mostSeats: 50 },
  ...{ buddy: person, standIn: person, state: 'open', proposedBy: person, freeSeats: 0 },
  holders: many(50, {
    ...{ term: id, seat: 1, partner, member: person, alternate: person, startedAt: now, endsOn: date },
  }),
  offered: many(2, {
    ...{ number: 1, seat: 1, partner, member: person, passing: false },
    until: instant(now, reader.timeZone),
  }),
  line: many(300, partner),
};
const line = {
  ...{ id, title, purpose: '', minutesAMonth: 9599, state: 'open' as const },
  ...{ mostSeats: 50, held: 49, free: 1, waiting: 0 },
};
const suggestion: Suggestion = {
  role: { ...sheet, held: 0 },
  reason: { why: 'skill', offer: 'o'.repeat(50), skill: 's'.repeat(40) },
};
const share = { name: 's'.repeat(60), partners: 300, holding: 150 };
const coverage = {
  ...{ partners: 300, holding: 150, roles: 500, freeSeats: 2500 },
  ...{ bySector: many(8, share), bySize: many(8, share) },
};
const page = (take: number) => ({
  total: 300,
  lines: many(take, { id: '1', name, note: 's'.repeat(60), count: 9599 }),
});
const lists = {
  'without-role': page(boardShows),
  'without-partner': page(boardShows),
  heavy: page(boardShows),
  fragile: page(boardShows),
};
const ofRole = { role: { id, title } };
const held = {
  terms: many(10, { ...ofRole, term: id, partner: id, alternate: null, endsOn: date }),
  ...{ stepsIn: many(10, ofRole), helps: many(10, ofRole), rosters: many(10, { name: title }) },
  ...{ waits: many(10, { ...ofRole, partner: id }), asked: many(10, { ...ofRole, partner: id, offer: 1 }) },
};
const duty = {
  ...{ id, roster: id, name: 'R'.repeat(60), heldOn: date, partner: id, partnerName: name, member: id },
};
const roster = {
  id,
  name: 'R'.repeat(60),
  takers: many(40, partner),
  duties: many(4, { heldOn: date, partner: name }),
};
const offer = { role: id, title, offer: 100, until: now, timeZone: reader.timeZone };
const totals = {
  ...{ minutes: 999_999, days: 9999, daysWithoutHours: 999, partners: 300 },
  byRole: many(10, { title, minutes: 99_999, days: 999 }),
};
const candidate = { id, name, does: '', sector: '', area: '', offers: [], memberId: id };
const plan = many(200, { to: candidate, suggestions: many(3, suggestion) });
const texts = Object.fromEntries(sectionNames.map((section) => [section, 'w'.repeat(mostText)]));
const version = {
  ...{ id, number: 99, state: 'adopted', adoptedAt: now, adoptedWhy: 'w'.repeat(500), ...texts },
  ...{ roles: 10, meetings: 100, data: 100, renewMonths: 60, signingNeeded: true },
} as unknown as Version;
const changes = sectionNames.map((section) => ({
  ...{ section, before: 'b'.repeat(mostText), after: 'a'.repeat(mostText) },
}));
const comment = { who: person.name, partner: name, text: 'c'.repeat(800), at: now };
const signer = { partnerId: id, partner: name, member: person.name, signedAt: now, renewsOn: date };
const standing = [`${name}${person.name} until ${date}`];
const asking = { version, partner: name, coalition: 'C'.repeat(80), signedBefore: true };

test.each<[string, Card]>([
  ['a role', liveCard(reader, sheet)],
  ['a role for staff', ownCard(reader, sheet, staff, ['a'.repeat(200)])],
  ['the roles', rolesCard(reader, { roles: many(10, line), total: 500, page: 1 })],
  ['closing a role', closeCard(reader, sheet)],
  ['an offered seat', offerCard(reader, { ...offer, passedBy: name, handOver: 'h'.repeat(800) })],
  ['a term ending', termCard(reader, { role: id, term: id, title, endsOn: date, step: 'day' })],
  ['the work noted', totalsCard(reader, { from: date, to: date, totals })],
  ['the board', staffBoardCard(reader, { coverage, lists })],
  ['the kind board', kindBoardCard(reader, { coverage, lists })],
  ['a list of the board', boardListCard(reader, 'heavy', 1, page(boardPage))],
  ['a job offer', jobOfferCard(reader, { offer: id, partner: name, suggestions: many(3, suggestion) })],
  ['the next job offers', offersPreviewCard(reader, { when: ['soon'], each: 12, plan })],
  ['what somebody left', orphanedCard(reader, { left: person, terms: held.terms })],
  ['moving everything', moveCard(reader, { from: person, to: person, held })],
  ['what somebody holds', card(...heldParts(reader, held))],
  ['the rosters', rostersCard(reader, many(25, roster))],
  ['a roster', rosterCard(reader, ['a'.repeat(200)], roster)],
  ['a duty', dutyCard(reader, duty, 'planned')],
  [
    'the agreement',
    agreementCard(reader, {
      ...{ version, timeZone: reader.timeZone, standing, maySign: true, hasBefore: true, hasDraft: true },
      adoptedBy: 99_999,
    }),
  ],
  ['the draft', draftCard(reader, { draft: version, comments: 999, staff: true, above: ['a'.repeat(100)] })],
  [
    'what changed',
    changesCard(reader, { id, number: 99, changes, page: 1, termsChanged: true, terms: version }),
  ],
  [
    'comments',
    commentsCard(reader, { comments: many(commentsPerCard, comment), total: 99, page: 1, timeZone: 'UTC' }),
  ],
  ['groups that follow roles', groupsCard(reader, many(40, group), ['a'.repeat(300)])],
  ['ending a roster', closeRosterCard(reader, { id, name: title, ahead: 366 })],
  ['asking to sign', askCard(reader, asking)],
  ['a renewal', renewalCard(reader, { version: id, partner: name, renewsOn: date, reminder: 'soon' })],
  [
    'who signed',
    signersCard(reader, {
      ...{
        number: 99,
        which: 'signed' as const,
        page: 1,
        signers: many(signersPerCard, signer),
        total: 300,
        others: 99,
      },
      timeZone: reader.timeZone,
    }),
  ],
])('%s with the longest words fits into one message everywhere', (_, drawn) => {
  expect(findCardProblems(withOwnIds(drawn), reader)).toEqual([]);
  expect(cardText(drawn, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(drawn.parts.length).toBeLessThanOrEqual(limits.cardParts);
  let buttons = 0;
  for (const part of drawn.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part === 'fields') expect(part.fields.length).toBeLessThanOrEqual(limits.cardFields);
    if (part.part === 'select') {
      expect(part.select.choices.length).toBeLessThanOrEqual(limits.choices);
      for (const { label } of part.select.choices)
        expect(label.length).toBeLessThanOrEqual(limits.choiceLabel);
    }
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
