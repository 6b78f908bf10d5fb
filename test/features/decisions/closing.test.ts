import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDecision } from '../../../src/features/decisions/closing/jobs.ts';
import { type DecisionId, findDecision } from '../../../src/features/decisions/decision/store.ts';
import { decisions } from '../../../src/features/decisions/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { fireTimer } from '../../../src/timers/fire.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  here = await makeFive(bot);
});
afterEach(() => bot.end());

const dayMs = 86_400_000;
const person = (name: string) => here.person(name);
const said = () => bot.channel('general').map((each) => cardText(each.card, winnipeg));
const latest = () => bot.database.decision.findFirstOrThrow({ orderBy: { number: 'desc' } });
const nudged = (name: string) =>
  person(name)
    .inbox()
    .filter((each) => cardText(each.card, winnipeg).includes('has not answered yet')).length;

async function forward(ms: number): Promise<void> {
  bot.clockHand.forward(ms);
  await bot.settle();
}

test('without quorum it is extended once, as declared, and then recorded as not quorate', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  const { closesAt } = await latest();
  await person('Ben').presses('Yes', card);
  await person('Cleo').presses('Yes', card);
  await forward(8 * dayMs);

  const extended = await latest();
  expect(extended.state).toBe('open');
  expect(extended.extendedFrom).toEqual(closesAt);
  // The worker came a day late; the extension is three whole days all the same.
  expect(extended.closesAt.getTime()).toBeGreaterThanOrEqual(closesAt.getTime() + 3 * dayMs);
  expect(said().at(-1)).toContain('it is extended once, until');
  expect(cardText(card.card, winnipeg)).toContain('Too few had answered by');
  const entry = await bot.database.decisionEntry.findFirstOrThrow({ where: { kind: 'extended' } });
  expect(JSON.parse(entry.body)).toMatchObject({ from: closesAt.toISOString() });

  expect((await person('Ben').presses('No', card)).text).toContain('Clinic says: No');
  await forward(8 * dayMs);
  expect((await latest()).state).toBe('closed');
  expect(said().at(-1)).toContain(
    'Not quorate: 2 answered, 3 were needed. It is proposed for the next meeting.',
  );
  const task = await bot.database.staffTask.findFirstOrThrow({ where: { kind: 'decisions.not-quorate' } });
  expect(JSON.stringify(task.text)).toContain('next meeting');
});

test('an extension that reaches the quorum ends in a result', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await forward(8 * dayMs);
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  await forward(4 * dayMs);
  expect(said().at(-1)).toContain('Passed. 3 of 5 answered.');
});

test('the picture of a result names what was chosen, and of a ranking says that first choices are shown', async () => {
  const options = ['Library', 'Clinic'];
  const card = await asks(bot, person('Ana'), { rule: 'runoff', options });
  for (const [name, marks] of [
    ['Ben', '2 1'],
    ['Cleo', '2'],
    ['Dan', '1 2'],
  ] as const) {
    await person(name).presses('Rank the options', card);
    await person(name).fills({ marks });
  }
  await forward(8 * dayMs);
  expect(said().at(-1)).toContain(
    '3 of 5 answered. First choices are shown. Library: 1, Clinic: 2 (chosen), Abstain: 0.',
  );
});

test('what is tied, not quorate or taken back has nothing marked as chosen', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'plurality', options: ['Library', 'Clinic'] });
  for (const [name, answer] of [
    ['Ben', 'Library'],
    ['Cleo', 'Clinic'],
    ['Dan', 'Abstain'],
  ] as const)
    await person(name).presses(answer, card);
  await forward(8 * dayMs);
  expect(said().at(-1)).toContain('3 of 5 answered. Library: 1, Clinic: 1, Abstain: 1.');
  await asks(bot, person('Ana'), { rule: 'majority' });
  await person('Ana').says('/decide withdraw 2 "The grant was cancelled"');
  await bot.settle();
  expect(said().at(-1)).not.toContain('Bar chart');
});

test('only those who have not answered are reminded, never more often than said, alternates only at the last', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await person('Cleo').presses('Yes', card);
  await forward(3.8 * dayMs);
  expect([nudged('Ben'), nudged('Bea'), nudged('Cleo'), nudged('Finn')]).toEqual([1, 0, 0, 1]);

  const reminder = person('Finn').inbox().at(-1);
  expect((await person('Finn').presses('Yes', reminder)).text).toContain('School says: Yes');
  await forward(2 * dayMs);
  expect([nudged('Ben'), nudged('Bea'), nudged('Cleo'), nudged('Finn')]).toEqual([2, 1, 0, 1]);

  // The extension arms the reminders again, for those still silent alone.
  await forward(2 * dayMs);
  expect((await latest()).extendedFrom).not.toBeNull();
  await forward(2.9 * dayMs);
  expect(nudged('Cleo')).toBe(0);
  expect(nudged('Finn')).toBe(1);
  expect(nudged('Ben')).toBeGreaterThan(2);
  expect(nudged('Ben')).toBeLessThanOrEqual(4);
});

test('a reminder that waits for morning is taken back when the answer comes first', async () => {
  await bot.database.coalition.update({
    where: { id: here.id },
    data: { quietHoursStart: '20:00', quietHoursEnd: '08:00' },
  });
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  // Half of the time is over at twenty to one at night.
  await forward(3.8 * dayMs);
  expect(nudged('Finn')).toBe(0);
  await person('Finn').presses('Yes', card);
  await forward(0.2 * dayMs);
  expect(nudged('Finn')).toBe(0);
  expect(nudged('Dan')).toBe(1);
});

test('the quorum can ask for every sector', async () => {
  const quorum = { quorum: '2', sector: '1', abstaining: 'yes', extension: '0', early: 'no' };
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: { Quorum: quorum } });
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  await forward(8 * dayMs);
  expect(said().at(-1)).toContain('Not quorate: 3 answered, 2 were needed, and too few from: Faith');
});

test('it closes as soon as everybody has answered, where the terms say so', async () => {
  const quorum = { quorum: 'none', sector: '0', abstaining: 'yes', extension: '0', early: 'yes' };
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: { Quorum: quorum } });
  for (const name of ['Ben', 'Cleo', 'Dan', 'Eva']) await person(name).presses('Yes', card);
  await bot.settle();
  expect((await latest()).state).toBe('open');
  await person('Finn').presses('No', card);
  await bot.settle();
  expect(said().at(-1)).toContain('Everybody had answered, so it closed');
});

test('staff close early only with a reason, which stands on the record; others do not', async () => {
  await asks(bot, person('Ana'), { rule: 'consent' });
  expect((await person('Ben').says('/decide close 1 enough')).refused).toBe('core.backbone');
  expect((await person('Ana').says('/decide close 1')).form?.title).toBe('/decide close');
  expect((await person('Ana').says('/decide close 1 Settled in the meeting')).text).toContain('is closed');
  expect((await person('Ana').says('/decide close 1 Again')).refused).toBe('decisions.not-open');
  await bot.settle();
  expect(said().at(-1)).toContain('Staff closed it early');
  const entry = await bot.database.decisionEntry.findFirstOrThrow({ where: { kind: 'closed' } });
  expect(JSON.parse(entry.body).why).toBe('Settled in the meeting');
});

test('a question that is taken back has no result, and its ballots are not told', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await person('Ben').presses('Yes', card);
  await person('Ana').says('/decide withdraw 1 The grant was cancelled');
  await forward(8 * dayMs);
  expect(cardText(card.card, winnipeg)).toContain('Taken back on');
  expect((await person('Ben').says('/decide show 1')).text).not.toContain('Clinic: Yes');
  expect(said().length).toBe(1);
});

test('two workers closing at once, and a vote among them, end in one outcome', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  const { id } = await latest();
  const coalition = await getCoalition(bot.database, here.id);
  const decision = await findDecision(bot.database, here.id, id as DecisionId);
  if (!decision) throw new Error('The decision is gone');
  const closing = () =>
    bot.tools.write((writing) =>
      closeDecision(writing, coalition, decision, { by: 'staff', why: 'x' }, bot.tools),
    );
  const [first, second, vote] = await Promise.all([closing(), closing(), person('Eva').presses('Yes', card)]);
  expect([first, second].filter(Boolean).length).toBe(1);
  await bot.settle();
  expect(await bot.database.decisionEntry.count({ where: { kind: 'closed' } })).toBe(1);
  const counted = vote.refused === null ? 4 : 3;
  expect(said().filter((each) => each.startsWith('Decided.')).length).toBe(1);
  expect(said().at(-1)).toContain(`${counted} of 5 answered`);
  expect((await person('Ana').says('/decide verify')).text).toContain('as it was written');
});

test('a worker that dies in the middle of the close leaves nothing half done, and the next one closes it', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  const { closesAt } = await latest();
  bot.clockHand.goTo(new Date(closesAt.getTime() + 1000));
  const timer = await bot.database.timer.findFirstOrThrow({ where: { kind: 'decisions.close' } });
  const jobs = new Map(decisions.jobs.map((job) => [job.kind, job]));
  // Everything but the commit happens, as when the process is killed at that moment.
  const dies = {
    ...bot.tools,
    delivery: { ...bot.tools.delivery, post: () => Promise.reject(new Error('killed')) },
  };
  await expect(fireTimer(timer.id, jobs, dies)).rejects.toThrow('killed');
  expect((await latest()).state).toBe('open');
  expect(await bot.database.decisionEntry.count({ where: { kind: 'closed' } })).toBe(0);

  await Promise.all([fireTimer(timer.id, jobs, bot.tools), fireTimer(timer.id, jobs, bot.tools)]);
  await bot.settle();
  expect((await latest()).state).toBe('closed');
  expect(said().filter((each) => each.startsWith('Decided.')).length).toBe(1);
});

test('an extension in the middle of a reminder round loses neither and repeats neither', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await person('Cleo').presses('Yes', card);
  // Downtime: the reminders and the deadline are all overdue and run at once.
  await forward(8 * dayMs);
  expect((await latest()).extendedFrom).not.toBeNull();
  expect(nudged('Cleo')).toBe(0);
  expect(nudged('Finn')).toBeLessThanOrEqual(2);
  expect(said().filter((each) => each.includes('it is extended once, until')).length).toBe(2);
});
