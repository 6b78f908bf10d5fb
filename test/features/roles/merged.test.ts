import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben', 'Benny'] }, { name: 'Library' }],
  });
});
afterAll(() => bot.end());

test('who had two accounts holds with one what they held with both, and steps in for nobody but others', async () => {
  const { database } = bot;
  const [from, into] = [coalition.memberId('Benny'), coalition.memberId('Ben')];
  const [one, other] = [coalition.partnerId('Food Bank'), coalition.partnerId('Library')];
  const now = bot.clockHand.now();
  const here = { coalitionId: coalition.id };
  const role = await database.role.create({
    data: {
      ...{ ...here, title: 'Host', titleKey: 'host', purpose: 'Hosts', minutesAMonth: 60, leastSeats: 1 },
      ...{ mostSeats: 3, state: 'open', buddyId: from, standInId: from, proposedById: from, createdAt: now },
    },
  });
  const ofRole = { ...here, roleId: role.id };
  await database.roleTerm.createMany({
    data: [
      { ...ofRole, seat: 1, partnerId: one, memberId: from, alternateId: into, startedAt: now },
      { ...ofRole, seat: 2, partnerId: other, memberId: null, alternateId: from, startedAt: now },
    ],
  });
  const offer = { seat: 3, number: 1, partnerId: one, memberId: from, madeAt: now, until: now };
  await database.roleSeatOffer.create({ data: { ...ofRole, ...offer } });
  await database.roleWaiting.create({
    data: { ...ofRole, partnerId: one, memberId: from, arrival: 1, since: now },
  });
  await database.roleWork.create({
    data: { ...ofRole, partnerId: one, notedById: from, doneOn: '2026-03-01', notedAt: now },
  });
  await database.roleJobOffer.create({
    data: { ...here, partnerId: one, memberId: from, occurrence: '2026-W10', madeAt: now },
  });
  const roster = await database.roster.create({
    data: { ...here, name: 'Notes', nameKey: 'notes', createdAt: now },
  });
  const ofRoster = { ...here, rosterId: roster.id, partnerId: one, memberId: from };
  await database.rosterPartner.create({ data: { ...ofRoster, joinedAt: now } });
  await database.rosterDuty.create({ data: { ...ofRoster, heldOn: '2026-03-05' } });
  const named = [...(await whereNamed(bot, 'Role', from)), ...(await whereNamed(bot, 'Roster', from))];
  expect([...new Set(named)]).toHaveLength(11);

  await becomeOne(bot, coalition, { from: 'Benny', into: 'Ben' });

  expect(await whereNamed(bot, 'Ro', from)).toEqual([]);
  expect(await whereNamed(bot, 'Ro', into)).toEqual([...new Set(named)].sort());
  const terms = await database.roleTerm.findMany({ orderBy: { seat: 'asc' } });
  expect(terms.map(({ memberId, alternateId }) => [memberId, alternateId])).toEqual([
    [into, null],
    [null, into],
  ]);
  expect((await coalition.person('Benny').says('/coalition me')).text).toContain('Host');
});
