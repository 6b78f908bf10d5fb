import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;
const names = ['Ben', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus'];

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: names.map((name) => ({ name: `Partner of ${name}`, voices: [name], joinedAt: '2025-01-01' })),
  });
  ana = coalition.person('Ana');
  await ana.says('/digest schedule friday 15:00 announcements');
  await startMeasure(ana, {
    figures: { direction: 'up', breakdowns: 'Gender: girls, boys', range: '', who: '' },
  });
});
afterAll(() => bot.end());

async function gives(name: string, figure: string, groups = '') {
  const person = coalition.person(name);
  await person.says('/data');
  await person.presses('Give the figure');
  return person.fills({ figure, groups });
}

test('groups are typed below the whole, and must come to it', async () => {
  await at(bot, '2026-03-09T15:00:00Z');
  expect((await gives('Ben', '10', 'girls: 4\nboys: 7')).text).toContain(
    'come to 11, but altogether you gave 10',
  );
  const thanked = await gives('Ben', '10', 'girls: 4\nboys: 6');
  expect(thanked.text).toContain('Gender / girls: 4 children');
});

test('once the period is over, the digest tells what was learned, without a group that stands for one', async () => {
  for (const [index, name] of names.slice(1).entries())
    await gives(name, String(20 + index), index < 4 ? `girls: ${20 + index}\nboys: 0` : 'girls: 5\nboys: 19');
  await at(bot, '2026-03-12T18:00:00Z');
  await ana.says('/data used measure:Children reached who:City council what:Pays for 40 more places');
  await at(bot, '2026-03-13T21:00:00Z');
  const digest = JSON.stringify(bot.channel('announcements').at(-1)?.card);
  expect(digest).toContain('What we learned');
  expect(digest).toContain('120 children');
  expect(digest).toContain('from 6 partners');
  expect(digest).toContain('City council: Pays for 40 more places');
  expect(digest).not.toContain('boys');
  for (const name of names) expect(digest).not.toContain(`Partner of ${name}`);
});

test('the next figure is given back in context: its own line, and where the middle half lay', async () => {
  await at(bot, '2026-03-16T15:00:00Z');
  const thanked = await gives('Ben', '25', '');
  expect(thanked.text).toContain('That is 15 more than in 2026-W10 (10 children).');
  expect(thanked.text).toContain('For 2026-W10, the middle half of 6 partners lay between');
  const image = thanked.card?.parts.find((part) => part.part === 'image');
  expect(image?.part === 'image' && image.url.startsWith('data:image/png;base64,')).toBe(true);
  expect(image?.part === 'image' && image.alt).toContain('Children reached');
  for (const name of names.slice(1)) expect(thanked.text).not.toContain(`Partner of ${name}`);
});

test('everything that was given stands in one place, with its versions and who used it', async () => {
  const ben = coalition.person('Ben');
  const mine = await ben.says('/data mine');
  expect(mine.text).toContain('Children reached, 2026-W11: 25 children');
  expect(mine.text).toContain('Children reached, 2026-W10: 10 children');
  expect(mine.text).toContain('was used by City council');
  await ben.presses('Put it right', mine);
  await ben.fills({ figure: '26', note: 'One came late' });
  const versions = await ben.presses('All 2 versions', await ben.says('/data mine'));
  expect(versions.text).toContain('26 children, by Ben');
  expect(versions.text).toContain('25 children, by Ben');
  const cy = coalition.person('Cy');
  const button = JSON.stringify(versions.card);
  expect(button).not.toContain('Cy');
  expect((await cy.says('/data mine')).text).not.toContain('26 children');
});

test('what is put right later by one partner changes nothing public', async () => {
  const [published] = await bot.database.measurePublication.findMany({ orderBy: { at: 'asc' } });
  const ben = coalition.person('Ben');
  const mine = await ben.says('/data mine');
  const old = mine.card?.parts
    .flatMap((part) => (part.part === 'buttons' ? part.buttons : []))
    .filter(({ label }) => label === 'Put it right')[1];
  await ben.pressesId(old?.id ?? '');
  await ben.fills({ figure: '11', groups: '' });
  await at(bot, '2026-04-20T18:00:00Z');
  const all = await bot.database.measurePublication.findMany({
    where: { periodId: published?.periodId ?? '' },
  });
  expect(all).toHaveLength(1);
});
