import { afterEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type NewPartner, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
afterEach(() => bot.end());

/** Monday 2 March 2026, 09:00 in Winnipeg; the digest is due on Wednesday the 11th, its answer on the 9th. */
const food: NewPartner = {
  name: 'Food Bank',
  sector: 'Food',
  does: 'Feeds 400 families',
  needs: ['drivers', 'a van'],
  offers: ['meals'],
  joinedAt: '2026-01-01T00:00:00Z',
  voices: ['Ben', 'Bea'],
};
const clinic: NewPartner = {
  name: 'Clinic',
  sector: 'Health',
  does: 'Sees everybody',
  joinedAt: '2026-01-02T00:00:00Z',
  voices: ['Cleo'],
};

async function begin(silent = 'card', partners: readonly NewPartner[] = [food, clinic]) {
  bot = await openTestBot({ at: '2026-03-05T15:00:00Z' });
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners });
  const ana = coalition.person('Ana');
  // This week's Wednesday is over, so the first digest is next week's.
  await ana.says(`/digest schedule wednesday 09:00 general ${silent} 2`);
  await bot.settle();
  return { ana, ben: coalition.person('Ben'), cleo: coalition.person('Cleo') };
}

async function passTo(at: string) {
  bot.clockHand.goTo(at);
  await bot.settle();
}

const reader = { language: 'en', timeZone: 'America/Winnipeg' };
const readOut = () => bot.channel('general').map((each) => cardText(each.card, reader));
const read = (posted: { card: Parameters<typeof cardText>[0] } | undefined) =>
  posted ? cardText(posted.card, reader) : '';

test('the voice is asked with the card filled in, changes it, and that is what everyone reads', async () => {
  const { ben } = await begin();
  const asked = ben.inbox();
  expect(asked).toHaveLength(1);
  expect(read(asked[0])).toContain('by Monday, 9 March 2026 at 09:00');
  expect(read(asked[0])).toContain('Working on: Feeds 400 families');
  expect(read(asked[0])).toContain('your card’s own text is shown');

  const form = await ben.presses('Say it our way', asked[0]);
  expect(form.form?.fields.map(({ value }) => value)).toEqual([
    'Feeds 400 families',
    '',
    'drivers, a van',
    'meals',
  ]);
  const approved = await ben.fills({ working: 'A second kitchen', fits: 'Nobody learns hungry' });
  expect(approved.text).toContain('Approved');

  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()).toHaveLength(1);
  for (const line of [
    'In the spotlight',
    'Food Bank',
    'Working on: A second kitchen',
    'How it fits: Nobody',
  ]) {
    expect(readOut()[0]).toContain(line);
  }
  expect((await ben.presses('Approve', asked[0])).text).toContain('was in the digest of');
});

test('an answer over the limit is refused before anything is stored', async () => {
  const { ben } = await begin();
  await ben.presses('Say it our way', ben.inbox()[0]);
  const refusal = await ben.fills({ working: 'x'.repeat(10_000) });
  expect(refusal.text).toContain('9,600 characters too long');
  expect((await bot.database.spotlightTurn.findFirstOrThrow()).working).toBe('Feeds 400 families');
});

test('approving twice is approving once', async () => {
  const { ben } = await begin();
  expect((await ben.presses('Approve', ben.inbox()[0])).text).toContain('Approved');
  expect((await ben.presses('Approve', ben.inbox()[0])).text).toContain('Approved');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Feeds 400 families');
});

test('silence means the card’s own text, as it is when the digest goes out', async () => {
  const { ana } = await begin('card');
  await passTo('2026-03-09T14:00:00Z');
  expect((await ana.says('/digest order')).text).toContain(
    'Food Bank has the next spotlight, with its card’s own',
  );
  await bot.database.partner.updateMany({
    where: { name: 'Food Bank' },
    data: { does: 'Feeds 500 families' },
  });
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Feeds 500 families');
});

test('an answer after the deadline is taken while there is time, and says so', async () => {
  const { ben } = await begin('card');
  await passTo('2026-03-10T14:00:00Z');
  const late = await ben.presses('Approve', ben.inbox()[0]);
  expect(late.text).toContain('The answer was due');
  expect(late.text).toContain('has not gone out yet, so I took yours');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Food Bank');
});

test('silence means the next partner where the coalition chose that', async () => {
  const { ben, cleo } = await begin('next');
  expect(cleo.inbox()).toHaveLength(0);
  await passTo('2026-03-09T14:00:00Z');
  expect(cleo.inbox()).toHaveLength(1);
  const tooLate = await ben.presses('Approve', ben.inbox()[0]);
  expect(tooLate.text).toContain('so the turn went to the next partner');
  await cleo.presses('Approve', cleo.inbox()[0]);
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Sees everybody');
  expect(readOut()[0]).not.toContain('Feeds 400');
});

test('nobody answered in time: no spotlight, and the digest says the rest', async () => {
  const { ben } = await begin('next');
  await ben.says('/digest announce Come by');
  await passTo('2026-03-09T14:00:00Z');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Come by');
  expect(readOut()[0]).not.toContain('In the spotlight');
});

test('a partner puts its turn off: another is asked at once, and it comes up again later', async () => {
  const { ana, ben, cleo } = await begin();
  const off = await ben.presses('Another time', ben.inbox()[0]);
  expect(off.text).toContain('Put off');
  expect((await ben.presses('Another time', ben.inbox()[0])).text).toContain('Put off');
  await bot.settle();
  expect(cleo.inbox()).toHaveLength(1);
  expect((await ana.says('/digest order')).text).toContain('put off before, so after the others');
  await cleo.presses('Approve', cleo.inbox()[0]);
  await passTo('2026-03-11T14:00:00Z');
  await passTo('2026-03-12T14:00:00Z');
  expect(ben.inbox()).toHaveLength(2);
});

test('a partner declines the round, and is not asked again in it', async () => {
  const { ana, ben, cleo } = await begin();
  expect((await ben.presses('Not this round', ben.inbox()[0])).text).toContain('Not this round');
  await bot.settle();
  expect(cleo.inbox()).toHaveLength(1);
  const order = (await ana.says('/digest order')).text;
  expect(order).toContain('Clinic has the next spotlight');
  expect(order).toContain('Food Bank: round 2');
});

test('a partner that does not take part is left out, and can come back', async () => {
  const { ana, ben, cleo } = await begin();
  await ben.says('/digest spotlight');
  expect((await ben.presses('Don’t take part')).text).toContain('does not take part');
  await bot.settle();
  expect(cleo.inbox()).toHaveLength(1);
  expect((await ana.says('/digest order')).text).toContain('Left out: 1 partner that does not take part');
  expect((await ben.presses('Approve', ben.inbox()[0])).text).toContain('taken back');
  await ben.says('/digest spotlight');
  expect((await ben.presses('Take part')).text).toContain('Food Bank takes part');
});

test('only the partner’s own voices answer for it', async () => {
  const { ben, cleo, ana } = await begin();
  const asked = ben.inbox()[0];
  expect((await cleo.presses('Approve', asked)).refused).toBe('digests.not-yours');
  expect((await cleo.presses('Say it our way', asked)).refused).toBe('digests.not-yours');
  expect((await ana.presses('Approve', asked)).refused).toBe('core.voice');
  expect((await coalition.person('Bea').presses('Approve', asked)).text).toContain('Approved');
});

test('the representative is away, so the alternate is asked', async () => {
  bot = await openTestBot({ at: '2026-03-05T15:00:00Z' });
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners: [food] });
  const awayUntil = new Date('2026-04-01T00:00:00Z');
  await bot.database.member.update({ where: { id: coalition.memberId('Ben') }, data: { awayUntil } });
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  await bot.settle();
  expect(coalition.person('Bea').inbox()).toHaveLength(1);
});

test('a deadline that was stated is kept when the schedule moves to an earlier day', async () => {
  const { ana, ben } = await begin('card');
  await ana.says('/digest schedule monday 08:00 general');
  await ben.says('/digest announce Come by');
  await passTo('2026-03-09T13:00:00Z');
  expect(readOut()[0]).toContain('Come by');
  expect(readOut()[0]).not.toContain('In the spotlight');
  expect((await ben.presses('Approve', ben.inbox()[0])).text).toContain('Approved');
  await passTo('2026-03-16T13:00:00Z');
  expect(readOut()[1]).toContain('Food Bank');
});

test('staff drop the spotlight from one digest; the turn keeps its place', async () => {
  const { ana, ben } = await begin();
  await ben.presses('Approve', ben.inbox()[0]);
  await ben.says('/digest announce Come by');
  expect((await ana.says('/digest drop spotlight')).text).toContain('Dropped from this digest');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).not.toContain('In the spotlight');
  await passTo('2026-03-18T14:00:00Z');
  expect(readOut()[1]).toContain('Food Bank');
});

test('a partner without a voice is shown by its card, and one without anything is left out', async () => {
  const { ana } = await begin('card', [{ ...food, voices: [] }, { name: 'Empty' }]);
  expect((await ana.says('/digest order')).text).toContain('1 that nobody speaks for');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('Feeds 400 families');
});

test('over the weeks everyone is shown once before anyone twice', async () => {
  const many = ['A', 'B', 'C', 'D'].map((name, index) => ({
    name: `Partner ${name}`,
    sector: index % 2 ? 'Food' : 'Health',
    does: 'Helps',
  }));
  await begin('card', many);
  const weeks = ['03-11', '03-18', '03-25', '04-01', '04-08'];
  for (const week of weeks) await passTo(`2026-${week}T14:00:00Z`);
  const shown = readOut().map((digest) => /Partner \w/.exec(digest)?.[0]);
  expect(shown).toHaveLength(5);
  expect(new Set(shown.slice(0, 4)).size).toBe(4);
});

test('among five thousand partners staff see who comes next, and how many more', async () => {
  bot = await openTestBot({ at: '2026-03-05T15:00:00Z' });
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners: [food] });
  const joinedAt = bot.clockHand.now();
  await bot.database.partner.createMany({
    data: Array.from({ length: 5000 }, (_, index) => ({
      coalitionId: coalition.id,
      name: `Partner ${index}`,
      nameKey: `partner ${index}`,
      sector: `Sector ${index % 7}`,
      does: 'Helps',
      joinedAt,
      confirmedAt: joinedAt,
    })),
  });
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  await bot.settle();
  const order = await coalition.person('Ana').says('/digest order');
  expect(order.text).toContain('Food Bank has the next spotlight');
  expect(order.text).toContain('And 4,990 more');
  expect(order.text.length).toBeLessThan(limits.cardText);
});
