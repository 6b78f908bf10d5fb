import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinedChoice } from '../../../src/features/introductions/people/rules.ts';
import { listCandidates } from '../../../src/features/introductions/people/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Benny', 'Bea', 'Bee'] },
      { name: 'Library', voices: ['Lee', 'Lea'] },
      { name: 'Clinic', voices: ['Cleo'] },
    ],
  });
});
afterAll(() => bot.end());

/** Two groups: in the first sits `from` and, under a partner they were with before, `into`; in the second `from`. */
async function chosen(from: string, into: string | null) {
  const { database } = bot;
  const here = { coalitionId: coalition.id };
  const one = { ...here, memberId: coalition.memberId(from) };
  const other = into && { ...here, memberId: coalition.memberId(into) };
  const [bank, library, clinic] = ['Food Bank', 'Library', 'Clinic'].map((name) => coalition.partnerId(name));
  await database.introChoice.create({ data: { ...one, takesPart: true } });
  await database.introSkip.createMany({
    data: ['2026-03-06', '2026-03-13'].map((date) => ({ ...one, date })),
  });
  await database.introAvoid.createMany({
    data: [library ?? '', clinic ?? ''].map((partnerId) => ({ ...one, partnerId })),
  });
  for (const nth of [1, 2]) {
    const createdAt = bot.clockHand.now();
    const group = { ...here, origin: 'staff', key: `${from} ${nth}`, state: 'sent', createdAt };
    const { id: groupId } = await database.introGroup.create({ data: group });
    await database.introSeat.create({ data: { ...one, groupId, partnerId: bank ?? '', answer: 'met' } });
    if (other && nth === 1) {
      await database.introSeat.create({ data: { ...other, groupId, partnerId: library ?? '' } });
    }
  }
  if (!other) return;
  await database.introChoice.create({ data: { ...other, takesPart: false } });
  await database.introSkip.create({ data: { ...other, date: '2026-03-06' } });
  await database.introAvoid.create({ data: { ...other, partnerId: library ?? '' } });
}

async function standsFor(name: string) {
  const where = { coalitionId: coalition.id, memberId: coalition.memberId(name) };
  const choices = await bot.database.introChoice.findMany({ where });
  const seats = await bot.database.introSeat.findMany({ where, orderBy: { groupId: 'asc' } });
  return {
    takesPart: choices.map(({ takesPart }) => takesPart),
    skips: await bot.database.introSkip.count({ where }),
    avoids: await bot.database.introAvoid.count({ where }),
    answers: seats.map(({ answer }) => answer),
  };
}

test('what was chosen and answered with another account is theirs', async () => {
  await chosen('Bee', null);
  const { from } = await becomeOne(bot, coalition, { from: 'Bee', into: 'Bea' });
  expect(await whereNamed(bot, 'Intro', from)).toEqual([]);
  const stands = { takesPart: [true], skips: 2, avoids: 2, answers: ['met', 'met'] };
  expect(await standsFor('Bea')).toEqual(stands);
});

test('where both had chosen, nothing said twice clashes, and a no wins', async () => {
  await chosen('Benny', 'Ben');
  const { from } = await becomeOne(bot, coalition, { from: 'Benny', into: 'Ben' });
  expect(await whereNamed(bot, 'Intro', from)).toEqual([]);
  const stands = { takesPart: [false], skips: 2, avoids: 2, answers: [null, 'met'] };
  expect(await standsFor('Ben')).toEqual(stands);
});

test('a no, a pause and a wish to avoid somebody outlast the account they were said with', async () => {
  const member = (name: string) => coalition.memberId(name);
  const pausedUntil = new Date('2026-05-01T00:00:00Z');
  const own = (name: string) => ({ coalitionId: coalition.id, memberId: member(name) });
  await bot.database.introChoice.create({ data: { ...own('Lea'), takesPart: false, pausedUntil } });
  await bot.database.introChoice.create({ data: { ...own('Lee'), takesPart: true } });
  await bot.database.introAvoid.create({ data: { ...own('Lea'), partnerId: coalition.partnerId('Clinic') } });
  const { into } = await becomeOne(bot, coalition, { from: 'Lea', into: 'Lee' });
  const [lee] = await listCandidates(bot.database, coalition.id, null, [into]);
  expect(lee?.choice).toMatchObject({ takesPart: false, pausedUntil });
  expect(lee?.avoids).toEqual([coalition.partnerId('Clinic')]);
  const said = await coalition.person('Ana').says('/intros one one:Lee other:Cleo reason:"Both do books"');
  expect(said.refused).toBe('introductions.absent');
  expect(said.text).toContain('does not take part');
  expect(coalition.person('Lee').inbox()).toEqual([]);
});

const moment = fc.option(fc.date({ noInvalidDate: true }));
const choice = fc.record({
  takesPart: fc.option(fc.boolean()),
  inChannel: fc.boolean(),
  pausedUntil: moment,
  restedAt: moment,
  buddy: fc.boolean(),
});

test('whichever of two accounts goes on, the same is chosen, and nothing that keeps somebody out is lost', () => {
  fc.assert(
    fc.property(choice, choice, (one, other) => {
      const joined = joinedChoice(one, other);
      expect(joined).toEqual(joinedChoice(other, one));
      if ([one, other].some(({ takesPart }) => takesPart === false)) expect(joined.takesPart).toBe(false);
      for (const { pausedUntil } of [one, other]) {
        if (pausedUntil) expect(joined.pausedUntil?.getTime()).toBeGreaterThanOrEqual(pausedUntil.getTime());
      }
      expect(joined.restedAt !== null).toBe(one.restedAt !== null && other.restedAt !== null);
    }),
  );
});
