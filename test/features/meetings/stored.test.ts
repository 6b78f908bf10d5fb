import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../src/database.ts';
import { meetings } from '../../../src/features/meetings/feature.ts';
import { listInvitable } from '../../../src/features/meetings/proposing/store.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';
import type { Posted } from '../../support/messenger.ts';
import { answers, makeFive, proposes, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
let card: Posted;
const closing = { deadline: '3 days', closing: 'rule', objections: '7', reminders: 'none' };

beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
  card = await proposes(bot, here.person('Ana'), {
    adjust: { 'Who has to come': { required: 'School', quorum: '5' } },
  });
  await answers(here.person('Bea'), card, ['Yes', 'No']);
  await here.person('Bea').presses('Someone else comes for us', card);
  await here.person('Bea').fills({ name: 'Sam Rivera' });
  await answers(here.person('Finn'), card, ['If need be', 'Yes']);
  await bot.settle();
});
afterAll(() => bot.end());

const scope = async (name: string) => ({
  coalition: await getCoalition(bot.database, here.id),
  member: { id: here.memberId(name) } as never,
  tools: bot.tools,
});

test('a member sees what is stored about them', async () => {
  const stored = JSON.stringify(await meetings.adds.stored?.(await scope('Bea')));
  for (const words of ['Winter plan', 'Clinic', 'Sam Rivera', '"answer":"yes"', '2026-03-10'])
    expect(stored).toContain(words);
  expect(JSON.stringify(await meetings.adds.stored?.(await scope('Ben')))).not.toContain('Winter plan');
});

test('what was answered with another account is theirs, and the organisation’s answer stands', async () => {
  expect(await whereNamed(bot, 'Meeting', here.memberId('Bea'))).toEqual(['MeetingGuest.answeredById']);
  const { from, into } = await becomeOne(bot, here, { from: 'Bea', into: 'Ben' });
  expect(await whereNamed(bot, 'Meeting', from)).toEqual([]);
  expect(await whereNamed(bot, 'Meeting', into)).toEqual(['MeetingGuest.answeredById']);
  expect((await here.person('Ben').presses('Answer', card)).text).toContain('you said yes');
});

test('whoever is forgotten leaves no name, and the organisation keeps its answer', async () => {
  const memberId = here.memberId('Ben');
  await bot.tools.write(async (writing) => {
    await meetings.adds.forget?.({ coalitionId: here.id, memberId, writing });
  });
  expect(await whereNamed(bot, 'Meeting', memberId)).toEqual([]);
  const row = await bot.database.meetingGuest.findFirstOrThrow({
    where: { name: 'Clinic' },
    include: { answers: true },
  });
  expect([row.standIn, row.answers.length]).toEqual(['', 2]);
});

test('an organisation that leaves takes its seat and its answers with it, and no more', async () => {
  expect(read(card)).toContain('1 yes, 1 if need be, 0 no');
  expect(read(card)).toContain('At least 5 of 5 organisations.');
  const partnerId = here.partnerId('School');
  const { coalition, tools } = await scope('Ana');
  await tools.write(async (writing) => {
    await meetings.adds.partnerEnded?.({ coalition, partnerId, tools, writing });
  });
  await bot.settle();
  expect(read(card)).toContain('1 yes, 0 if need be, 0 no');
  expect(read(card)).toContain('At least 4 of 4 organisations.');
  expect(read(card)).toContain('Answered: 1/4');
  const slots = await bot.database.meetingSlot.findMany({ orderBy: { position: 'asc' } });
  // Faith, Food, Health, Learning: only the clinic is left of those who answered.
  expect(slots.map(({ sectorIn, requiredIn }) => [sectorIn, requiredIn])).toEqual([
    [[0, 0, 1, 0], 0],
    [[0, 0, 0, 0], 0],
  ]);
});

test('whoever came at a hard hour counts for more when the next hour is looked for', async () => {
  const quiet = { quietHoursStart: '18:00', quietHoursEnd: '08:00' };
  await bot.database.member.updateMany({ where: { name: { in: ['Cleo', 'Dan'] } }, data: quiet });
  const adjust = { 'Who has to come': { quorum: '2' }, 'How it closes': closing };
  const late = await proposes(bot, here.person('Ana'), {
    about: 'Late',
    times: 'Tuesday 10 March 20:00',
    adjust,
  });
  for (const name of ['Cleo', 'Eva']) await answers(here.person(name), late, ['Yes']);
  await bot.settle();
  bot.clockHand.goTo('2026-03-11T01:00:30Z');
  await bot.settle();
  const roll = bot.channel('general').findLast((each) => read(each).startsWith('Who is here?'));
  for (const name of ['Cleo', 'Eva']) await here.person(name).presses('We are here', roll);
  const summary = await here.person('Ana').presses('Finish the meeting', roll);
  await here.person('Ana').presses('Send it', summary);
  await bot.settle();
  const invitable = await listInvitable(
    bot.database as unknown as Tx,
    await getCoalition(bot.database, here.id),
  );
  const took = Object.fromEntries(invitable.map(({ name, took }) => [name, took]));
  expect(took).toMatchObject({ 'Food Bank': 1, Library: 0, Mosque: 0 });

  // Level in everything else, the hour that only the library finds hard stands before the one for the food bank.
  await bot.database.member.updateMany({ where: { name: 'Dan' }, data: { timeZone: 'Asia/Tokyo' } });
  const times = 'Tuesday 17 March 20:00\nWednesday 18 March 13:00';
  const next = await proposes(bot, here.person('Ana'), { about: 'Next', times });
  for (const name of ['Cleo', 'Dan']) await answers(here.person(name), next, ['Yes', 'Yes']);
  await bot.settle();
  const slots = await bot.database.meetingSlot.findMany({
    where: { meeting: { title: 'Next' } },
    orderBy: { position: 'asc' },
  });
  expect(slots.map(({ hardship }) => hardship)).toEqual([2, 1]);
  expect(read(next)).toContain('Best so far: 2.');
});

test('the digest tells of meetings ahead and of those who caught up', async () => {
  await here.person('Ana').says('/digest schedule monday 9:00 general');
  const adjust = { 'Who has to come': { quorum: '1' }, 'How it closes': closing };
  const soon = await proposes(bot, here.person('Ana'), {
    about: 'Soon after',
    times: 'Wednesday 18 March 10:00',
    adjust,
  });
  await answers(here.person('Eva'), soon, ['Yes']);
  await bot.settle();
  const preview = await here.person('Ana').says('/digest preview');
  expect(preview.text).toContain('Soon after: Wednesday, 18 March 2026');
  expect(preview.text).toContain('Late: 0 of 3 absent organisations caught up.');
});
