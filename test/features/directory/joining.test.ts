import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot();
  await setUp(bot);
});
afterAll(() => bot.end());

const partnerNames = async () => (await bot.database.partner.findMany()).map(({ name }) => name);

test('before there is a coalition, joining leads to setup', async () => {
  const lost = await bot.as('Lost', { workspace: 'nowhere' }).says('/coalition join');
  expect(lost.refused).toBe('core.setup');
});

test('the first person of a new partner represents it, whatever they asked for', async () => {
  const bo = bot.as('Bo');
  const form = await bo.says('/coalition join');
  expect(form.acknowledged).toBe('with-form');
  expect(form.form?.fields.map(({ name }) => name)).toEqual([
    'organisation',
    'standing',
    'zone',
    'languages',
  ]);
  const done = await bo.fills({
    organisation: 'Northside Food Bank',
    standing: 'member',
    zone: 'America/Winnipeg',
    languages: 'English, Cree, english',
  });
  expect(done.text).toContain('Welcome: you are here for Northside Food Bank');
  expect(done.text).toContain('You are its Representative');
  expect(done.text).toContain('You are its first person here');
  const row = await bot.database.member.findFirstOrThrow({ where: { name: 'Bo' } });
  expect(row.languages).toEqual(['English', 'Cree']);
});

test('a name in other letters is the same partner, and there is one representative', async () => {
  const cy = bot.as('Cy');
  const done = await joins(cy, '  NORTHSIDE   fóod\u200B bank ', 'representative');
  expect(done.text).toContain('You are its Alternate');
  expect(done.text).toContain('Bo is its representative, so you are its alternate');
  expect(await partnerNames()).toEqual(['Northside Food Bank']);
  await bot.settle();
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  const told = bot.as('Bo').inbox().at(-1);
  expect(JSON.stringify(told?.card)).toContain('Cy has joined for Northside Food Bank: Alternate.');
});

test('a near name asks which one is meant, and keeps what was typed', async () => {
  const di = bot.as('Di');
  const asked = await joins(di, 'Northside Foodbank', 'alternate', { languages: 'French' });
  expect(asked.text).toContain('Did you mean Northside Food Bank?');
  expect(await bot.database.member.count({ where: { name: 'Di' } })).toBe(0);
  const again = await di.presses('Change what I typed', asked);
  expect(again.form?.fields.map(({ value }) => value)).toEqual([
    'Northside Foodbank',
    'alternate',
    'America/Winnipeg',
    'French',
  ]);
  const done = await di.presses('Yes, join Northside Food Bank', asked);
  expect(done.text).toContain('You are its Alternate');
  const old = await di.presses('No, add Northside Foodbank', asked);
  expect(old.refused).toBe('directory.no-draft');
  expect(await partnerNames()).toEqual(['Northside Food Bank']);
});

test('a near name may still be another organisation', async () => {
  const ed = bot.as('Ed');
  const asked = await joins(ed, 'Southside Food Bank');
  const done = await ed.presses('No, add Southside Food Bank', asked);
  expect(done.text).toContain('you are here for Southside Food Bank');
});

test('nobody can answer the question that somebody else was asked', async () => {
  const asked = await joins(bot.as('Flo'), 'Northside Fod Bank');
  const theft = await bot.as('Gus').presses('Yes, join Northside Food Bank', asked);
  expect(theft.refused).toBe('directory.no-draft');
});

test('joining twice is joining once, and another organisation needs leaving first', async () => {
  const hal = bot.as('Hal');
  await hal.says('/coalition join');
  const { form } = await hal.says('/coalition join');
  if (!form) throw new Error('no form');
  const typed = { organisation: 'Hope House', standing: 'member', zone: 'UTC' };
  await Promise.all([hal.fills(typed, form), hal.fills(typed, form), hal.fills(typed, form)]);
  expect(await bot.database.member.count({ where: { name: 'Hal' } })).toBe(1);
  const same = await hal.fills({ ...typed, organisation: 'hope house' }, form);
  expect(same.text).toContain('You are here for Hope House already');
  const other = await hal.fills({ ...typed, organisation: 'Northside Food Bank' }, form);
  expect(other.refused).toBe('directory.elsewhere');
  expect(other.text).toContain('/coalition leave');
  expect((await hal.says('/coalition join')).refused).toBe('directory.elsewhere');
});

test('two people who create one organisation at the same moment share it', async () => {
  const people = ['Ida', 'Jon', 'Kim', 'Lea'].map((name) => bot.as(name));
  await Promise.all(people.map((person) => person.says('/coalition join')));
  const typed = { organisation: 'Quarry Lane School', standing: 'representative', zone: 'UTC' };
  const replies = await Promise.all(people.map((person) => person.fills(typed)));
  expect(replies.map(({ refused }) => refused)).toEqual([null, null, null, null]);
  const partner = await bot.database.partner.findFirstOrThrow({
    where: { name: 'Quarry Lane School' },
    include: { members: true },
  });
  const standings = partner.members.map(({ standing }) => standing).sort();
  expect(standings).toEqual(['alternate', 'alternate', 'alternate', 'representative']);
});

test('staff who join an organisation stay staff and speak for it', async () => {
  const ana = bot.as('Ana');
  const done = await joins(ana, 'Hope House', 'representative');
  expect(done.text).toContain('You are its Backbone staff');
  expect((await ana.says('/coalition settings')).text).toContain('Ana: Hope House');
});

test.each([
  ['an emoji and right-to-left letters', '🍞 בית חם'],
  ['a command to everyone', '<!channel> @everyone'],
  ['markup', '<b>*Bread*</b> & `co`'],
])('a name with %s is shown as typed', async (_, name) => {
  const person = bot.as(`Person ${name.length}`);
  const done = await joins(person, name);
  expect(done.text).toContain(`Welcome: you are here for ${name}`);
  expect((await person.says(`/partners show ${name}`)).text.split('\n')[0]).toBe(name);
});

test('what can not be taken is told in full and kept for another try', async () => {
  const mo = bot.as('Mo');
  const long = await joins(mo, 'x'.repeat(10_000), 'member', { zone: 'Mars' });
  expect(long.text).toContain('9,920 characters too long: 10000 of at most 80');
  expect(long.text).toContain('“Mars” is no time zone I know');
  const again = await mo.presses('Open it again');
  expect(again.form?.fields[0]?.value).toHaveLength(10_000);
  const invisible = await joins(mo, '\u200B\u200D');
  expect(invisible.text).toContain('has no letters or signs that can be seen');
  const strange = await joins(mo, 'Nul\0l and half a \uD83D pair');
  expect(strange.text).toContain('you are here for Null and half a \uFFFD pair');
});
