import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import { buttonsOf, type Person } from '../../support/person.ts';

let bot: TestBot;
let ana: Person;
let bo: Person;
beforeEach(async () => {
  bot = await openTestBot();
  ana = await setUp(bot);
  bo = bot.as('Bo');
  await joins(bo, 'Hope House');
});
afterEach(() => bot.end());

async function makeStaff(name: string) {
  await ana.says('/coalition settings');
  await ana.presses('Add staff');
  return ana.fills({ member: name });
}

test('help shows what each person can do here, with examples', async () => {
  const visitor = await bot.as('Guest').says('/coalition help');
  expect(visitor.text).toContain('You have not joined yet. Begin with /coalition join');
  expect(visitor.text).not.toContain('/partners');
  expect(visitor.text).not.toContain('/coalition setup');

  const member = await bo.says('/coalition');
  expect(member.text).toContain('You are here for Hope House (Representative)');
  expect(member.text).toContain(', for example /partners housing');
  expect(member.text).not.toContain('/partners import');
  expect(member.text).not.toContain('/coalition join:');

  expect((await ana.says('/coalition help')).text).toContain('/partners import');
  const nowhere = await bot.as('Lost', { workspace: 'nowhere' }).says('/coalition help');
  expect(nowhere.text).toContain('Begin with /coalition setup');
});

test('a mistyped command leads to the nearest one', async () => {
  expect((await bo.says('/coalition leaf')).text).toContain('Did you mean /coalition leave?');
  expect((await bo.says('/partner show')).text).toContain('/partners');
});

test('members keep their own settings, and what is wrong is kept for another try', async () => {
  const me = await bo.says('/coalition me');
  expect(me.text).toContain('You are here for Hope House.');
  expect(me.text).toContain('Quiet hours: 18:00–08:00, as the coalition has it');
  await bo.presses('My settings');
  const wrong = await bo.fills({ zone: 'Europe/Paris', quiet: 'late', away: '2026-02-30' });
  expect(wrong.text).toContain('“late” are no hours I can read');
  expect(wrong.text).toContain('“2026-02-30” is no date I can read');
  await bo.presses('Open it again');
  await bo.fills({ quiet: '20-7:30', away: '2026-03-10', languages: 'Cree' });
  const after = await bo.says('/coalition me');
  expect(after.text).toContain('Time zone: Europe/Paris');
  expect(after.text).toContain('Quiet hours: 20:00–07:30');
  expect(after.text).toContain('Languages: Cree');
  const row = await bot.database.member.findFirstOrThrow({ where: { name: 'Bo' } });
  expect(row.awayUntil?.toISOString()).toBe('2026-03-10T23:00:00.000Z');
  const again = await bo.presses('My settings', after);
  expect(again.form?.fields.find(({ name }) => name === 'away')?.value).toBe('2026-03-10');
});

test('a member exports everything that is stored about them, and nothing about others', async () => {
  await joins(bot.as('Cy'), 'Other Home');
  const me = await bo.says('/coalition me');
  const exported = await bo.presses('Export what is stored', me);
  expect(exported.acknowledged).toBe('privately');
  const part = exported.card?.parts.find((each) => each.part === 'file');
  if (part?.part !== 'file') throw new Error('no file');
  const { directory } = JSON.parse(part.content);
  expect(directory.member).toMatchObject({
    name: 'Bo',
    standing: 'representative',
    partner: { name: 'Hope House' },
  });
  expect(directory.accounts).toMatchObject([{ ref: bo.ref, workspace: { platform: 'console' } }]);
  expect(part.content).not.toMatch(/Cy|Ana/);
});

test('staff change the coalition’s settings, and nothing is taken that can not be read', async () => {
  const settings = await ana.says('/coalition settings');
  await ana.presses('Name, zone, language', settings);
  const named = await ana.fills({ name: 'Ready by Six', zone: 'Europe/Paris' });
  expect(named.text).toContain('Ready by Six');
  await ana.presses('Working time', settings);
  const wrong = await ana.fills({ days: 'Mon-Fryday', holidays: '2026-12-25, 2026-13-01', quiet: '25-8' });
  expect(wrong.text).toContain('“Mon-Fryday” are no days I can read');
  expect(wrong.text).toContain('“25-8” are no hours I can read');
  await ana.presses('Open it again');
  const dated = await ana.fills({ days: 'sun-thu', quiet: '22:00 – 06:00' });
  expect(dated.text).toContain('“2026-13-01” is no date I can read');
  await ana.presses('Open it again');
  const done = await ana.fills({ holidays: '2026-12-26; 2026-12-25' });
  expect(done.text).toContain('Working days: Mon, Tue, Wed, Thu, Sun');
  expect(done.text).toContain('Holidays: 2026-12-25, 2026-12-26');
  expect(done.text).toContain('Quiet hours: 22:00–06:00');
});

test('staff is never empty, and whoever is made staff is told', async () => {
  const settings = await ana.says('/coalition settings');
  await ana.presses('Remove Ana', settings);
  expect((await ana.presses('Take off staff')).refused).toBe('directory.last-staff');
  expect((await makeStaff('Bo')).text).toContain('Bo: Hope House');
  expect((await makeStaff('Bo')).text).toContain('Bo is backbone staff already');
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  expect(JSON.stringify(bo.inbox().at(-1)?.card)).toContain('Ana has made you backbone staff');
  const theirs = await bo.says('/coalition settings');
  await bo.presses('Remove Ana', theirs);
  await bo.presses('Take off staff');
  expect((await ana.presses('Remove Ana', settings)).refused).toBe('core.backbone');
  expect((await ana.says('/coalition tasks')).refused).toBe('core.backbone');
});

test('two staff who remove each other at the same moment leave one', async () => {
  await makeStaff('Bo');
  const [byAna, byBo] = await Promise.all([ana.says('/coalition settings'), bo.says('/coalition settings')]);
  const asked = await Promise.all([ana.presses('Remove Bo', byAna), bo.presses('Remove Ana', byBo)]);
  await Promise.all([ana.presses('Take off staff', asked[0]), bo.presses('Take off staff', asked[1])]);
  expect(await bot.database.member.count({ where: { standing: 'backbone', leftAt: null } })).toBe(1);
});

test('whoever alone spoke for their organisation does so again after being staff', async () => {
  await makeStaff('Bo');
  await ana.says('/coalition settings');
  await ana.presses('Remove Bo');
  await ana.presses('Take off staff');
  expect((await bo.says('/partners show Hope House')).text).toContain('Bo: Representative');
});

test('staff tasks are shown until they are done', async () => {
  const coalition = await bot.database.coalition.findFirstOrThrow();
  await bot.tools.write((writing) =>
    bot.tools.staffTasks.open(writing, {
      coalitionId: coalition.id as never,
      kind: 'member-unreachable',
      subject: 'x',
      text: ['Cy can’t be reached.'],
    }),
  );
  const tasks = await ana.says('/coalition tasks');
  expect(tasks.text).toContain('Cy can’t be reached. (Monday, 2 March 2026)');
  expect((await ana.presses('Done')).text).toContain('Nothing needs you now');
  expect((await ana.presses('Done', tasks)).text).toContain('Nothing needs you now');
});

test('another coalition’s staff reach neither tasks nor staff', async () => {
  const olga = await setUp(bot, { staff: 'Olga', name: 'Elsewhere', workspace: 'theirs' });
  await makeStaff('Bo');
  const settings = await ana.says('/coalition settings');
  const remove = buttonsOf(settings.card ?? { parts: [] }).find(({ label }) => label === 'Remove Bo');
  expect((await olga.pressesId(remove?.id ?? '')).text).toContain('Elsewhere');
  await ana.presses('Remove Bo', settings).then((asked) => olga.presses('Take off staff', asked));
  const row = await bot.database.member.findFirstOrThrow({ where: { name: 'Bo' } });
  expect(row.standing).toBe('backbone');
});
