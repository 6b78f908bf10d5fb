import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { buttonsOf } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, {
    staff: ['Ana', 'Abe'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'], offers: ['storage'], joinedAt: '2025-06-01T00:00:00Z' },
      { name: 'Library', voices: ['Cleo'], joinedAt: '2026-01-20T00:00:00Z' },
      { name: 'Clinic', voices: ['Dov'], joinedAt: '2026-02-25T00:00:00Z' },
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

test('staff see whom they are losing touch with, longest overdue first, and what to talk about', async () => {
  await says('Ben', '/digest announce Our new van is here');
  await says('Ana', '/checkin care partner:"Food Bank" owner:Ana backup:Abe tier:close');
  const due = await says('Ana', '/checkin due');
  expect(due.text).toContain('1 partner overdue, 1 due, of 3');
  expect(due.text.indexOf('Food Bank: overdue')).toBeLessThan(due.text.indexOf('Library: due'));
  expect(due.text).not.toContain('Clinic');
  expect(due.text).toContain('Looked after by Ana');
  expect(due.text).toContain('Their news: “Our new van is here”');
  expect(due.text).toContain('They offer: storage');
  expect((await says('Ana', '/checkin due mine:yes')).text).not.toContain('Library');
  expect((await says('Ben', '/checkin due')).refused).toBe('core.backbone');
});

test('a logged call restarts the clock; a promise is due to staff on its day, and kept with one press', async () => {
  const logged = await says(
    'Ana',
    '/checkin log partner:"Food Bank" kind:call line:"Short of drivers" promise:"Ask the school" due:2026-03-05',
  );
  expect(logged.text).toContain('The people of Food Bank can see and export that line');
  expect((await says('Ana', '/checkin due')).text).not.toContain('Food Bank');
  await goTo('2026-03-04T16:00:00Z');
  expect(await tasks('promise-due')).toEqual([]);
  await goTo('2026-03-05T16:00:00Z');
  expect((await tasks('promise-due')).join()).toContain('Ask the school');
  const partner = await says('Ana', '/checkin partner partner:"Food Bank"');
  expect(partner.text).toContain('call: Short of drivers');
  expect(partner.text).toContain('Promised for 2026-03-05: Ask the school');
  const kept = await coalition.person('Ana').presses('Promise kept', partner);
  expect(kept.text).not.toContain('Ask the school');
  expect(await tasks('promise-due')).toEqual([]);
});

test('what the bot sends restarts no clock, whatever it is', async () => {
  await bot.database.touchpoint.createMany({
    data: ['ask', 'give', 'neutral'].map((kind) => ({
      coalitionId: coalition.id,
      partnerId: coalition.partnerId('Food Bank'),
      memberId: coalition.memberId('Ben'),
      kind,
      feature: 'roles',
      at: bot.clockHand.now(),
    })),
  });
  const due = await says('Ana', '/checkin due');
  expect(due.text).toContain('Food Bank: overdue. No contact yet');
  expect(due.text).toContain('You last asked them');
});

test('private notes are staff’s alone: the partner sees and exports the logged line and nothing of them', async () => {
  await says('Ana', '/checkin log partner:"Food Bank" kind:visit line:"Saw the new hall"');
  const note = await says('Ana', '/checkin note partner:"Food Bank" text:"Their director leaves in June"');
  expect(note.text).toContain('Food Bank never sees it');
  expect((await says('Ana', '/checkin partner partner:"Food Bank"')).text).toContain('director leaves');
  const own = await says('Ben', '/checkin partner');
  expect(own.text).toContain('Saw the new hall');
  expect(own.text).not.toContain('leaves in June');
  await says('Ben', '/coalition me');
  const exported = JSON.stringify((await coalition.person('Ben').presses('Export what is stored')).card);
  expect(exported).toContain('Saw the new hall');
  expect(exported).not.toContain('leaves in June');
  expect((await says('Cleo', '/checkin partner partner:"Food Bank"')).refused).toBe('check-ins.not-yours');
});

test('every word that was noted is read in full, by staff and by the partner what is for it', async () => {
  const long = (begin: string, letters: number) =>
    `${begin} ${'and so on '.repeat(90)}`.slice(0, letters - 4).trim() + ' end';
  const lines = Array.from({ length: 9 }, (_, index) => long(`Line ${index}`, 290));
  const notes = Array.from({ length: 5 }, (_, index) => long(`Note ${index}`, 790));
  for (const line of lines) await says('Ana', `/checkin log partner:"Food Bank" kind:call line:"${line}"`);
  for (const note of notes) await says('Ana', `/checkin note partner:"Food Bank" text:"${note}"`);
  async function readsAll(who: string, typed: string): Promise<string> {
    const person = coalition.person(who);
    await person.says(typed);
    let page = await person.presses('Read it all');
    const read = [page.text];
    for (;;) {
      const next = page.card && buttonsOf(page.card).find(({ label }) => /^Page \d/.test(label));
      if (!next) return read.join();
      page = await person.presses(next.label, page);
      read.push(page.text);
    }
  }
  const staff = await readsAll('Ana', '/checkin partner partner:"Food Bank"');
  for (const words of [...lines, ...notes]) expect(staff).toContain(words);
  const own = await readsAll('Ben', '/checkin partner');
  for (const line of lines) expect(own).toContain(line);
  expect(own).not.toContain('Note 0');
  const all = await says('Ana', '/checkin partner partner:"Food Bank"');
  const stranger = await coalition.person('Cleo').presses('Read it all', all);
  expect(stranger.refused).toBe('check-ins.not-yours');
});

test('whoever is due is on some page, each with a point of every kind, what was asked and promised included', async () => {
  for (const who of ['Voice 1', 'Voice 2'])
    await coalition.addPartner({ name: `Of ${who}`, voices: [who], joinedAt: '2025-08-01T00:00:00Z' });
  await says('Ben', '/digest announce Our new van is here');
  await says('Ana', '/checkin log partner:"Food Bank" kind:call line:"Talked" promise:"Ask the school"');
  await says(
    'Ana',
    '/checkin log partner:"Food Bank" kind:call line:"Again" promise:"Write to them" due:2026-03-03',
  );
  await says('Ana', '/checkin plan partner:"Food Bank" on:2026-03-20');
  const { partnerId, memberId, id: coalitionId } = coalition;
  const of = { coalitionId, partnerId: partnerId('Food Bank'), memberId: memberId('Ben') };
  await bot.database.touchpoint.create({
    data: { ...of, kind: 'ask', feature: 'roles', at: bot.clockHand.now() },
  });
  for (const title of ['Treasurer', 'Note-taker']) {
    const seats = { leastSeats: 1, mostSeats: 1, minutesAMonth: 60, state: 'open' };
    const now = bot.clockHand.now();
    const role = await bot.database.role.create({
      data: { coalitionId, title, purpose: 'To help', ...seats, createdAt: now },
    });
    const term = { coalitionId, roleId: role.id, seat: 1, partnerId: of.partnerId, memberId: of.memberId };
    const lasted = { startedAt: new Date('2025-06-01T00:00:00Z'), endedAt: now, current: null };
    await bot.database.roleTerm.create({ data: { ...term, ...lasted } });
  }
  const first = await says('Ana', '/checkin due');
  expect(first.text).toContain('of 5. Another one is planned.');
  expect(first.text).not.toContain('Food Bank');
  const second = await coalition.person('Ana').presses('Page 2 of 2', first);
  expect(second.text).toContain('Food Bank: in time.');
  expect(second.text).toContain('Planned for 2026-03-20');
  for (const point of ['They offer: storage', 'Our new van is here', 'Write to them', 'You last asked them'])
    expect(second.text).toContain(point);
  expect(second.text.match(/Treasurer|Note-taker/g)).toHaveLength(1);
  expect(second.text).not.toContain('Ask the school');
  expect((await coalition.person('Ana').presses('Back to page 1 of 2', second)).text).toBe(first.text);
});

test('a planned contact is a task on its day, unless it has happened', async () => {
  await says('Ana', '/checkin plan partner:Library on:2026-03-06');
  await says('Ana', '/checkin plan partner:"Food Bank" on:2026-03-06');
  await says('Ana', '/checkin log partner:"Food Bank" kind:coffee line:"Met by chance"');
  await goTo('2026-03-06T16:00:00Z');
  const open = await tasks('check-in-planned');
  expect(open).toHaveLength(1);
  expect(open[0]).toContain('Library');
  await says('Abe', '/checkin log partner:Library kind:call line:"All well"');
  expect(await tasks('check-in-planned')).toEqual([]);
});

test('tiers have a rhythm that staff change, and an owner who leaves is followed by the backup', async () => {
  expect((await says('Ana', '/checkin rhythm tier:usual ideal:10 longest:20')).text).toContain(
    'usual: 10 days aimed at, 20 at most',
  );
  expect((await says('Ana', '/checkin due')).text).toContain('Library: overdue');
  expect((await says('Ana', '/checkin rhythm tier:usual ideal:30 longest:20')).refused).toBe(
    'check-ins.days',
  );
  await says('Ana', '/checkin care partner:Library owner:Abe backup:Ana');
  expect((await says('Ana', '/checkin care partner:Library owner:Ben')).refused).toBe('check-ins.not-staff');
  await says('Abe', '/coalition leave');
  await coalition.person('Abe').presses('Leave the coalition');
  expect((await says('Ana', '/checkin care partner:Library')).text).toContain('Looks after it: Ana');
});

test('a tag has a rhythm of its own, which comes before the tier’s and is staff’s alone', async () => {
  expect((await says('Ana', '/checkin due')).text).toContain('Library: due');
  const tagged = await says('Ana', '/checkin tag partner:Library add:"Funder, pilot"');
  expect(tagged.text).toContain('Funder, pilot');
  expect(tagged.text).toContain('30 aimed at, 60 at most (by tier)');
  await says('Ana', '/checkin rhythm tag:funder ideal:7 longest:60');
  const rhythms = await says('Ana', '/checkin rhythm tag:pilot ideal:20 longest:30');
  expect(rhythms.text).toContain('funder: 7 days aimed at, 60 at most');
  expect(rhythms.text).toContain('of several the shortest');
  expect((await says('Ana', '/checkin care partner:Library')).text).toContain(
    '7 aimed at, 30 at most (by tag: funder, pilot)',
  );
  expect((await says('Ana', '/checkin due')).text).toContain('Library: overdue');
  expect((await says('Ana', '/checkin care partner:Library days:60-90')).text).toContain('(its own)');
  expect((await says('Ana', '/checkin due')).text).not.toContain('Library');
  await says('Ana', '/checkin care partner:Library tier:usual');
  await says('Ana', '/checkin rhythm tag:FUNDER drop:yes');
  expect((await says('Ana', '/checkin rhythm tag:funder drop:yes')).refused).toBe('check-ins.no-tag-rhythm');
  const off = await says('Ana', '/checkin tag partner:Library remove:PILOT');
  expect(off.text).toContain('(by tier)');
  expect((await says('Ana', '/checkin rhythm tag:x tier:close ideal:3')).refused).toBe(
    'check-ins.one-rhythm',
  );
  await says('Cleo', '/coalition me');
  const exported = JSON.stringify((await coalition.person('Cleo').presses('Export what is stored')).card);
  expect(exported).not.toContain('Funder');
  expect((await says('Cleo', '/checkin tag partner:Library add:x')).refused).toBe('core.backbone');
});
