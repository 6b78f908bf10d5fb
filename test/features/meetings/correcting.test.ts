import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeTime } from '../../../src/features/meetings/choosing/jobs.ts';
import { listSlots, lockMeeting, type MeetingId } from '../../../src/features/meetings/meeting/store.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { someoneWaits } from '../../support/someone-waits.ts';
import { until } from '../../support/until.ts';
import { answers, everybody, labelsOf, makeFive, prepares, proposes, read } from './meeting-up.ts';

let bot: TestBot;
let here: TestCoalition;
let channel = '';
let meeting = 0;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());
beforeEach(() => {
  meeting += 1;
  channel = `room-${meeting}`;
});

const day = (ahead: number) => new Date(bot.clockHand.now().getTime() + ahead * 86_400_000);
const dateIn = (ahead: number) => day(ahead).toISOString().slice(0, 10);
const mail = (name: string) => here.person(name).inbox();
const number = async (title: string) =>
  (await bot.database.meeting.findFirstOrThrow({ where: { coalitionId: here.id, title } })).number ?? 0;

describe('what cannot be taken as it was typed', () => {
  test('is kept, with a guess to confirm, and nothing is sent before', async () => {
    const ana = here.person('Ana');
    const times = '3\nThursday noonish\nyesterday 3pm\nFriday 15:00\nFriday 5pm to 4pm\nwhenever';
    const draft = await prepares(ana, { about: 'Doubts', times }, channel);
    expect(draft.text).toContain('Not clear yet. Is this what you mean?');
    for (const typed of [
      '“3” has no day',
      '“Thursday noonish” needs a time',
      '“yesterday 3pm” has been already',
    ])
      expect(draft.text).toContain(typed);
    expect(draft.text).toContain('“Friday 5pm to 4pm” ends before it begins');
    expect(draft.text).toContain('“whenever” could not be read to the end');
    expect(labelsOf(draft)).not.toContain('Send it');
    await ana.presses('Change the times', draft);
    const again = await ana.fills({});
    expect(again.text).toContain('“whenever” could not be read');
    const guessed = await ana.presses('Yes, that is what I mean', again);
    expect(guessed.text).toContain('Thursday, 5 March 2026 at 12:00');
    expect(labelsOf(guessed)).not.toContain('Send it');
    const clear = await ana.presses('Leave out what is not clear', guessed);
    expect(labelsOf(clear)).toContain('Send it');
    expect(bot.channel(channel)).toEqual([]);
    expect((await ana.says('/meet drafts')).text).toContain('Doubts');
    expect((await ana.presses('Throw away', clear)).text).toContain('Nobody has heard of it');
  });

  test('a hundred times are too many, and stand in the form again', async () => {
    const times = Array.from(
      { length: 100 },
      (_, index) => `${dateIn(1 + (index % 20))} ${8 + (index % 11)}:30`,
    );
    const refused = await prepares(here.person('Ana'), { about: 'Many', times: times.join('\n') }, channel);
    expect(refused.text).toContain('and at most 40 can be compared');
    const again = await here.person('Ana').presses('Open it again');
    expect(again.form?.fields.find(({ name }) => name === 'times')?.value).toBe(times.join('\n'));
  });

  test('a thousand do not even fit, and the field says by how much', async () => {
    const times = Array.from({ length: 1000 }, (_, index) => `${dateIn(1 + index)} 15:00`).join('\n');
    const refused = await prepares(here.person('Ana'), { about: 'Too many', times }, channel);
    expect(refused.text).toMatch(/3[,.]?000/);
    const again = await here.person('Ana').presses('Open it again');
    expect(again.form?.fields.find(({ name }) => name === 'times')?.value).toBe(times);
  });

  test('without any time, times in everybody’s day are suggested', async () => {
    const draft = await prepares(here.person('Ana'), { about: 'Suggested', times: '' }, channel);
    expect(draft.card?.parts.some((part) => part.part === 'list' && part.items.length === 5)).toBe(true);
    expect(labelsOf(draft)).toContain('Send it');
  });

  test('names that nobody has, and a quorum of more than are invited, are told', async () => {
    const ana = here.person('Ana');
    const draft = await prepares(ana, { about: 'Names' }, channel);
    await ana.presses('Who has to come', draft);
    const unknown = await ana.fills({ invited: 'Clinic, Museum', quorum: 'half' });
    expect(unknown.text).toContain('No partner is called Museum');
    await ana.presses('Open it again');
    expect((await ana.fills({ invited: 'Clinic, School', quorum: '7' })).text).toContain(
      '“7” is no number of the 2',
    );
    await ana.presses('Open it again');
    const kept = await ana.fills({ quorum: 'all', required: 'Clinic', spread: 'yes' });
    expect(kept.text).toContain('Invited by name: 2 organisations.');
    expect(kept.text).toContain('Without these it makes no sense: Clinic');
    expect(kept.text).toContain('At least 2 of 2 organisations. From every sector.');
  });
});

test('sent twice is sent once, and answered twice is answered once', async () => {
  const draft = await prepares(here.person('Ana'), { about: 'Twice' }, channel);
  await here.person('Ana').presses('Send it', draft);
  expect((await here.person('Ana').presses('Send it', draft)).refused).toBe('meetings.gone');
  await bot.settle();
  const [card, ...more] = bot.channel(channel);
  if (!card) throw new Error('Nothing stands here');
  expect(more).toEqual([]);
  await answers(here.person('Ben'), card, ['Yes', 'Yes']);
  await answers(here.person('Ben'), card, ['Yes', 'No']);
  await Promise.all(['Ben', 'Bea'].map((name) => answers(here.person(name), card, ['Yes', 'Yes'])));
  await bot.settle();
  expect(read(card)).toContain('Answered: 1/5');
  expect(read(card).match(/1 yes, 0 if need be, 0 no/g)).toHaveLength(2);
});

test('below quorum, whoever chooses is told who is missing and asked first', async () => {
  const adjust = { 'Who has to come': { required: 'School', quorum: '3', spread: 'yes' } };
  const times = `${dateIn(7)} 15:00`;
  const card = await proposes(bot, here.person('Ana'), { about: 'Below', times, adjust }, { channel });
  await answers(here.person('Ben'), card, ['Yes']);
  await answers(here.person('Finn'), card, ['No']);
  bot.clockHand.goTo(day(6));
  await bot.settle();
  expect(read(card)).toContain('No time has everybody it needs; whoever proposed it chooses.');
  // What waits for Ana may be joined to other things; this is the same card by itself.
  expect(mail('Ana').some((each) => read(each).includes('no time has everybody it needs'))).toBe(true);
  const asked = await here.person('Ana').says(`/meet choose ${await number('Below')}`);
  expect(asked.text).toContain('1 of 5 organisations, one required missing, 3 sectors missing');
  const below = await here.person('Ana').presses(labelsOf(asked)[0] ?? '', asked);
  expect(below.text).toContain('Below quorum: 1 organisation can, and 3 have to come');
  expect(below.text).toContain('Required and not coming: School.');
  expect(below.text).toContain('Sectors that would be missing: Faith, Food, Learning.');
  expect(below.text).toContain('Not answered yet: Food Bank, Library, Mosque.');
  expect((await here.person('Ben').presses('Take it all the same', below)).refused).toBe(
    'meetings.not-yours',
  );
  expect((await here.person('Ana').presses('Take it all the same', below)).text).toContain(
    'Everybody who is invited',
  );
  await bot.settle();
  expect(read(card)).toContain('1 organisation comes, 1 cannot, 3 have not said.');
});

test('with a later deadline a closed poll is open again, and only whoever said nothing is reminded anew', async () => {
  const times = `${dateIn(20)} 15:00`;
  const card = await proposes(bot, here.person('Ana'), { about: 'Later', times }, { channel });
  await answers(here.person('Ben'), card, ['Yes']);
  bot.clockHand.goTo(day(6));
  await bot.settle();
  expect(
    (
      await here
        .person('Cleo')
        .presses('Answer', card)
        .catch(() => null)
    )?.refused ?? 'no button',
  ).toBe('no button');
  const before = everybody.map((name) => mail(name).length);
  const moved = await here.person('Ana').says(`/meet deadline ${await number('Later')} 8 days`);
  expect(moved.text).toContain('Only whoever has not answered is reminded');
  bot.clockHand.goTo(day(7));
  await bot.settle();
  expect(everybody.map((name, index) => mail(name).length > (before[index] ?? 0))).toEqual([
    ...[false, true, true, true, true],
  ]);
  await answers(here.person('Cleo'), card, ['Yes']);
  expect((await here.person('Ana').says(`/meet deadline ${await number('Later')} yesterday`)).text).toContain(
    'has been already. Choose a time to come',
  );
});

test.each([
  ['moves the deadline', 'deadline', '8 days'],
  ['corrects the zone', 'zone', 'Europe/Berlin'],
])(
  'whoever %s at the very moment a time is chosen hears that there is one, and it stays',
  async (title, name, to) => {
    const times = `${dateIn(20)} 15:00`;
    const card = await proposes(bot, here.person('Ana'), { about: title, times }, { channel });
    const { id } = await bot.database.meeting.findFirstOrThrow({ where: { title } });
    const coalition = await getCoalition(bot.database, here.id);
    const says = `/meet ${name} ${await number(title)} ${to}`;
    const { saying } = await bot.tools.write(async (writing) => {
      const of = await lockMeeting(writing, here.id, id as MeetingId);
      const [slot] = of ? await listSlots(writing.tx, of) : [];
      if (!of || !slot) throw new Error('There is nothing to choose');
      await takeTime(writing, bot.tools, coalition, of, slot);
      const saying = here.person('Ana').says(says);
      await until('the command waits', () => someoneWaits(bot.database));
      return { saying };
    });
    const told = await saying;
    expect(told.refused).toBe('meetings.confirmed');
    expect(told.text).toContain('has its time already. Move it with /meet move');
    await bot.settle();
    expect(read(card)).not.toContain('When shall we meet?');
    expect(read(card)).not.toContain('Berlin');
  },
);

test('when everybody has answered it closes at once, if that was declared', async () => {
  const adjust = { 'How it closes': { deadline: '3 days', closing: 'answered', reminders: 'none' } };
  const times = `${dateIn(7)} 15:00\n${dateIn(8)} 15:00`;
  const card = await proposes(bot, here.person('Ana'), { about: 'All', times, adjust }, { channel });
  for (const name of everybody.slice(0, 4)) await answers(here.person(name), card, ['If need be', 'Yes']);
  await answers(here.person('Finn'), card, ['Yes']);
  await bot.settle();
  expect(read(card)).toContain('When shall we meet?');
  await answers(here.person('Finn'), card, ['Yes', 'No']);
  await bot.settle();
  // All five, four of them if need be, before the four who like the other one.
  expect(read(card)).toContain('5 organisations come, 0 cannot.');
});

test('a corrected zone keeps what the clock on the wall shows, deletes nothing, and asks voters to look again', async () => {
  const times = `${dateIn(7)} 15:00`;
  const adjust = { 'How it closes': { deadline: '3 days', closing: 'rule', reminders: 'none' } };
  const card = await proposes(bot, here.person('Ana'), { about: 'Zone', times, adjust }, { channel });
  await answers(here.person('Ben'), card, ['Yes']);
  await answers(here.person('Cleo'), card, ['Yes']);
  const before = everybody.map((name) => mail(name).length);
  const corrected = await here.person('Ana').says(`/meet zone ${await number('Zone')} Europe/Berlin`);
  expect(corrected.text).toContain('2 organisations that had answered are asked to look again');
  await bot.settle();
  expect(read(card)).toContain('at 15:00 Europe/Berlin');
  expect(read(card)).toContain('2 yes');
  expect(everybody.map((name, index) => mail(name).length - (before[index] ?? 0))).toEqual([1, 1, 0, 0, 0]);
  // A third yes would be a quorum, but two of them were said to another hour.
  await answers(here.person('Dan'), card, ['Yes']);
  await bot.settle();
  expect(read(card)).toContain('2 organisations are asked to look again');
  await here.person('Ben').presses('Still right', mail('Ben').at(-1));
  await here.person('Cleo').presses('1: If need be', mail('Cleo').at(-1));
  await bot.settle();
  expect(read(card)).toContain('3 organisations come');
});

test('clocks that change in between are told to whoever lives elsewhere', async () => {
  bot.clockHand.goTo('2027-03-01T15:00:00Z');
  await bot.database.member.updateMany({ where: { name: 'Ben' }, data: { timeZone: 'Europe/Berlin' } });
  const draft = await prepares(
    here.person('Ana'),
    { about: 'Clocks', times: '2027-03-16 10:00\n2027-03-14 02:30' },
    channel,
  );
  expect(draft.text).toContain('16:00 in Berlin');
  expect(draft.text).toContain('The clocks go forward that day: nobody’s clock in Winnipeg shows 02:30');
  await here.person('Ana').presses('Send it', draft);
  await bot.settle();
  expect(read(mail('Ben').at(-1))).toContain(
    'Clocks change in between: 10:00 in Winnipeg is 16:00 in Berlin that day, not 17:00.',
  );
});

test('a whole day stays that day, whoever looks', async () => {
  const times = `${dateIn(7)} all day`;
  const card = await proposes(bot, here.person('Ana'), { about: 'Day', times }, { channel });
  const shown = read(card);
  expect(shown).toContain('all day');
  expect(read(card, { language: 'en', timeZone: 'Pacific/Kiritimati' })).toContain(
    /\w+, \d+ \w+ 2027, all day/.exec(shown)?.[0],
  );
});

test('when a country changes its clocks after the time was agreed, the wall clock stays and calendars hear of it', async () => {
  const times = `${dateIn(10)} 15:00`;
  const card = await proposes(bot, here.person('Ana'), { about: 'Country', times }, { channel });
  for (const name of ['Ben', 'Cleo', 'Dan']) await answers(here.person(name), card, ['Yes']);
  bot.clockHand.goTo(day(6));
  await bot.settle();
  const row = await bot.database.meeting.findFirstOrThrow({ where: { title: 'Country' } });
  // As if it had been worked out under the rules of an hour ago.
  const asThen = (at: Date | null) => new Date((at?.getTime() ?? 0) - 3_600_000);
  await bot.database.meeting.update({
    where: { id: row.id },
    data: { startsAt: asThen(row.startsAt), endsAt: asThen(row.endsAt) },
  });
  bot.clockHand.goTo(day(3.5));
  await bot.settle();
  const after = await bot.database.meeting.findFirstOrThrow({ where: { title: 'Country' } });
  expect([after.startsAt, after.sequence]).toEqual([row.startsAt, 1]);
  const told = bot.channel(channel).map((each) => read(each));
  expect(told.filter((each) => each.includes('Same time on the wall, another hour'))).toHaveLength(1);
});

test('the buttons of another coalition find nothing', async () => {
  const other = await makeCoalition(bot, {
    ...{ name: 'Others', workspace: 'other', staff: ['Zoe'] },
    partners: [{ name: 'Elsewhere', voices: ['Yan'] }],
  });
  const slot = await bot.database.meetingSlot.findFirstOrThrow({ where: { coalitionId: here.id } });
  const guest = await bot.database.meetingGuest.findFirstOrThrow({ where: { coalitionId: here.id } });
  const packed = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  const [m, s, g] = [slot.meetingId, slot.id, guest.id].map(packed);
  const presses = ['answers', 'show', 'coming', 'here', 'finish', 'draft', 'choose-list'].map((name) =>
    name === 'answers' ? `meet.${name}:${m}:0` : `meet.${name}:${m}`,
  );
  for (const press of [
    ...presses,
    `meet.answer:${s}:yes:0`,
    `meet.choose-anyway:${s}`,
    `meet.caught-up:${g}`,
  ]) {
    for (const name of ['Zoe', 'Yan'])
      expect((await other.person(name).pressesId(press)).refused).toBe('meetings.gone');
  }
  expect((await other.person('Zoe').says('/meet show 1')).refused).toBe('meetings.unknown');
  expect((await other.person('Zoe').says('/meet list')).text).toContain('no meetings yet');
});
