import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { buttonsOf, type Reply } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, {
    staff: ['Ana', 'Abe'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
      { name: 'Clinic', voices: ['Dov'] },
    ],
  });
});
afterEach(() => bot.end());

const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const says = (who: string, typed: string) => coalition.person(who).says(typed);
const tasks = async (kind: string) => {
  const rows = await bot.database.staffTask.findMany({ where: { kind, doneAt: null } });
  return rows.map(({ text }) => JSON.stringify(text));
};
const timesAsked = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .flatMap(({ card }) => card?.parts ?? [])
    .filter((part) => part.part === 'text' && JSON.stringify(part).includes('How is the partnership')).length;

const pulseOf = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .findLast(({ card }) => JSON.stringify(card).includes('How is it for you?'));

test('a pulse is answered to the owner alone, or shared; low and silent become tasks that tell nothing', async () => {
  await says('Ana', '/checkin care partner:"Food Bank" owner:Abe');
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  const ben = coalition.person('Ben');
  await ben.presses('Answer', pulseOf('Ben'));
  const thanks = await ben.fills({ score: '1', words: 'We are tired', how: 'private' });
  expect(thanks.text).toContain('Only Abe on staff reads it');
  await bot.settle();
  const cleo = coalition.person('Cleo');
  await cleo.presses('Answer', pulseOf('Cleo'));
  await cleo.fills({ score: '5', words: '', how: 'shared' });
  await bot.settle();
  expect(JSON.stringify(coalition.person('Abe').inbox())).toContain('We are tired');
  expect(JSON.stringify(coalition.person('Ana').inbox())).not.toContain('We are tired');
  expect((await says('Ana', '/checkin answers')).text).toContain('Library: 5 of 5');
  expect((await says('Ana', '/checkin answers')).text).not.toContain('tired');
  expect((await says('Abe', '/checkin answers')).text).toContain('to you alone: 1 of 5. We are tired');
  const low = (await tasks('pulse-low')).join();
  expect(low).toContain('Food Bank');
  expect(low).not.toMatch(/tired|1 of 5/);
  const inbox = coalition.person('Dov').inbox().length;
  await goTo('2026-03-18T17:00:00Z');
  expect((await tasks('pulse-silent')).join()).toContain('Clinic');
  expect(coalition.person('Dov').inbox()).toHaveLength(inbox);
  await ben.presses('Answer', pulseOf('Ben'));
  expect((await ben.fills({ score: '5' })).refused).toBe('check-ins.answered');
  await goTo('2026-05-20T17:00:00Z');
  expect(await bot.database.pulseUrn.count()).toBe(1);
  await goTo('2026-06-03T17:00:00Z');
  expect(await bot.database.pulseUrn.count()).toBe(2);
});

test('answers without a name are told above five, and no table or log joins one to whoever gave it', async () => {
  for (let number = 1; number <= 4; number += 1)
    await coalition.addPartner({ name: `Partner ${number}`, voices: [`Voice ${number}`] });
  await says('Ana', '/checkin pulse months:1');
  await goTo('2026-03-03T17:00:00Z');
  expect(JSON.stringify(pulseOf('Ben')?.card)).toContain('told once, on 2026-03-17');
  const people = ['Ben', 'Cleo', 'Dov', 'Voice 1', 'Voice 2', 'Voice 3'];
  for (const [index, who] of people.entries()) {
    const person = coalition.person(who);
    await person.presses('Answer without a name', pulseOf(who));
    const thanks = await person.fills({ score: '2', words: `secret words of ${index}` });
    expect(thanks.text).toContain('nothing here says that it was you');
    const results = await says('Ana', '/checkin answers');
    expect(results.text).toContain('told here once, from 2026-03-17 on');
    expect(results.text).not.toMatch(/secret words|on average/);
  }
  expect(await tasks('pulse-low')).toEqual([]);
  expect(await bot.database.contact.count()).toBe(0);
  expect(await bot.database.draft.count()).toBe(0);
  expect(await tablesWith('secret words of 0')).toEqual(['PulseUrn']);
  expect(JSON.stringify(bot.log.lines)).not.toContain('secret words');
  const asks = await bot.database.pulseAsk.findMany();
  expect(Object.keys(asks[0] ?? {}).sort()).toEqual(['answered', 'coalitionId', 'partnerId', 'round']);
});

async function tablesWith(words: string): Promise<string[]> {
  const tables = await bot.database.$queryRaw<{ name: string }[]>`
    select table_name::text as "name" from information_schema.tables where table_schema = 'public'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await bot.database.$queryRawUnsafe<{ row: string }[]>(
      `select to_json(t)::text as "row" from "${name}" t`,
    );
    if (rows.some(({ row }) => row.includes(words))) found.push(name);
  }
  return found.sort();
}

/** Answers the latest pulse without a name, in two steps: opening the form, and sending it. */
async function secretly(who: string, values: { score: string; words: string }): Promise<Reply> {
  const person = coalition.person(who);
  const opened = await person.presses('Answer without a name', pulseOf(who));
  return opened.form ? person.fills(values) : opened;
}

test('the total is told once, when the round closes; whoever comes later is told before they write', async () => {
  const more = Array.from({ length: 5 }, (_, index) => `Voice ${index + 1}`);
  for (const who of more) await coalition.addPartner({ name: `Partner of ${who}`, voices: [who] });
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  const people = ['Ben', 'Cleo', 'Dov', ...more.slice(0, 3)];
  for (const [index, who] of people.entries())
    await secretly(who, { score: '4', words: `${9 - index} words` });
  const late = coalition.person('Voice 5');
  const open = (await late.presses('Answer without a name', pulseOf('Voice 5'))).form;
  await goTo('2026-03-17T14:00:00Z');
  expect((await says('Ana', '/checkin answers')).text).not.toContain('on average');
  await goTo('2026-03-17T17:00:00Z');
  const told = await says('Ana', '/checkin answers');
  expect(told.text).toContain('6 answers, 4 of 5 on average');
  expect(told.text).toMatch(/4 words[\s\S]*5 words[\s\S]*6 words[\s\S]*7 words[\s\S]*8 words[\s\S]*9 words/);

  const refusal = await secretly('Voice 4', { score: '1', words: 'We are worn out' });
  expect(refusal.refused).toBe('check-ins.closed');
  expect(refusal.text).toContain('/checkin concern');
  // Their form was open already when the round closed.
  expect((await late.fills({ score: '1', words: 'We are worn out' }, open ?? undefined)).refused).toBe(
    'check-ins.closed',
  );
  const named = coalition.person('Voice 4');
  await named.presses('Answer', pulseOf('Voice 4'));
  expect((await named.fills({ score: '3', words: 'Still glad', how: 'shared' })).refused).toBeNull();
  const after = await says('Ana', '/checkin answers');
  expect(after.text).toContain('6 answers, 4 of 5 on average');
  expect(after.text).toContain('Still glad');
  expect(await tablesWith('We are worn out')).toEqual([]);
});

test('too few answers without a name are not told at the close, and not kept', async () => {
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  for (const who of ['Ben', 'Cleo']) await secretly(who, { score: '1', words: 'We are lost' });
  expect(await tablesWith('We are lost')).toEqual(['PulseUrn']);
  await goTo('2026-03-17T17:00:00Z');
  expect((await says('Ana', '/checkin answers')).text).toContain('not told and not kept');
  expect(await tablesWith('We are lost')).toEqual([]);
});

test('somebody who looks after a partner later reads nothing that it told to somebody else alone', async () => {
  await says('Ana', '/checkin care partner:"Food Bank" owner:Abe backup:Ana');
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  const ben = coalition.person('Ben');
  const opened = await ben.presses('Answer', pulseOf('Ben'));
  expect(opened.form?.intro).toContain('read by Abe');
  expect(opened.form?.intro).toContain('never by anybody who takes over later');
  await ben.fills({ score: '2', words: 'Ana talks over us', how: 'private' });
  await bot.settle();
  const lists = ['/attention preview days:7', '/attention sent'];
  for (const typed of lists) expect((await says('Ana', typed)).text).not.toContain('answered how it goes');
  await says('Ana', '/checkin care partner:"Food Bank" owner:Ana');
  expect((await says('Ana', '/checkin answers')).text).not.toContain('talks over us');
  expect((await says('Abe', '/checkin answers')).text).toContain('Ana talks over us');
});

test('how often partners are asked is set anew the day after a round, and nobody is asked twice for it', async () => {
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  const set = await says('Ana', '/checkin pulse months:6');
  expect(set.text).toContain('last asked on 2026-03-03');
  expect(set.text).toContain('the next time is 2026-09-03');
  expect((await says('Ana', '/checkin pulse months:1 first:2026-03-10')).text).toContain('2026-04-03');
  await goTo('2026-03-11T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  await says('Ana', '/checkin pulse months:0');
  await says('Ana', '/checkin pulse months:2');
  await goTo('2026-05-02T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  await goTo('2026-05-03T17:00:00Z');
  expect(timesAsked('Ben')).toBe(2);
  expect((await says('Ana', '/checkin pulse months:2 first:2026-09-01')).text).not.toContain('last asked');
});

test('a round that was planned too early is put off until it is due', async () => {
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  await bot.database.timer.updateMany({
    where: { kind: 'check-ins.pulse', doneAt: null },
    data: { occurrence: '2026-03-05', dueAt: new Date('2026-03-05T16:00:00Z') },
  });
  await goTo('2026-03-06T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  await goTo('2026-06-03T17:00:00Z');
  expect(timesAsked('Ben')).toBe(2);
});

test('after months of standstill everybody is asked once, and nobody is silent before two weeks are over', async () => {
  await says('Ana', '/checkin pulse months:1');
  await goTo('2026-06-20T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  expect(await tasks('pulse-silent')).toEqual([]);
  expect((await says('Ana', '/checkin answers')).text).toContain('asked on 2026-06-20');
  await goTo('2026-07-03T17:00:00Z');
  expect(await tasks('pulse-silent')).toEqual([]);
  expect(timesAsked('Ben')).toBe(1);
  await goTo('2026-07-04T17:00:00Z');
  expect(await tasks('pulse-silent')).toHaveLength(3);
  await goTo('2026-07-20T17:00:00Z');
  expect(timesAsked('Ben')).toBe(2);
});

test('silent is only who was really asked, each counted from the day on which the question reached them', async () => {
  await coalition.addPartner({ name: 'Choir' });
  await says('Ben', '/coalition away until:2026-03-10');
  await says('Cleo', '/coalition away until:2026-04-30');
  await says('Ana', '/checkin pulse months:3');
  await goTo('2026-03-03T17:00:00Z');
  expect([timesAsked('Ben'), timesAsked('Cleo'), timesAsked('Dov')]).toEqual([0, 0, 1]);
  await goTo('2026-03-11T17:00:00Z');
  expect(timesAsked('Ben')).toBe(1);
  await goTo('2026-03-17T17:00:00Z');
  expect(
    (await tasks('pulse-silent')).map((text) => /Clinic|Food Bank|Library|Choir/.exec(text)?.[0]),
  ).toEqual(['Clinic']);
  expect((await says('Ana', '/checkin answers')).text).toContain('0 of 2 partners');
  await goTo('2026-03-24T16:00:00Z');
  expect(await tasks('pulse-silent')).toHaveLength(1);
  await goTo('2026-03-25T17:00:00Z');
  const silent = (await tasks('pulse-silent')).join();
  expect(silent).toContain('Food Bank');
  expect(silent).not.toMatch(/Library|Choir/);
  await goTo('2026-05-02T17:00:00Z');
  expect(await tasks('pulse-silent')).toHaveLength(2);
});

test('every word of every round is read by those it was for, page by page', async () => {
  const people = ['Ben', 'Cleo', 'Dov'];
  for (let number = 1; number <= 6; number += 1) {
    people.push(`Voice ${number}`);
    await coalition.addPartner({ name: `Partner ${number}`, voices: [`Voice ${number}`] });
  }
  await says('Ana', '/checkin pulse months:1');
  await goTo('2026-03-03T17:00:00Z');
  const wordsOf = (who: string) => `${who}: ${'long words '.repeat(52)}end of ${who}`;
  for (const [index, who] of people.entries()) {
    const person = coalition.person(who);
    const own = index < 3;
    await person.presses(own ? 'Answer' : 'Answer without a name', pulseOf(who));
    const values = { score: '4', words: wordsOf(who) };
    await person.fills(own ? { ...values, how: 'shared' } : values);
  }
  await goTo('2026-04-03T17:00:00Z');
  const ana = coalition.person('Ana');
  let page = await ana.says('/checkin answers');
  expect(page.text).not.toContain('end of');
  page = await ana.presses('Asked on 2026-03-03', page);
  const read = [page.text];
  for (;;) {
    const next = page.card ? buttonsOf(page.card).find(({ label }) => /^Page \d/.test(label)) : undefined;
    if (!next) break;
    page = await ana.presses(next.label, page);
    read.push(page.text);
  }
  expect(read.length).toBeGreaterThan(1);
  for (const who of people) expect(read.join(), who).toContain(wordsOf(who));
  expect((await ana.presses('Asked on 2026-04-03', page)).text).toContain('asked on 2026-04-03');
});
