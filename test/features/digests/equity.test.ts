import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GroupShare, sharesBy } from '../../../src/features/digests/equity/rules.ts';
import { listShares } from '../../../src/features/digests/equity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { seeded } from '../../support/seeded.ts';

let bot: TestBot;
let coalition: TestCoalition;
const now = new Date('2026-03-02T15:00:00Z');
const dayMs = 86_400_000;
const since = new Date(now.getTime() - 365 * dayMs);
const sectors = ['Food', 'food ', 'Health', ''];
const sizes = ['1-10', '11-50', ''];

/** A year of rows in every table that the figures come from, some of them too old to count. */
beforeAll(async () => {
  bot = await openTestBot({ at: now.toISOString() });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: Array.from({ length: 9 }, (_, number) => ({
      name: `Partner ${number}`,
      sector: sectors[number % sectors.length] ?? '',
      voices: [`Voice ${number}`],
    })),
  });
  const { database } = bot;
  const coalitionId = coalition.id;
  const chance = seeded(5);
  const partners = await database.partner.findMany({ orderBy: { name: 'asc' } });
  const pick = () => partners[Math.floor(chance() * partners.length)]?.id ?? '';
  const when = () => new Date(now.getTime() - chance() * 500 * dayMs);
  for (const [index, { id }] of partners.entries())
    await database.partner.update({ where: { id }, data: { sizeBand: sizes[index % sizes.length] ?? '' } });
  for (let number = 0; number < 30; number += 1) {
    const group = await database.introGroup.create({
      data: {
        coalitionId,
        origin: 'staff',
        key: `g${number}`,
        state: 'sent',
        createdAt: when(),
        sentAt: when(),
      },
    });
    for (const partnerId of new Set([pick(), pick(), pick()])) {
      const member = await database.member.findFirstOrThrow({ where: { partnerId } });
      await database.introSeat.create({
        data: { coalitionId, groupId: group.id, memberId: member.id, partnerId },
      });
    }
    await database.touchpoint.create({
      data: {
        coalitionId,
        partnerId: pick(),
        kind: chance() < 0.5 ? 'ask' : 'give',
        feature: 'roles',
        at: when(),
      },
    });
    const shownAt = when();
    await database.spotlightTurn.create({
      data: {
        coalitionId,
        partnerId: pick(),
        sector: '',
        round: 1,
        issueId: group.id,
        state: chance() < 0.7 ? 'shown' : 'declined',
        askedAt: shownAt,
        answerBy: shownAt,
        shownAt,
      },
    });
    const openedAt = when();
    const decision = await database.decision.create({
      data: {
        coalitionId,
        question: `Question ${number}`,
        terms: {},
        state: number % 7 === 0 ? 'withdrawn' : 'closed',
        openedById: coalition.memberId('Ana'),
        draftedAt: openedAt,
        openedAt,
        closesAt: openedAt,
      },
    });
    for (const partnerId of new Set([pick(), pick(), pick(), pick()])) {
      const voice = await database.decisionVoice.create({
        data: {
          coalitionId,
          decisionId: decision.id,
          partnerId,
          name: 'x',
          sector: '',
          answered: chance() < 0.3,
        },
      });
      if (voice.answered || chance() < 0.5) continue;
      await database.decisionBallot.create({
        data: {
          voiceId: voice.id,
          coalitionId,
          decisionId: decision.id,
          mark: {},
          castById: coalition.memberId('Ana'),
          byPrimary: true,
          castAt: openedAt,
        },
      });
    }
  }
  for (let number = 0; number < 6; number += 1) {
    const role = await database.role.create({
      data: {
        coalitionId,
        title: `Role ${number}`,
        purpose: '',
        minutesAMonth: 1,
        leastSeats: 1,
        mostSeats: 9,
        state: 'open',
        createdAt: now,
      },
    });
    for (const [seat, partnerId] of [...new Set([pick(), pick()])].entries()) {
      const current = chance() < 0.7 ? true : null;
      await database.roleTerm.create({
        data: { coalitionId, roleId: role.id, seat, partnerId, startedAt: now, current },
      });
    }
  }
});
afterAll(() => bot.end());

/** The same figures, counted row by row from whole tables, without a line of the code under test. */
async function recount(groupOf: (partner: { sector: string; sizeBand: string }) => string) {
  const { database } = bot;
  const partners = await database.partner.findMany();
  const groups = await database.introGroup.findMany();
  const seats = await database.introSeat.findMany();
  const touchpoints = await database.touchpoint.findMany();
  const turns = await database.spotlightTurn.findMany();
  const decisions = await database.decision.findMany();
  const voices = await database.decisionVoice.findMany();
  const ballots = await database.decisionBallot.findMany();
  const terms = await database.roleTerm.findMany();
  const found: Record<string, Omit<GroupShare, 'group'>> = {};
  for (const partner of partners) {
    const key = groupOf(partner).trim().toLowerCase();
    const mine = (row: { partnerId: string | null }) => row.partnerId === partner.id;
    const introduced = seats.filter(
      (seat) => mine(seat) && (groups.find(({ id }) => id === seat.groupId)?.sentAt ?? new Date(0)) >= since,
    ).length;
    const asked = voices.filter((voice) => {
      const decision = decisions.find(({ id }) => id === voice.decisionId);
      return mine(voice) && decision?.state !== 'withdrawn' && (decision?.openedAt ?? new Date(0)) >= since;
    });
    const said = asked.filter(
      (voice) => voice.answered || ballots.some(({ voiceId }) => voiceId === voice.id),
    );
    const sum = found[key] ?? {
      partners: 0,
      introduced: 0,
      neverIntroduced: 0,
      spotlighted: 0,
      reminded: 0,
      voices: 0,
      voted: 0,
      roles: 0,
    };
    found[key] = {
      partners: sum.partners + 1,
      introduced: sum.introduced + introduced,
      neverIntroduced: sum.neverIntroduced + (introduced === 0 ? 1 : 0),
      spotlighted:
        sum.spotlighted +
        turns.filter((turn) => mine(turn) && turn.state === 'shown' && turn.shownAt && turn.shownAt >= since)
          .length,
      reminded:
        sum.reminded +
        touchpoints.filter((touch) => mine(touch) && touch.kind === 'ask' && touch.at >= since).length,
      voices: sum.voices + asked.length,
      voted: sum.voted + said.length,
      roles: sum.roles + terms.filter((term) => mine(term) && term.current).length,
    };
  }
  return found;
}

test('the figures are what somebody counts from the raw rows, by sector and by size', async () => {
  const shares = await listShares(bot.database, coalition.id, since);
  for (const by of ['sector', 'size'] as const) {
    const counted = await recount((partner) => (by === 'sector' ? partner.sector : partner.sizeBand));
    const told = sharesBy(shares, by);
    expect(told.length).toBe(Object.keys(counted).length);
    for (const { group, ...figures } of told)
      expect(figures, group).toEqual(counted[group.trim().toLowerCase()]);
    expect(told.reduce((sum, { introduced }) => sum + introduced, 0)).toBeGreaterThan(10);
    expect(told.reduce((sum, { voted }) => sum + voted, 0)).toBeGreaterThan(10);
  }
});

test('staff see them with what the rotations do; nobody else does', async () => {
  const told = await coalition.person('Ana').says('/digest equity');
  expect(told.text).toContain('Food (5 partners): introduced');
  expect(told.text).toContain('Spotlight: everyone once before anyone twice');
  expect(told.text).toMatch(/voted in \d+ % of decisions/);
  expect((await coalition.person('Ana').says('/digest equity by:size')).text).toContain('by size');
  expect((await coalition.person('Voice 1').says('/digest equity')).refused).toBe('core.backbone');
});
