import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

/** Whoever goes to another organisation keeps what is that one's; whoever takes over is asked what is open. */
let bot: TestBot;
let coalition: TestCoalition;

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-05T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      {
        name: 'Food Bank',
        does: 'Feeds 400 families',
        joinedAt: '2026-01-01T00:00:00Z',
        voices: ['Ben', 'Bea'],
      },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

const says = (who: string, typed: string) => coalition.person(who).says(typed);
const idOf = (who: string) => coalition.memberId(who);
const inbox = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .map(({ card }) => JSON.stringify(card));
const lastAsk = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .findLast(({ card }) => JSON.stringify(card).includes('Who speaks for'));

/** A seat that somebody holds for an organisation. */
async function givesRole(title: string, who: string, partner: string) {
  const { database } = bot;
  const coalitionId = coalition.id;
  const now = bot.clockHand.now();
  const of = { title, titleKey: title.toLowerCase(), purpose: '', state: 'open', createdAt: now };
  const { id: roleId } = await database.role.create({
    data: { coalitionId, ...of, minutesAMonth: 60, leastSeats: 1, mostSeats: 1 },
  });
  const own = { memberId: idOf(who), partnerId: coalition.partnerId(partner) };
  await database.roleTerm.create({ data: { coalitionId, roleId, seat: 1, ...own, startedAt: now } });
}
const holderOf = async (title: string) => {
  const { memberId } = await bot.database.roleTerm.findFirstOrThrow({ where: { role: { title } } });
  return ['Ben', 'Bea', 'Cleo'].find((name) => idOf(name) === memberId);
};
/** Ben joins again with the same account, for another organisation. */
async function joinsLibrary(who: string) {
  await says(who, '/coalition leave');
  await coalition.person(who).presses('Leave the coalition');
  await bot.settle();
  await bot.database.member.update({
    where: { id: idOf(who) },
    data: { leftAt: null, partnerId: coalition.partnerId('Library'), standing: 'alternate' },
  });
}

test('whoever left and came back for another organisation keeps what they hold for that one', async () => {
  await givesRole('Note-taker', 'Ben', 'Food Bank');
  await joinsLibrary('Ben');
  await givesRole('Driver', 'Ben', 'Library');
  await says('Ana', '/intros one one:Ben other:Bea reason:"Both asked about reading"');
  await bot.settle();
  await coalition.person('Bea').presses('I take over', lastAsk('Bea'));
  const list = await says('Ana', '/attention handovers');
  expect(list.text).toContain('Only what they still hold for Food Bank moves');
  await coalition.person('Ana').presses('Confirm Bea', list);
  expect([await holderOf('Note-taker'), await holderOf('Driver')]).toEqual(['Bea', 'Ben']);
  const seat = { partnerId: coalition.partnerId('Library') };
  expect(await bot.database.introSeat.findFirst({ where: seat })).toMatchObject({ memberId: idOf('Ben') });
  await bot.settle();
  expect(inbox('Ben').some((each) => each.includes('holds what you held here'))).toBe(false);
});

test('when nobody takes over from somebody who is elsewhere by now, nothing of theirs there is freed', async () => {
  await joinsLibrary('Ben');
  await givesRole('Driver', 'Ben', 'Library');
  const list = await says('Ana', '/attention handovers');
  const done = await coalition.person('Ana').presses('Nobody takes over', list);
  expect(done.text).toContain('keeps what they hold for that one');
  expect(await holderOf('Driver')).toBe('Ben');
  expect(await bot.database.roleTerm.count({ where: { current: true } })).toBe(1);
});

test('whoever was named and has gone to another organisation since cannot be confirmed', async () => {
  await givesRole('Note-taker', 'Ben', 'Food Bank');
  await says('Ana', '/attention handover member:Ben');
  await bot.settle();
  await coalition.person('Bea').presses('I take over', lastAsk('Bea'));
  const list = await says('Ana', '/attention handovers');
  await joinsLibrary('Bea');
  const refused = await coalition.person('Ana').presses('Confirm Bea', list);
  expect(refused.refused).toBe('attention.not-theirs');
  expect(refused.text).toContain('Bea does not belong to Food Bank any more');
  expect(await holderOf('Note-taker')).toBe('Ben');
  expect((await says('Ana', '/attention handovers')).text).not.toContain('Confirm Bea');
});

test('whoever takes over from somebody silent is asked for the spotlight and the signature that are open', async () => {
  const ana = coalition.person('Ana');
  await says('Ana', '/digest schedule wednesday 09:00 general card 2');
  await says('Ana', '/agreement draft');
  await ana.fills({
    ...{ time: 'Two hours a month', duration: 'One year at a time', gives: 'A voice', gets: 'A say' },
    changes: 'By consent of all partners',
  });
  await ana.presses('Staying and promises', await says('Ana', '/agreement review'));
  await ana.fills({ staying: 'Coming to one meeting in two' });
  await says('Ana', '/agreement adopt');
  await ana.presses('Adopt it');
  await ana.fills({ why: 'Agreed at the March meeting' });
  await bot.settle();
  const turn = await bot.database.spotlightTurn.findFirstOrThrow();
  expect(turn).toMatchObject({ partnerId: coalition.partnerId('Food Bank'), askedId: idOf('Ben') });
  const asked = (who: string) =>
    ['Your turn in the spotlight', 'Would you sign it for Food Bank'].filter((words) =>
      inbox(who).some((each) => each.includes(words)),
    );
  expect([asked('Ben').length, asked('Bea').length]).toEqual([2, 0]);

  await says('Ana', '/attention handover member:Ben');
  await bot.settle();
  await coalition.person('Bea').presses('I take over', lastAsk('Bea'));
  await ana.presses('Confirm Bea', await says('Ana', '/attention handovers'));
  await bot.settle();
  expect(await bot.database.spotlightTurn.findFirst()).toMatchObject({ askedId: idOf('Bea') });
  expect(asked('Bea')).toEqual(asked('Ben'));
});
