import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlatformName } from '../../../src/core/who.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { answers, labelsOf, makeFive, proposes, read } from './meeting-up.ts';

const closing = { deadline: '3 days', closing: 'rule', objections: '7', reminders: 'none' };

describe.each(['slack', 'discord'] as const)('on %s', (platform: PlatformName) => {
  let bot: TestBot;
  let here: TestCoalition;
  let roll: Posted;
  const last = () => bot.channel('general', platform).at(-1) as Posted;
  beforeAll(async () => {
    bot = await openTestBot();
    here = await makeFive(bot, platform);
    const ana = here.person('Ana');
    await ana.says('/rosters new note-taker');
    await here.person('Dan').says('/rosters join note-taker');
    const card = await proposes(bot, ana, { adjust: { 'How it closes': closing } }, { platform });
    for (const name of ['Ben', 'Cleo', 'Dan']) await answers(here.person(name), card, ['Yes']);
    await bot.settle();
    expect(read(card)).toContain('3 organisations come');
    bot.clockHand.goTo('2026-03-10T20:00:30Z');
    await bot.settle();
    roll = last();
  });
  afterAll(() => bot.end());

  test('the first time that has everybody it needs was taken at once, with whose turn it is to take notes', () => {
    const settled = bot.channel('general', platform).find((each) => read(each).startsWith('It is settled'));
    expect(read(settled)).toContain('On duty: note-taker: Library');
  });

  test('when it starts the roll stands in the channel, and shows the quorum live', async () => {
    expect(read(roll)).toContain('Nobody is here yet. No quorum yet: 3 more are needed.');
    await here.person('Ben').presses('We are here', roll);
    await here.person('Ben').presses('We are here', roll);
    await here.person('Bea').presses('We are here', roll);
    await bot.settle();
    expect(read(roll)).toContain('One organisation is here. No quorum yet: 2 more are needed.');
    expect(read(roll)).toContain('Here: 1/5');
  });

  test('whoever takes notes marks who sits in the room, and nobody else does', async () => {
    expect((await here.person('Eva').presses('Somebody else is here', roll)).refused).toBe(
      'meetings.not-writer',
    );
    const others = await here.person('Dan').presses('Somebody else is here', roll);
    const select = others.card?.parts.find((part) => part.part === 'select');
    if (select?.part !== 'select') throw new Error('Nobody to choose from');
    const cleo = select.select.choices.find(({ label }) => label === 'Food Bank');
    await here.person('Dan').picks(cleo?.value ?? '', others);
    await bot.settle();
    expect(read(roll)).toContain('2 organisations are here. No quorum yet: one more is needed.');
  });

  test('decisions, actions and notes are written down, and what cannot be read is asked again', async () => {
    const dan = here.person('Dan');
    await dan.presses('Write something down', roll);
    expect((await dan.fills({ kind: 'decision', text: 'We open on Mondays.' })).text).toContain(
      'Written down',
    );
    await dan.presses('Write something down', roll);
    const wrong = await dan.fills({
      kind: 'action',
      text: 'Lend ten beds',
      who: 'Moscue',
      due: 'Friday 20 March',
    });
    expect(wrong.text).toContain('No partner is called “Moscue”');
    await dan.presses('Open it again');
    expect((await dan.fills({ who: 'Mosque' })).text).toContain('Mosque: Lend ten beds');
    await dan.presses('Write something down', roll);
    await dan.fills({ kind: 'note', text: 'The school asks for keys.' });
  });

  test('without a quorum the decisions can go to everybody', async () => {
    const summary = await here.person('Ana').presses('Finish the meeting', roll);
    expect(summary.text).toContain('2 of 5 organisations were here');
    expect(summary.text).toContain('There was no quorum of 3');
    const sent = await here.person('Ana').presses('Send it, and let everybody decide', summary);
    expect(sent.text).toContain('3 organisations get a catch-up pack');
    expect(sent.text).toContain('Everybody decides now: #1');
    await bot.settle();
    const posted = bot.channel('general', platform).map((each) => read(each));
    expect(posted.filter((each) => each.includes('We open on Mondays.')).length).toBeGreaterThanOrEqual(2);
    expect(posted.find((each) => each.startsWith('Decision 1'))).toContain(
      'which had no quorum: 2 of 3 were there',
    );
    expect(labelsOf(roll)).toEqual([]);
    const contacts = await bot.database.contact.findMany({
      where: { coalitionId: here.id, kind: 'meeting' },
    });
    const came = ['Clinic', 'Food Bank'].map((name) => here.partnerId(name) as string);
    expect(contacts.map(({ partnerId }) => partnerId).sort()).toEqual(came.sort());
  });

  test('each organisation that was absent gets its own short pack', async () => {
    const pack = here.person('Eva').inbox().at(-1);
    expect(read(pack)).toContain('What you missed: Winter plan');
    expect(read(pack)).toContain('We open on Mondays. (decision 1 asks everybody)');
    expect(read(pack)).toContain('What changes for you\n• Mosque: Lend ten beds (by Friday, 20 March 2026)');
    expect(read(pack)).toContain('Decision 1: vote with /decide show 1.');
    expect(read(pack)).toContain('object until');
    expect(read(here.person('Finn').inbox().at(-1))).toContain('Nothing of it is for you to do.');
    expect(read(here.person('Ben').inbox().at(-1))).not.toContain('What you missed');
  });

  test('they tick it, or object while there is time', async () => {
    const minutes = bot.channel('general', platform).find((each) => read(each).startsWith('What came of it'));
    await here.person('Eva').presses('Caught up', here.person('Eva').inbox().at(-1));
    await here.person('Finn').presses('We object', here.person('Finn').inbox().at(-1));
    const kept = await here.person('Finn').fills({ why: 'Mondays are exam days.' });
    expect(kept.text).toContain('on its record');
    await bot.settle();
    expect(read(minutes)).toContain('Absent, and caught up: 1/3');
    expect(read(minutes)).toContain('One organisation objects.');
    expect(read(here.person('Ana').inbox().at(-1))).toContain('School objects to what meeting 1');
    bot.clockHand.goTo('2026-03-18T12:00:00Z');
    const late = await here.person('Dan').presses('We object', here.person('Finn').inbox().at(-1));
    expect(late.refused).toBe('meetings.gone');
    const own = await here.person('Finn').presses('We object', here.person('Finn').inbox().at(-1));
    expect(own.refused).toBe('meetings.objection-late');
  });
});
