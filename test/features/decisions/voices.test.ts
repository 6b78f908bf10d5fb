import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const person = (name: string) => here.person(name);
const pressId = (card: Posted, label: string) => {
  const found = card.card.parts
    .flatMap((part) => (part.part === 'buttons' ? part.buttons : []))
    .find((button) => button.label === label);
  if (!found) throw new Error(`No button ${label}`);
  return found.id;
};

async function ballots() {
  const rows = await bot.database.decisionBallot.findMany({ include: { voice: true } });
  return rows.map(({ voice, mark }) => `${voice.name} ${(mark as { position: string }).position}`);
}

/** What the running tally says, and what counting every ballot again says: they must never differ. */
async function expectTallyHolds(): Promise<void> {
  const open = await bot.database.decisionTally.findMany({ where: { open: true } });
  expect(open.length).toBeGreaterThan(0);
  for (const tally of open) {
    const rows = await bot.database.decisionBallot.findMany({ where: { decisionId: tally.decisionId } });
    expect(tally.answered).toBe(rows.length);
    expect(tally.counts.reduce((a, b) => a + b, 0n)).toBe(BigInt(rows.length));
    expect(tally.sectorAnswered.reduce((a, b) => a + b, 0)).toBe(rows.length);
  }
}

test('the representative’s word stands over an alternate’s, in whichever order they come', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  expect((await person('Bea').presses('No', card)).text).toContain('Clinic says: No');
  expect((await person('Bob').presses('Yes', card)).text).toContain('Clinic says: Yes');
  expect((await person('Ben').presses('No', card)).text).toContain('Clinic says: No');
  const overruled = await person('Bea').presses('Yes', card);
  expect(overruled.refused).toBe('decisions.overruled');
  expect(overruled.text).toContain('Ben has answered for Clinic');
  expect(await ballots()).toEqual(['Clinic no']);
  expect((await person('Bob').presses('What did we say?', card)).text).toContain('Clinic says: No');
  await expectTallyHolds();
});

test('who does not speak for an organisation is told who does; who is in none has no voice', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  const told = await person('Bo').presses('Yes', card);
  expect(told.refused).toBe('decisions.not-speaker');
  expect(told.text).toContain('Ben, Bea, Bob');
  expect((await person('Ana').presses('Yes', card)).refused).toBe('decisions.no-voice');
});

test('an organisation that joins later has no voice in what was open already', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await here.addPartner({ name: 'Garden', sector: 'Food', voices: ['Gus'] });
  expect((await person('Gus').presses('Yes', card)).refused).toBe('decisions.no-voice');
  await bot.database.partner.updateMany({ where: { name: 'Garden' }, data: { leftAt: bot.clockHand.now() } });
});

test('ten retries of one press, and ten presses, are one answer', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  await person('Cleo').presses('Yes', card);
  const retries = await Promise.all(
    Array.from({ length: 10 }, () => person('Cleo').presses('Yes', card, { again: true })),
  );
  expect(retries.every((each) => each.duplicate)).toBe(true);
  await Promise.all(Array.from({ length: 10 }, () => person('Cleo').pressesId(pressId(card, 'Yes'))));
  await bot.settle();
  expect(cardText(card.card, winnipeg)).toContain('Answered: 1/5');
  await expectTallyHolds();
});

test('two alternates at once leave one answer, and everybody at once leaves a tally that holds', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  const pressed = await Promise.all(
    ['Bea', 'Bob', 'Cleo', 'Dan', 'Eva', 'Finn', 'Bob', 'Bea', 'Cleo'].map((name, index) =>
      person(name).pressesId(pressId(card, index % 2 ? 'Yes' : 'No')),
    ),
  );
  expect(pressed.map((each) => each.refused)).toEqual(pressed.map(() => null));
  await bot.settle();
  expect(cardText(card.card, winnipeg)).toContain('Answered: 5/5');
  await expectTallyHolds();
});

test('an answer at the very instant of the close comes too late, even before anything has closed it', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  const { closesAt, id } = await bot.database.decision.findFirstOrThrow({ orderBy: { number: 'desc' } });
  bot.clockHand.goTo(new Date(closesAt.getTime() - 1));
  expect((await person('Dan').presses('Yes', card)).refused).toBeNull();
  bot.clockHand.goTo(closesAt);
  const late = await person('Eva').presses('Yes', card);
  expect(late.refused).toBe('decisions.late');
  expect(late.text).toContain('changes nothing');
  expect(await bot.database.decisionBallot.count({ where: { decisionId: id } })).toBe(1);
  await bot.settle();
  expect((await person('Dan').pressesId(`decide.vote:${'x'.repeat(22)}:yes`)).refused).toBe('decisions.gone');
});

test('what staff log for an organisation is told to it, undone by it, and never stands over its own word', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority' });
  const number = /Decision (\d+)/.exec(cardText(card.card, winnipeg))?.[1];
  const logged = await person('Ana').says(`/decide spoken ${number} "Food Bank" Yes`);
  expect(logged.text).toContain('Logged for Food Bank: Yes');
  await bot.settle();
  const told = person('Cleo').inbox().at(-1);
  expect(told && cardText(told.card, winnipeg)).toContain('Ana logged for Food Bank');
  expect((await person('Dan').says(`/decide show ${number}`)).text).not.toContain('logged by staff');

  expect((await person('Cleo').presses('Undo it', told)).text).toContain('Undone');
  expect((await person('Cleo').presses('Undo it', told)).text).toContain('nothing to undo');
  expect(await bot.database.decisionBallot.count({ where: { spoken: true } })).toBe(0);

  await person('Cleo').presses('No', card);
  const refused = await person('Ana').says(`/decide spoken ${number} "Food Bank" Yes`);
  expect(refused.refused).toBe('decisions.spoke');
  expect((await person('Cleo').says(`/decide spoken ${number} Clinic Yes`)).refused).toBe('core.backbone');
  await expectTallyHolds();
});

test('an objection is taken only with its reason', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'consent' });
  const id = pressId(card, 'Object').replace('decide.reasoned', 'decide.vote');
  expect((await person('Ben').pressesId(id)).refused).toBe('decisions.reason');
  expect((await person('Ben').presses('Object', card)).form?.title).toBe('Why');
  expect((await person('Ben').fills({ reason: 'Too soon.' })).text).toContain('Clinic says: Object');
});

test('results show when the terms say so: at once, once one has answered, or at the close', async () => {
  const view = (visibility: string) => ({
    'Who sees what': { anonymous: 'no', visibility, reasons: 'optional' },
  });
  const ana = person('Ana');
  const open = await asks(bot, ana, { rule: 'majority', adjust: view('open') });
  const after = await asks(bot, ana, { rule: 'majority', adjust: view('after-voting') });
  const atClose = await asks(bot, ana, { rule: 'majority', adjust: view('at-close') });
  for (const card of [open, after, atClose]) await person('Dan').presses('Yes', card);
  await bot.settle();
  const seen = async (card: Posted, name: string) => {
    const number = /Decision (\d+)/.exec(cardText(card.card, winnipeg))?.[1];
    return (await person(name).says(`/decide show ${number}`)).text;
  };
  expect(cardText(open.card, winnipeg)).toContain('Yes: 1/1');
  expect(cardText(after.card, winnipeg)).not.toContain('Yes: 1/1');
  expect(await seen(open, 'Eva')).toContain('Library: Yes');
  expect(await seen(after, 'Eva')).not.toContain('Library: Yes');
  expect(await seen(after, 'Dan')).toContain('Library: Yes');
  expect(await seen(atClose, 'Dan')).not.toContain('Yes: 1/1');
  expect(await seen(atClose, 'Ana')).not.toContain('Library: Yes');
  expect(await seen(atClose, 'Ana')).toContain('Not answered yet: Clinic, Food Bank, Mosque, School');
  expect(await seen(atClose, 'Eva')).not.toContain('Not answered yet');
});
