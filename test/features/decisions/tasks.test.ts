import { afterEach, beforeEach, expect, test } from 'vitest';
import { reminderAt } from '../../../src/features/decisions/outcome/tasks/rules.ts';
import { freeTasks } from '../../../src/features/decisions/outcome/tasks/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { buttonsOf } from '../../support/person.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  here = await makeFive(bot);
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  await person('Ana').says('/decide close 1 "All have spoken"');
  await bot.settle();
  const shown = await person('Ana').says('/decide show 1');
  await person('Ana').presses('Say it in words', shown);
  await person('Ana').fills({ statement: 'We open it.', tasks: 'Find a room, Call the landlord' });
});
afterEach(() => bot.end());

const dayMs = 86_400_000;
const person = (name: string) => here.person(name);
const told = (name: string) =>
  person(name)
    .inbox()
    .map(({ card }) => cardText(card, winnipeg));

async function gives(who: string, due: string) {
  const shown = await person('Ana').says('/decide show 1');
  await person('Ana').presses('Who and when: Find a room', shown);
  const given = await person('Ana').fills({ who, due });
  await bot.settle();
  return given;
}

async function forward(days: number): Promise<void> {
  bot.clockHand.forward(days * dayMs);
  await bot.settle();
}

test('whoever is given a task is told, reminded once before it is due, and says with one press that it is done', async () => {
  expect((await gives('Cleo', '5 days')).text).toContain('is given to Cleo');
  expect((await person('Dan').says('/decide show 1')).text).toMatch(/Find a room \(Cleo\) Due .*March/);
  expect(told('Cleo').filter((each) => each.includes('You are asked to do'))).toHaveLength(1);
  await forward(3);
  expect(told('Cleo').filter((each) => each.includes('A reminder'))).toHaveLength(0);
  await forward(2);
  expect(
    told('Cleo').filter((each) => each.includes('A reminder of what you took on: Find a room')),
  ).toHaveLength(1);
  const reminder = person('Cleo').inbox().at(-1);
  expect((await person('Cleo').presses('Done: Find a room', reminder)).text).toContain('Thank you. Done');
  expect((await person('Cleo').presses('Done: Find a room', reminder)).text).toContain('Thank you. Done');
  expect((await person('Ana').says('/decide show 1')).text).toContain('Find a room (done)');
  await forward(9);
  expect(told('Cleo').filter((each) => each.includes('A reminder'))).toHaveLength(1);
});

test('what is done in time, or given to somebody else, brings no reminder', async () => {
  await gives('Cleo', '5 days');
  await gives('Dan', '6 days');
  await person('Dan').presses('Done: Find a room', person('Dan').inbox().at(-1));
  await forward(9);
  for (const name of ['Cleo', 'Dan'])
    expect(
      told(name).filter((each) => each.includes('A reminder')),
      name,
    ).toEqual([]);
});

test('only staff and who asked give tasks, and nobody ends one that is another’s', async () => {
  await gives('Cleo', '5 days');
  const staff = await person('Ana').says('/decide show 1');
  const assign = buttonsOf(staff.card ?? { parts: [] }).find(({ label }) => label.startsWith('Who and when'));
  expect((await person('Dan').pressesId(assign?.id ?? '')).refused).toBe('decisions.not-yours');
  const seen = await person('Dan').says('/decide show 1');
  expect(buttonsOf(seen.card ?? { parts: [] }).map(({ label }) => label)).not.toContain(
    'Who and when: Find a room',
  );
  expect((await person('Dan').presses('Done: Find a room', seen)).refused).toBe('decisions.not-yours');
  expect((await gives('Cleo', '2026-01-01')).text).toContain('That time is past already');
});

test('who leaves leaves their tasks to be given again', async () => {
  await gives('Cleo', '5 days');
  const freed = await bot.tools.write((writing) => freeTasks(writing, here.id, here.memberId('Cleo')));
  expect(freed).toBe(1);
  await forward(9);
  expect(told('Cleo').filter((each) => each.includes('A reminder'))).toEqual([]);
});

test('a reminder comes a day before, or when it is due if that is sooner than a day', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  expect(reminderAt(new Date('2026-03-05T12:00:00Z'), now)).toEqual(new Date('2026-03-04T12:00:00Z'));
  expect(reminderAt(new Date('2026-03-03T11:00:00Z'), now)).toEqual(new Date('2026-03-03T11:00:00Z'));
});
