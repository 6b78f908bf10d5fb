import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
      { name: 'Clinic', voices: ['Dov'] },
    ],
  });
});
afterAll(() => bot.end());

const contactsOf = async (partner: string) => {
  const rows = await bot.database.contact.findMany({
    where: { coalitionId: coalition.id, partnerId: coalition.partnerId(partner) },
    orderBy: { at: 'asc' },
  });
  return rows.map(({ kind, memberId }) => ({ kind, memberId }));
};

test('the same contact, seen twice by two people at once, is one', async () => {
  const call = {
    coalitionId: coalition.id,
    partnerId: coalition.partnerId('Clinic'),
    memberId: coalition.memberId('Dov'),
    kind: 'call',
    subject: 'call:1',
    at: bot.clockHand.now(),
  } as const;
  const record = () => bot.tools.write((writing) => bot.tools.contacts.record(writing, call));
  await Promise.all([record(), record()]);
  await record();
  expect(await contactsOf('Clinic')).toEqual([{ kind: 'call', memberId: coalition.memberId('Dov') }]);
});

test('an introduction is a contact with both partners once somebody says that they met, and not before', async () => {
  await coalition.person('Ana').says('/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await bot.settle();
  bot.clockHand.goTo('2026-03-09T15:00:00Z');
  await bot.settle();
  expect(await contactsOf('Food Bank')).toEqual([]);
  const asked = coalition
    .person('Ben')
    .inbox()
    .findLast(({ card }) => JSON.stringify(card).includes('Not yet'));
  await coalition.person('Ben').presses('We met', asked);
  expect(await contactsOf('Food Bank')).toEqual([
    { kind: 'introduction', memberId: coalition.memberId('Ben') },
  ]);
  expect(await contactsOf('Library')).toEqual([
    { kind: 'introduction', memberId: coalition.memberId('Cleo') },
  ]);
});

test('words in a form are a contact; a press without words is none', async () => {
  const ana = coalition.person('Ana');
  await ana.says('/agreement draft');
  const written = {
    time: 'Two hours',
    duration: 'A year',
    gives: 'A voice',
    gets: 'A say',
    changes: 'Consent',
  };
  await ana.fills(written);
  await ana.says('/agreement comment What about small partners?');
  await coalition.person('Dov').says('/agreement comment We need more time for this.');
  expect(await contactsOf('Clinic')).toContainEqual({ kind: 'reply', memberId: coalition.memberId('Dov') });
  expect(await bot.database.contact.count({ where: { memberId: coalition.memberId('Ana') } })).toBe(0);
});

test('words about the same thing are one contact on a day, and another one on another day', async () => {
  const member = {
    id: coalition.memberId('Cleo'),
    partner: { id: coalition.partnerId('Library'), name: 'Library' },
  };
  const writes = () =>
    bot.tools.write((writing) =>
      bot.tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject: 'decision:1' }),
    );
  const replies = async () => (await contactsOf('Library')).filter(({ kind }) => kind === 'reply').length;
  await writes();
  await writes();
  expect(await replies()).toBe(1);
  bot.clockHand.forward(86_400_000);
  await writes();
  expect(await replies()).toBe(2);
});
