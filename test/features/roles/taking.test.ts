import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

const hour = 3_600_000;

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', sector: 'Food', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', sector: 'Learning', voices: ['Lee'] },
      { name: 'Clinic', sector: 'Health', voices: ['Cleo'] },
      { name: 'Harbour School', sector: 'Learning', voices: ['Hal'] },
    ],
  });
});
afterAll(() => bot.end());

async function openRole(name: string, seats = '1', effort = '30 min') {
  await coalition.person('Ana').says('/roles new');
  return coalition.person('Ana').fills({ name, purpose: `${name} for everybody`, effort, seats });
}

test('staff open a role, and what is wrong with it is said at once with nothing lost', async () => {
  const ana = coalition.person('Ana');
  const form = await ana.says('/roles new');
  expect(form.acknowledged).toBe('with-form');
  const wrong = await ana.fills({
    name: 'Greeter',
    purpose: 'Nobody stands alone',
    effort: '900',
    seats: '3-1',
  });
  expect(wrong.text).toContain('“900” is outside what a role can take');
  expect(wrong.text).toContain('“3-1” does not work');
  await ana.presses('Open it again');
  const opened = await ana.fills({ effort: '0.5', seats: '1-2' });
  expect(opened.text).toContain('“Greeter” is open');
  expect(opened.text).toContain('Time: 30 minutes a month');
  expect(opened.text).toContain('0 of 2 held, 2 free; 1 more needed');

  await ana.says('/roles new');
  const again = await ana.fills({ name: ' grëeter ', purpose: 'Another', effort: '1', seats: '1' });
  expect(again.refused).toBe('roles.title-taken');
});

test('a partner proposes a role, and staff open it', async () => {
  const ben = coalition.person('Ben');
  await ben.says('/roles new');
  const proposed = await ben.fills({ name: 'Bus timetable', purpose: 'Rides', effort: '1', seats: '1' });
  expect(proposed.text).toContain('is proposed');
  expect((await coalition.person('Lee').says('/roles list')).text).not.toContain('Bus timetable');
  expect((await coalition.person('Lee').says('/roles take Bus timetable')).refused).toBe('roles.not-open');

  const ana = coalition.person('Ana');
  expect((await ana.says('/roles list')).text).toContain('Bus timetable: 1 hour a month, proposed');
  await ana.says('/roles show Bus timetable');
  expect((await ana.presses('Open it')).text).toContain('whoever proposed it will hear');
  await bot.settle();
  expect(ben.inbox().at(-1)?.card.parts).toMatchObject([
    { part: 'text', text: expect.arrayContaining([expect.stringContaining('is open now')]) },
  ]);
});

test('taking, waiting, giving back and accepting go in order, and a card in a channel follows', async () => {
  await openRole('Note-taker');
  const [ben, lee, cleo] = ['Ben', 'Lee', 'Cleo'].map((name) => coalition.person(name));
  if (!ben || !lee || !cleo) throw new Error('Three people are needed');
  await coalition.person('Ana').says('/roles post role:Note-taker place:general');
  await bot.settle();
  const posted = bot.channel('general').at(-1);
  if (!posted) throw new Error('No card was posted');

  const took = await ben.presses('Take it', posted);
  expect(took.text).toContain('Food Bank holds “Note-taker” now');
  expect(took.shownAside).toBe(true);
  await bot.settle();
  const waits = await lee.presses('Wait for a seat', posted);
  expect(waits.text).toContain('Library is number 1 in line and does not hold it yet');
  expect((await lee.presses('Wait for a seat', posted)).text).toContain('in line for “Note-taker” already');
  expect((await cleo.says('/roles take Note-taker')).text).toContain('Clinic is number 2 in line');

  await bot.settle();
  const standing = await cleo.says('/roles show Note-taker');
  expect(standing.text).toContain('Food Bank: Ben');
  expect(standing.text).toContain('Waiting, not holding (2): Library, Clinic');
  expect(standing.text).not.toContain('Library: Lee');

  expect((await ben.says('/roles release role:Note-taker note:The template is pinned')).text).toContain(
    'Thank you',
  );
  await bot.settle();
  const offer = lee.inbox().at(-1);
  expect(offer?.card.parts[0]).toMatchObject({ text: 'A seat for you: Note-taker' });
  expect((await cleo.says('/roles show Note-taker')).text).toContain('One seat is on offer to Library');
  expect((await coalition.person('Hal').says('/roles take Note-taker')).text).toContain('number 2 in line');

  const accepted = await lee.presses('Accept', offer);
  expect(accepted.text).toContain('Library holds “Note-taker” now');
  expect(accepted.text).toContain('“The template is pinned”');
  expect((await lee.presses('Accept', offer)).text).toContain('Library holds “Note-taker” already');
  await bot.settle();
  expect(bot.channel('general').at(-1)?.redraws).toBeGreaterThan(0);
});

test('an offer nobody answers goes to the next in line when its time is over', async () => {
  await openRole('Host');
  await coalition.person('Ben').says('/roles take Host');
  await coalition.person('Lee').says('/roles take Host');
  await coalition.person('Cleo').says('/roles take Host');
  await coalition.person('Ben').says('/roles release Host');
  await bot.settle();
  const lee = coalition.person('Lee').inbox().at(-1);

  bot.clockHand.forward(49 * hour);
  await bot.settle();
  expect((await coalition.person('Lee').presses('Accept', lee)).refused).toBe('roles.offer-over');
  const cleo = coalition.person('Cleo');
  expect((await cleo.presses('Accept', cleo.inbox().at(-1))).text).toContain('Clinic holds “Host” now');
});

test('a role is passed on with a note, and stays where it is until the other accepts', async () => {
  await openRole('Welcome mail');
  const ben = coalition.person('Ben');
  await ben.says('/roles take Welcome mail');
  const asked = await ben.says('/roles pass role:"Welcome mail" to:Hal note:Send it on Mondays');
  expect(asked.text).toContain('It stays with you until they accept');
  expect((await ben.says('/roles show Welcome mail')).text).toContain('Food Bank: Ben');
  await bot.settle();
  const hal = coalition.person('Hal');
  expect(JSON.stringify(hal.inbox().at(-1)?.card)).toContain('Send it on Mondays');
  expect((await hal.presses('Accept', hal.inbox().at(-1))).text).toContain('Harbour School holds');
  await bot.settle();
  expect(JSON.stringify(ben.inbox().at(-1)?.card)).toContain('took over');
  expect((await ben.says('/roles pass role:"Welcome mail" to:Lee')).refused).toBe('roles.not-held');
});

test('nobody is passed over while they wait', async () => {
  await openRole('Snacks');
  await coalition.person('Ben').says('/roles take Snacks');
  await coalition.person('Lee').says('/roles take Snacks');
  const over = await coalition.person('Ben').says('/roles pass role:Snacks to:Hal');
  expect(over.refused).toBe('roles.line-comes-first');
});

test('an organisation names who does it and who steps in, of its own people only', async () => {
  await openRole('Minutes');
  const ben = coalition.person('Ben');
  await ben.says('/roles take Minutes');
  await ben.presses('Who does it');
  expect((await ben.fills({ member: 'Bea', alternate: 'Lee' })).refused).toBe('roles.other-partner');
  await ben.says('/roles show Minutes');
  await ben.presses('Who does it');
  expect((await ben.fills({ member: 'Bea', alternate: 'Bob' })).text).toContain('Bea, with Bob stepping in');
});

test('who does not speak for a partner takes nothing, and another coalition’s role is not there', async () => {
  expect((await coalition.person('Bob').says('/roles take Minutes')).refused).toBe('core.voice');
  const other = await makeCoalition(bot, {
    workspace: 'elsewhere',
    staff: ['Zoe'],
    partners: [{ name: 'Elsewhere', voices: ['Zed'] }],
  });
  const mine = await coalition.person('Ana').says('/roles show Minutes');
  const button = mine.card?.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0];
  expect(button?.label).toBe('Change');
  expect((await other.person('Zoe').pressesId(button?.id ?? '')).refused).toBe('roles.not-open');
  const take = mine.card?.parts.length ? await coalition.person('Hal').says('/roles show Minutes') : null;
  const takeId = take?.card?.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0]?.id;
  expect((await other.person('Zed').pressesId(takeId ?? '')).refused).toBe('roles.not-open');
});

test('closing a role that is held says what will happen, tells everybody and keeps the history', async () => {
  await openRole('Map');
  await coalition.person('Ben').says('/roles take Map');
  await coalition.person('Lee').says('/roles take Map');
  const ana = coalition.person('Ana');
  await ana.says('/roles show Map');
  expect((await ana.presses('Close the role')).text).toContain('The organisation that holds it is told');
  expect((await ana.presses('Close it')).text).toContain('“Map” is closed');
  await bot.settle();
  expect(JSON.stringify(coalition.person('Ben').inbox().at(-1)?.card)).toContain('your seat in it has ended');
  expect(JSON.stringify(coalition.person('Lee').inbox().at(-1)?.card)).toContain('nobody waits for it');
  expect((await coalition.person('Hal').says('/roles show Map')).text).toContain('There is no role “Map”');
  expect((await openRole('Map')).text).toContain('“Map” is open');
});

test('closing a role takes back a seat that is on offer, and says so', async () => {
  await openRole('Flyers');
  await coalition.person('Ben').says('/roles take Flyers');
  await coalition.person('Lee').says('/roles take Flyers');
  await coalition.person('Ben').says('/roles release Flyers');
  await bot.settle();
  const lee = coalition.person('Lee');
  const offer = lee.inbox().at(-1);
  const ana = coalition.person('Ana');
  await ana.says('/roles show Flyers');
  await ana.presses('Close the role');
  await ana.presses('Close it');
  await bot.settle();
  expect(JSON.stringify(lee.inbox().at(-1)?.card)).toContain('not on offer any more');
  expect((await lee.presses('Accept', offer)).refused).toBe('roles.not-open');
});

test('fewer seats take none from who sits, and more go to who waits', async () => {
  await openRole('Drivers', '2');
  for (const name of ['Ben', 'Lee', 'Cleo']) await coalition.person(name).says('/roles take Drivers');
  const ana = coalition.person('Ana');
  await ana.says('/roles show Drivers');
  await ana.presses('Change');
  expect((await ana.fills({ seats: '1' })).text).toContain(
    'One organisation holds a seat beyond the new number',
  );
  await ana.says('/roles show Drivers');
  await ana.presses('Change');
  await ana.fills({ seats: '3' });
  await bot.settle();
  const cleo = coalition.person('Cleo');
  expect((await cleo.presses('Accept', cleo.inbox().at(-1))).text).toContain('Clinic holds “Drivers” now');
});
