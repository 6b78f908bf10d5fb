import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;
let ben: Person;

// Monday, 2 March 2026, nine in the morning in Winnipeg.
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Dee'] },
      { name: 'Clinic', voices: ['Cy', 'Cass'] },
    ],
  });
  ana = coalition.person('Ana');
  ben = coalition.person('Ben');
});
afterAll(() => bot.end());

test('staff describe a measure, fill it in and start it', async () => {
  const started = await startMeasure(ana, {
    figures: { direction: 'up', range: '0 to 500', breakdowns: '', who: '' },
  });
  expect(started.text).toContain(
    'is asked for from now on. The period that runs now, 2026-W10, is the first',
  );
  expect(started.text).toContain('Every week, due 3 days after the period at 17:00');
  expect((await ana.says('/data measure new')).form).not.toBeNull();
  const twice = await ana.fills({ name: 'children  REACHED', purpose: 'Again', kind: 'number' });
  expect(twice.refused).toBe('measures.name-taken');
  expect((await ben.says('/data list')).text).toContain('Children reached');
  expect((await ben.says('/data measure')).refused).toBe('core.backbone');
});

test('nobody is asked before the period is over and its notice is due', async () => {
  await at(bot, '2026-03-09T13:00:00Z');
  expect(await bot.database.measureRequest.count()).toBe(3);
  expect(ben.inbox()).toHaveLength(0);
  expect((await ben.says('/data')).text).toContain('Children reached for 2026-W10: due');
});

test('the notice comes two days before, with every way to answer, to one person per partner', async () => {
  await at(bot, '2026-03-09T14:00:00Z');
  for (const name of ['Ben', 'Dee', 'Cy']) expect(coalition.person(name).inbox(), name).toHaveLength(1);
  for (const name of ['Bea', 'Bob', 'Cass', 'Ana'])
    expect(coalition.person(name).inbox(), name).toHaveLength(0);
  const card = JSON.stringify(ben.inbox()[0]?.card);
  for (const label of ['Give the figure', 'I need help', 'I need more time', 'Not this time'])
    expect(card).toContain(label);
  for (const label of ['Ask someone else', 'It is already there']) expect(card).toContain(label);
});

const repliesOf = (partner: string) =>
  bot.database.contact.count({ where: { partnerId: coalition.partnerId(partner), kind: 'reply' } });

test('a figure is taken at once, and thanked for; the words with it are a contact', async () => {
  await ben.presses('Give the figure', ben.inbox()[0]);
  const thanked = await ben.fills({ figure: '120', note: 'A good week' });
  expect(thanked.text).toContain('Children reached for 2026-W10: 120 children.');
  expect(await repliesOf('Food Bank')).toBe(1);
  expect((await ben.says('/data')).text).toContain('Nothing is asked of Food Bank now');
});

test('what cannot be read is told with a reason, and nothing is lost', async () => {
  const cy = coalition.person('Cy');
  await cy.presses('Give the figure', cy.inbox()[0]);
  const wrong = await cy.fills({ figure: 'about twenty', note: 'counted by hand' });
  expect(wrong.text).toContain('I can’t read that as a number');
  const again = await cy.presses('Open it again');
  expect(again.form?.fields.find(({ name }) => name === 'note')?.value).toBe('counted by hand');
});

test('what can be read in two ways is read back, and out of range is asked about', async () => {
  const dee = coalition.person('Dee');
  await dee.presses('Give the figure', dee.inbox()[0]);
  const asked = await dee.fills({ figure: '1.234', note: '' });
  expect(asked.text).toContain('What you typed can mean two things');
  expect(asked.text).toContain('1234 children would be outside the usual range, 0 to 500');
  expect(asked.text).toContain('Yes: 1.234 children, between 1 and 2');
  expect(await bot.database.measureSubmission.count()).toBe(1);
  await dee.presses('Change it', asked);
  const sure = await dee.fills({ figure: '612', note: 'The summer fair' });
  expect(sure.text).toContain('outside the usual range');
  const kept = await dee.presses('Yes: 612 children', sure);
  expect(kept.text).toContain('612 children');
  expect(kept.text).toContain('your note is kept with it');
  expect((await dee.presses('Yes: 612 children', sure)).refused).toBe('measures.given-before');
  const row = await bot.database.measureSubmission.findFirstOrThrow({ orderBy: { id: 'desc' } });
  expect(row).toMatchObject({ version: 1, note: 'The summer fair', way: 'form' });
});

test('reminders stop for whoever gave, and go on for whoever did not: never a fourth, then a person', async () => {
  await at(bot, '2026-03-10T14:00:00Z');
  await at(bot, '2026-03-11T14:00:00Z');
  const [cy, cass] = [coalition.person('Cy'), coalition.person('Cass')];
  expect(cy.inbox()).toHaveLength(3);
  expect(cass.inbox()).toHaveLength(0);
  await at(bot, '2026-03-12T14:00:00Z');
  expect(cass.inbox()).toHaveLength(1);
  expect(JSON.stringify(cass.inbox()[0]?.card)).toContain('Your colleague was asked first');
  await at(bot, '2026-03-13T15:00:00Z');
  const tasks = (await ana.says('/coalition tasks')).text;
  expect(tasks).toContain('Talk with Cy of Clinic about Children reached');
  expect(tasks).toContain('Ways to begin');
  await at(bot, '2026-03-15T23:00:00Z');
  expect(cy.inbox()).toHaveLength(3);
  expect(cass.inbox()).toHaveLength(1);
  for (const name of ['Ben', 'Dee']) expect(coalition.person(name).inbox(), name).toHaveLength(1);
});

test('a late figure is taken, and settles the task', async () => {
  const cy = coalition.person('Cy');
  await cy.says('/data');
  await cy.presses('Give the figure');
  expect((await cy.fills({ figure: '80' })).text).toContain('counts all the same');
  expect((await ana.says('/coalition tasks')).text).not.toContain('Clinic');
});

test('the next week the same figure takes one press, and a correction keeps what stood before', async () => {
  await at(bot, '2026-03-16T14:00:00Z');
  const same = await ben.presses('Same as last time: 120 children', ben.inbox().at(-1));
  expect(same.text).toContain('That is the same as in 2026-W10 (120 children).');
  await ben.presses('Put it right', same);
  const right = await ben.fills({ figure: '130' });
  expect(right.text).toContain('is 130 children now');
  const versions = await bot.database.measureSubmission.findMany({
    where: { request: { period: { key: '2026-W11' } } },
    orderBy: { version: 'asc' },
  });
  expect(versions.map(({ version, current, way }) => [version, current, way])).toEqual([
    [1, null, 'same'],
    [2, true, 'form'],
  ]);
});

test('two colleagues who give at once give once: the second sees what the first gave', async () => {
  const [cy, cass] = [coalition.person('Cy'), coalition.person('Cass')];
  await cy.says('/data');
  await cass.says('/data');
  await cy.presses('Give the figure');
  await cass.presses('Give the figure');
  await cy.fills({ figure: '81' });
  const second = await cass.fills({ figure: '82' });
  expect(second.text).toContain('was given in the meantime: 81 children');
});
