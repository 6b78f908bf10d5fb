import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { everyRow, type Row } from '../../support/every-row.ts';
import type { Reply } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';
const tuesday = '2026-03-03T15:30:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, {
    staff: ['Ana', 'Abe'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'], joinedAt: '2025-06-01T00:00:00Z' },
      { name: 'Library', voices: ['Cleo'], joinedAt: '2026-01-20T00:00:00Z' },
    ],
  });
});
afterEach(() => bot.end());

const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const says = (who: string, typed: string) => coalition.person(who).says(typed);
const codeIn = ({ text }: Reply) => /[0-9a-z]{4}(?:-[0-9a-z]{4}){3}/.exec(text)?.[0] ?? '';
const lastMessage = (who: string) => coalition.person(who).inbox().at(-1);
const lastWords = (who: string) => JSON.stringify(lastMessage(who)?.card ?? '');

async function raises(who: string, to: string, words: string, how: 'named' | 'secret'): Promise<Reply> {
  await says(who, '/checkin concern');
  const raised = await coalition.person(who).fills({ to, words, how });
  expect(raised.refused, raised.text).toBeNull();
  await bot.settle();
  return raised;
}
async function opens(who: string, code: string, more: Record<string, string> = {}): Promise<Reply> {
  await says(who, '/checkin thread');
  return coalition.person(who).fills({ code, ...more });
}

test('something that is not right is said to one person by name, and they answer each other', async () => {
  const ben = coalition.person('Ben');
  const raised = await raises('Ben', 'Abe', 'Meetings are always at noon', 'named');
  expect(raised.text).toContain('Abe has it, with your name');
  const abe = coalition.person('Abe');
  expect(lastWords('Abe')).toContain('Ben: Meetings are always at noon');
  await abe.presses('Answer', lastMessage('Abe'));
  await abe.fills({ words: 'We will move them' });
  await bot.settle();
  expect(JSON.stringify(ben.inbox().at(-1)?.card)).toContain('We will move them');
  expect((await says('Ana', '/checkin concerns')).text).toContain('Nothing was raised to you');
  const reply = await coalition.person('Cleo').presses('Answer', lastMessage('Abe'));
  expect((await coalition.person('Cleo').fills({ words: 'x' }, reply.form ?? undefined)).refused).toBe(
    'check-ins.no-thread',
  );
});

test('staff who look at what goes out and went out learn of nobody who raised or was told a concern', async () => {
  await says('Ana', '/coalition pause');
  await raises('Ben', 'Abe', 'Ana never listens', 'named');
  await raises('Cleo', 'Abe', 'Ana shouts', 'secret');
  const looks = async () => {
    const cards = [];
    for (const typed of ['/attention preview days:7', '/attention sent', '/attention sent member:@Ben'])
      cards.push((await says('Ana', typed)).text);
    cards.push((await says('Ana', '/attention held')).text, (await says('Ana', '/coalition tasks')).text);
    return cards.join('\n');
  };
  const telling = /not right|chose them|Abe|Ben \(|Cleo|concern|check-ins/;
  expect(await looks()).not.toMatch(telling);
  await says('Ana', '/coalition resume');
  await bot.settle();
  await goTo(tuesday);
  expect(coalition.person('Abe').inbox()).not.toHaveLength(0);
  const told = coalition
    .person('Abe')
    .inbox()
    .find(({ card }) => JSON.stringify(card).includes('Ana never listens'));
  await coalition.person('Abe').presses('Answer', told);
  await coalition.person('Abe').fills({ words: 'I will talk to her' });
  await bot.settle();
  expect(lastWords('Ben')).toContain('I will talk to her');
  expect(await looks()).not.toMatch(telling);
  const stated = JSON.stringify(bot.log.lines);
  expect(stated).not.toMatch(/listens|shouts|talk to her/);
});

test('a concern is no contact with us: no clock, no balance and no held ask moves for it', async () => {
  await bot.database.partnerBalance.create({
    data: { coalitionId: coalition.id, partnerId: coalition.partnerId('Food Bank'), asksInRow: 3 },
  });
  expect((await says('Ana', '/checkin due')).text).toContain('Food Bank: overdue. No contact yet');
  await raises('Ben', 'Cleo', 'You took our van', 'named');
  await raises('Ben', 'Ana', 'Too many questions', 'named');
  await coalition.person('Ana').presses('Answer', lastMessage('Ana'));
  await coalition.person('Ana').fills({ words: 'Fewer, then' });
  await bot.settle();
  expect(lastWords('Ben')).toContain('Fewer, then');
  expect(await bot.database.contact.count()).toBe(0);
  expect((await says('Ana', '/checkin due')).text).toContain('Food Bank: overdue. No contact yet');
  expect((await says('Ana', '/checkin partner partner:"Food Bank"')).text).not.toContain('written');
  const balance = await says('Ana', '/attention balance partner:"Food Bank"');
  expect(balance.text).toContain('There was no contact yet');
  expect((await bot.database.partnerBalance.findFirst())?.asksInRow).toBe(3);
});

test('without a name it is a thread in both directions by its code, and nothing leads to whoever raised it', async () => {
  const ben = coalition.person('Ben');
  const ana = coalition.person('Ana');
  // Somebody else did so before, as the row of all concerns is there for more than one.
  await raises('Cleo', 'Abe', 'Nobody greets', 'secret');
  await goTo('2026-03-02T16:00:00Z');
  const before = await everyRow(bot.database);
  await ben.says('/checkin concern');
  const raised = await ben.fills({ to: 'Ana', words: 'Somebody is pushed around', how: 'secret' });
  const after = await everyRow(bot.database);
  const receipt = codeIn(raised);
  expect(receipt).not.toBe('');
  const fresh = after.filter(
    (row) => !before.some(({ table, text }) => table === row.table && text === row.text),
  );
  // An arrival says that something was done, by its platform's own name for it; an account the day alone.
  expect(new Set(fresh.map(({ table }) => table).filter((table) => table !== 'Account'))).toEqual(
    new Set(['Arrival', 'ConcernBox']),
  );
  const box = fresh.filter(({ table }) => table === 'ConcernBox');
  expect(box).toHaveLength(1);
  const together = after.filter(
    ({ xmin, xmax, table }) => table !== 'ConcernBox' && [xmin, xmax].includes(box[0]?.xmin ?? ''),
  );
  expect(together).toEqual([]);
  const moment = fresh.filter(({ table }) => table !== 'Arrival');
  for (const { text } of moment) {
    expect(text).not.toContain(bot.clockHand.now().toISOString().slice(11, 16));
    expect(text).not.toMatch(/T\d\d:\d\d/);
  }
  const uuids = moment.flatMap(({ text }) =>
    text.match(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g),
  );
  const known = new Set(
    before.flatMap(({ text }) => text.match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g) ?? []),
  );
  expect(uuids.filter((each) => each && !known.has(each))).toEqual([]);

  await bot.settle();
  expect(await bot.database.timer.count({ where: { kind: { startsWith: 'check-ins' } } })).toBe(0);
  expect(ana.inbox()).toHaveLength(0);
  await goTo(tuesday);
  expect(lastWords('Ana')).toContain('without a name');
  const list = await says('Ana', '/checkin concerns');
  expect(list.text).toContain('Somebody is pushed around');
  expect((await says('Abe', '/checkin concerns')).text).not.toContain('pushed');
  await ana.presses('Answer', list);
  await ana.fills({ words: 'Thank you for saying so' });
  const seen = await opens('Ben', receipt.toUpperCase(), { words: 'It goes on' });
  expect(seen.text).toContain('Ana: Thank you for saying so');
  // What is pressed may be kept beside who pressed it, so there is nothing to press.
  expect(JSON.stringify(seen.card)).not.toContain('"buttons"');
  expect((await says('Ana', '/checkin concerns')).text).toContain('It goes on');
  expect((await opens('Ben', 'aaaa-aaaa-aaaa-aaaa')).refused).toBe('check-ins.no-thread');

  const rows = await everyRow(bot.database);
  const holding = (words: string) => [
    ...new Set(rows.filter(({ text }) => text.includes(words)).map(({ table }) => table)),
  ];
  expect(holding('pushed around')).toEqual(['ConcernBox']);
  expect(holding(receipt)).toEqual([]);
  expect(await bot.database.draft.count()).toBe(0);
  const logged = JSON.stringify(bot.log.lines);
  for (const each of ['pushed', 'goes on', receipt]) {
    expect(logged).not.toContain(each);
    expect(await bot.queue.metrics()).not.toContain(each);
  }
  const row = await bot.database.concernBox.findFirstOrThrow();
  expect(Object.keys(row).sort()).toEqual(['coalitionId', 'threads', 'toldOn']);
  expect(row.toldOn).toBe('2026-03-03');
  for (const { name, id } of await bot.database.member.findMany())
    if (name === 'Ben' || name === 'Cleo') expect(JSON.stringify(row)).not.toContain(id);
});

test('every morning rewrites the row of all concerns, so that its last transaction says nothing about one', async () => {
  await raises('Ben', 'Ana', 'It is cold here', 'secret');
  const boxIn = (rows: readonly Row[]) => rows.find(({ table }) => table === 'ConcernBox');
  const raised = boxIn(await everyRow(bot.database));
  await goTo(tuesday);
  const told = boxIn(await everyRow(bot.database));
  expect(told?.xmin).not.toBe(raised?.xmin);
  await goTo('2026-03-04T15:30:00Z');
  const nothingNew = boxIn(await everyRow(bot.database));
  expect(nothingNew?.xmin).not.toBe(told?.xmin);
  expect(coalition.person('Ana').inbox()).toHaveLength(1);
});

const long = (start: string) => `${start} ${'word '.repeat(196)}end`.slice(0, 1000);

/** Turns pages back from where somebody stands, and gives all that stood on them. */
async function readsBack(who: string, reply: Reply): Promise<string> {
  const person = coalition.person(who);
  let read = reply.text;
  for (let at = reply; ; ) {
    const earlier = /\[(Earlier: page \d+ of \d+)\]/.exec(at.text)?.[1];
    if (!earlier) return read;
    at = await person.presses(earlier, at);
    read += at.text;
  }
}

test('whoever was chosen reads every word without a name, answers it, and closes it until there are more', async () => {
  const ana = coalition.person('Ana');
  const codes: string[] = [];
  for (let number = 0; number < 7; number += 1)
    codes.push(codeIn(await raises('Ben', 'Ana', long(`Thread ${number}:`), 'secret')));
  const [code = ''] = codes;
  for (let number = 0; number < 5; number += 1) await opens('Ben', code, { words: long(`More ${number}:`) });
  const first = await ana.says('/checkin concerns');
  const second = await ana.presses('Page 2 of 2', first);
  const both = first.text + second.text;
  expect(both.match(/It waits for your answer/g)).toHaveLength(7);
  for (let number = 1; number < 7; number += 1) expect(both).toContain(`Thread ${number}:`);

  const page = first.text.includes('More 4:') ? first : second;
  const at = page.text.split('From somebody without a name').findIndex((part) => part.includes('More 4:'));
  const readButtons = page.card?.parts.flatMap((part) =>
    part.part === 'buttons' ? part.buttons.filter(({ label }) => label === 'Read it all') : [],
  );
  const thread = await ana.pressesId(readButtons?.[at - 1]?.id ?? '');
  const read = await readsBack('Ana', thread);
  for (const words of [long('Thread 0:'), ...[0, 1, 2, 3, 4].map((number) => long(`More ${number}:`))])
    expect(read).toContain(words);
  // Nobody else reads it, whatever they press.
  expect((await coalition.person('Abe').pressesId(readButtons?.[at - 1]?.id ?? '')).refused).toBe(
    'check-ins.no-thread',
  );

  const form = await ana.presses('Answer', thread);
  expect(form.form?.intro).toContain(long('More 4:'));
  await ana.fills({ words: long('Answered:') });
  const raiser = await opens('Ben', code);
  expect(raiser.text).toContain(long('Answered:'));
  expect(raiser.text).toContain('Page 4 of 4');
  expect((await opens('Ben', code, { page: '1' })).text).toContain(long('Thread 0:'));

  // What waits is before what is answered, and that before what is closed.
  const answered = await ana.says('/checkin concerns');
  expect(answered.text).not.toContain('Answered:');
  const closed = await ana.presses('Close it', thread);
  expect(closed.text).toContain('You closed it');
  const last = await ana.presses('Page 2 of 2', await ana.says('/checkin concerns'));
  expect(last.text.trimEnd().split('From somebody').at(-1)).toContain('You closed it');
  expect((await opens('Ben', code)).text).toContain('They closed it');
  await opens('Ben', code, { words: 'It has begun again' });
  expect((await opens('Ben', code)).text).not.toContain('They closed it');
  const again = await ana.says('/checkin concerns');
  const rest = await ana.presses('Page 2 of 2', again);
  expect((again.text + rest.text).match(/It waits for your answer/g)).toHaveLength(7);
});

test('both sides of a concern with names read every word, and only whoever was chosen closes it', async () => {
  const ben = coalition.person('Ben');
  const abe = coalition.person('Abe');
  await raises('Ben', 'Abe', long('First:'), 'named');
  expect(lastWords('Abe')).toContain(long('First:'));
  for (let number = 0; number < 4; number += 1) {
    await abe.presses('Answer', lastMessage('Abe'));
    await abe.fills({ words: long(`Answer ${number}:`) });
    await bot.settle();
    expect(lastWords('Ben')).toContain(long(`Answer ${number}:`));
  }
  for (const [who, label] of [
    ['Abe', 'From Ben'],
    ['Ben', 'From you to Abe'],
  ] as const) {
    const list = await says(who, '/checkin concerns');
    expect(list.text).toContain(label);
    const read = await readsBack(who, await coalition.person(who).presses('Read it all', list));
    for (const words of [long('First:'), ...[0, 1, 2, 3].map((number) => long(`Answer ${number}:`))])
      expect(read).toContain(words);
  }
  const thread = await abe.presses('Read it all', lastMessage('Abe'));
  const closeId = /check-ins\.close:[\w-]+/.exec(JSON.stringify(thread.card))?.[0] ?? '';
  expect((await ben.pressesId(closeId)).text).not.toContain('closed it');
  expect((await coalition.person('Cleo').pressesId(closeId)).refused).toBe('check-ins.no-thread');
  expect((await abe.presses('Close it', thread)).text).toContain('You closed it');
  expect((await ben.presses('Read it all', lastMessage('Ben'))).text).toContain('They closed it');
  await ben.presses('Answer', lastMessage('Ben'));
  expect((await ben.fills({ words: 'And again' })).refused).toBeNull();
  expect((await abe.says('/checkin concerns')).text).toContain('It waits for your answer');
});

async function leaves(who: string): Promise<void> {
  await says(who, '/coalition leave');
  await coalition.person(who).presses('Leave the coalition');
  await bot.settle();
}

test('when whoever was chosen leaves, the raiser without a name reads so and chooses somebody else for the same words', async () => {
  const receipt = codeIn(await raises('Ben', 'Abe', 'Somebody is left out', 'secret'));
  await goTo(tuesday);
  await coalition.person('Abe').presses('Answer', await says('Abe', '/checkin concerns'));
  await coalition.person('Abe').fills({ words: 'Who is it?' });
  expect((await opens('Ben', receipt, { to: 'Ana' })).refused).toBe('core.not-kept');
  await leaves('Abe');
  expect((await says('Ana', '/coalition tasks')).text).not.toMatch(/left out|concern|raised/);
  const raised = await opens('Ben', receipt, { words: 'The new one' });
  expect(raised.text).toContain('Nobody reads it any more');
  await goTo('2026-03-04T15:30:00Z');
  const box = await bot.database.concernBox.findFirstOrThrow();
  expect(JSON.stringify(box.threads)).toContain('"untold":true');
  expect((await opens('Ben', receipt, { to: 'Ben' })).refused).toBe('core.not-kept');

  const handed = await opens('Ben', receipt, { to: 'Ana' });
  expect(handed.text).not.toContain('Nobody reads it any more');
  await goTo('2026-03-05T15:30:00Z');
  expect(lastWords('Ana')).toContain('without a name');
  const ana = coalition.person('Ana');
  const read = await ana.presses('Read it all', await says('Ana', '/checkin concerns'));
  expect(read.text).toContain('Somebody is left out');
  expect(read.text).toContain('Somebody it was raised to before: Who is it?');
  expect(read.text).toContain('The new one');
});

test('when whoever was chosen leaves, whoever raised it with their name hears so, and nobody else', async () => {
  await raises('Ben', 'Abe', 'The door is locked', 'named');
  await leaves('Abe');
  expect(lastWords('Ben')).toContain('Abe has left, so nobody reads what you raised to them any more');
  const thread = await coalition.person('Ben').presses('Read it all', lastMessage('Ben'));
  expect(thread.text).toContain('The door is locked');
  expect(thread.text).toContain('nobody reads it any more');
  const looks =
    (await says('Ana', '/attention sent')).text + (await says('Ana', '/attention preview days:7')).text;
  expect(looks).not.toMatch(/not right|raised|has left/);
  expect((await says('Ana', '/coalition tasks')).text).not.toMatch(/raised|locked/);
});
