import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptVersion } from '../../../src/features/agreement/signing/jobs.ts';
import type { VersionId } from '../../../src/features/agreement/versions/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Lee'] },
      { name: 'Nobody There' },
    ],
  });
});
afterAll(() => bot.end());

const text = {
  time: 'Two hours a month',
  duration: 'One year at a time',
  gives: 'A voice at meetings & <honest> figures',
  gets: 'A say, and a share of what is raised',
  changes: 'By consent of all partners',
};

async function draft(values: Partial<typeof text> = {}) {
  await coalition.person('Ana').says('/agreement draft');
  return coalition.person('Ana').fills({ ...text, ...values });
}

async function adopt(why = 'Agreed at the March meeting') {
  const ana = coalition.person('Ana');
  const preview = await ana.says('/agreement adopt');
  await ana.presses('Adopt it');
  const done = await ana.fills({ why });
  await bot.settle();
  return { preview, done };
}

test('before there is one, everybody is told how it begins', async () => {
  expect((await coalition.person('Ben').says('/agreement')).refused).toBe('agreement.none');
  expect((await coalition.person('Ben').says('/agreement draft')).refused).toBe('core.backbone');
});

test('staff draft it, a partner comments, and it cannot be adopted while a part is missing', async () => {
  const ana = coalition.person('Ana');
  expect((await draft()).text).toContain('Two hours a month');
  expect((await ana.says('/agreement adopt')).text).toContain('What keeps one a partner');

  const ben = coalition.person('Ben');
  expect((await ben.says('/agreement')).text).toContain('/agreement review shows the draft');
  const seen = await ben.says('/agreement review');
  expect(seen.text).toContain('Draft of version 1');
  expect(seen.text).not.toContain('Change the text');
  await ben.presses('Comment');
  expect((await ben.fills({ text: 'Two hours is honest' })).text).toContain('Thank you');

  const staff = await ana.says('/agreement review');
  expect((await ana.presses('1 comment', staff)).text).toContain('Ben, Food Bank');
  await ana.presses('Staying and promises', staff);
  const wrong = await ana.fills({ staying: 'Coming to one meeting in two', meetings: '150' });
  expect(wrong.text).toContain('from 0 to 100');
  await ana.presses('Open it again');
  expect((await ana.fills({ roles: '1', meetings: '50' })).text).toContain('holds at least one role');
});

test('adopting says first what it will do, keeps the reason and asks every partner once', async () => {
  const { preview, done } = await adopt();
  expect(preview.text).toContain('2 partners are asked to sign it');
  expect(preview.text).toContain('One partner has nobody to ask');
  expect(done.text).toContain('Version 1 is in force');
  const row = await bot.database.agreementVersion.findFirstOrThrow({ where: { number: 1 } });
  expect(row).toMatchObject({ state: 'adopted', adoptedWhy: 'Agreed at the March meeting' });

  for (const name of ['Ben', 'Lee']) expect(coalition.person(name).inbox()).toHaveLength(1);
  expect(coalition.person('Bea').inbox()).toHaveLength(0);
  const again = await bot.tools.write(async (writing) => {
    const row = await bot.database.coalition.findUniqueOrThrow({ where: { id: coalition.id } });
    const of = { version: '01890000-0000-7000-8000-000000000000' as VersionId, by: null, why: 'twice' };
    return adoptVersion(writing, bot.tools, { ...row, id: coalition.id }, of);
  });
  expect(again).toBeNull();
});

test('a voice signs for its partner with one press, and who signed for whom is on record', async () => {
  const ben = coalition.person('Ben');
  const asked = ben.inbox().at(-1);
  expect((await ben.presses('Sign for my organisation', asked)).text).toContain(
    'You signed version 1 for Food Bank',
  );
  expect((await ben.presses('Sign for my organisation', asked)).text).toContain(
    'has signed version 1 already',
  );
  expect(await bot.database.agreementSignature.count()).toBe(1);

  expect((await coalition.person('Bea').says('/agreement')).text).toContain('Ben signed it for Food Bank');
  const signId = asked?.card.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0]?.id;
  expect((await coalition.person('Bob').pressesId(signId ?? '')).refused).toBe('core.voice');

  const ana = coalition.person('Ana');
  const unsigned = await ana.says('/agreement signatures');
  expect(unsigned.text).toContain('2 partners have not signed yet');
  expect(unsigned.text).toContain('Library');
  const signed = await ana.presses('Who has signed (1)');
  expect(signed.text).toMatch(/Food Bank: Ben, .*2 March 2026/);
  expect((await coalition.person('Lee').says('/agreement signatures')).refused).toBe('core.backbone');
});

test('not signing blocks nothing unless the agreement says so', async () => {
  const ana = coalition.person('Ana');
  await ana.says('/roles new');
  await ana.fills({ name: 'Host', purpose: 'Opens the door', effort: '1', seats: '3' });
  expect((await coalition.person('Lee').says('/roles take Host')).text).toContain('Library holds “Host”');
  await coalition.person('Lee').says('/roles release Host');
});

test('a new version shows what changed, asks again, and with it comes a time of grace', async () => {
  await draft({ time: 'Three hours a month' });
  const ana = coalition.person('Ana');
  await ana.says('/agreement review');
  const signing = await ana.presses('Signing');
  expect(signing.form?.fields.map(({ value }) => value)).toEqual(['', 'no']);
  await ana.fills({ renew: '12', needed: 'yes' });
  await adopt('Agreed in April');

  const ben = coalition.person('Ben');
  const asked = ben.inbox().at(-1);
  expect(JSON.stringify(asked?.card)).toContain('has a new version');
  const changes = await ben.presses('What changed', asked);
  expect(changes.text).toContain('Before: Two hours a month');
  expect(changes.text).toContain('Now: Three hours a month');
  expect(changes.text).not.toContain('One year at a time');
  expect(changes.text).toContain('Partners sign before taking roles');

  // Food Bank signed the version before and has a month; Library has never signed.
  expect((await ben.says('/roles take Host')).text).toContain('Food Bank holds “Host”');
  expect((await coalition.person('Lee').says('/roles take Host')).refused).toBe('roles.unsigned');
  const lee = coalition.person('Lee');
  const first = lee.inbox()[0];
  expect((await lee.presses('Sign for my organisation', first)).refused).toBe('agreement.replaced');
  expect((await lee.presses('Sign for my organisation', lee.inbox().at(-1))).text).toContain(
    'until Tuesday, 2 March 2027',
  );
  expect((await lee.says('/roles take Host')).text).toContain('Library holds “Host”');
});

test('a partner sees its own promises, and how they stand, in its place in the coalition', async () => {
  const member = coalition.memberId('Lee');
  const row = await bot.database.member.findUniqueOrThrow({
    where: { id: member },
    include: { partner: true },
  });
  const parts = await bot.tools
    .features()
    .find(({ name }) => name === 'agreement')
    ?.adds.myPlace?.({
      coalition: {
        ...(await bot.database.coalition.findUniqueOrThrow({ where: { id: coalition.id } })),
        id: coalition.id,
      },
      member: {
        id: member,
        accountId: '' as never,
        name: row.name,
        standing: 'representative',
        partner: { id: coalition.partnerId('Library'), name: 'Library' },
        language: 'en',
        timeZone: 'UTC',
      },
      reader: { language: 'en', timeZone: 'UTC' },
      tools: bot.tools,
    });
  expect(JSON.stringify(parts)).toContain('Roles: you hold ');
});

test('a signature that runs out is asked for again, kindly, and renewing early loses nothing', async () => {
  bot.clockHand.goTo('2027-02-16T16:00:00Z');
  await bot.settle();
  const lee = coalition.person('Lee');
  const reminder = lee.inbox().at(-1);
  expect(JSON.stringify(reminder?.card)).toContain('Sign again whenever it suits you');
  expect((await lee.presses('Sign again', reminder)).text).toContain('until Thursday, 2 March 2028');
  expect((await lee.presses('Sign again', reminder)).text).toContain('has signed version 2 already');
  bot.clockHand.goTo('2027-03-02T16:00:00Z');
  await bot.settle();
  expect(JSON.stringify(lee.inbox().at(-1)?.card)).not.toContain('last day');
});

test('the document holds the text and the signatures, with nothing in it that acts', async () => {
  const reply = await coalition.person('Bob').says('/agreement export');
  const file = reply.card?.parts.find((part) => part.part === 'file');
  expect(file?.name).toBe('agreement-2.html');
  expect(file?.content).toContain('A voice at meetings &amp; &lt;honest&gt; figures');
  expect(file?.content).toContain('<td>Library</td><td>Lee</td>');
});

test('another coalition sees and signs nothing of it', async () => {
  const other = await makeCoalition(bot, {
    workspace: 'elsewhere',
    staff: ['Zoe'],
    partners: [{ name: 'Far', voices: ['Zed'] }],
  });
  expect((await other.person('Zed').says('/agreement')).refused).toBe('agreement.none');
  const ask = coalition.person('Lee').inbox()[1];
  const sign = ask?.card.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0];
  expect(sign?.label).toBe('Sign for my organisation');
  expect((await other.person('Zed').pressesId(sign?.id ?? '')).refused).toBe('agreement.replaced');
});
