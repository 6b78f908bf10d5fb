import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';

/** Monday 9:00 in Winnipeg. With 24 hours to look, the first round goes out on Friday at 10:00. */
const monday = '2026-03-02T15:00:00Z';
const headsUp = '2026-03-03T16:00:00Z';
const draw = '2026-03-05T16:00:00Z';
const friday = '2026-03-06T16:00:00Z';
const midway = '2026-03-10T15:00:00Z';
const afterwards = '2026-03-13T15:00:00Z';
const nextFriday = '2026-03-13T15:00:00Z';

const partners = [
  { name: 'Food Bank', sector: 'Food', needs: ['warehouse space'], voices: ['Ben'] },
  { name: 'Library', sector: 'Culture', offers: ['warehouse space'], voices: ['Cleo'] },
  { name: 'Clinic', sector: 'Health', offers: ['nurses'], voices: ['Dan'] },
  { name: 'School', sector: 'Education', needs: ['nurses'], voices: ['Eva'] },
];

let bot: TestBot;
let coalition: TestCoalition;

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, { partners });
});
afterEach(() => bot.end());

const text = (posted: Posted | undefined) =>
  posted ? cardText(posted.card, { language: 'en', timeZone: 'UTC' }) : '';
const latest = (name: string) => coalition.person(name).inbox().at(-1);
const inbox = (name: string) => coalition.person(name).inbox().map(text);
const titled = (name: string, title: string) =>
  coalition
    .person(name)
    .inbox()
    .filter((each) => text(each).includes(title));

async function at(when: string) {
  bot.clockHand.goTo(when);
  await bot.settle();
}

async function begin(more = '') {
  const ana = coalition.person('Ana');
  const started = await ana.says(`/intros start cadence:weekly size:2 who:everybody preview:24 ${more}`);
  expect(started.text).toContain('Introductions begin');
  return ana;
}

/** Who was introduced to whom, as they read it. */
function meetings(): string[] {
  const people = partners.map(({ voices }) => voices[0] ?? '');
  return people.flatMap((name) => {
    const card = titled(name, 'Meet ').at(-1);
    const other = /Meet (\w+)/.exec(text(card))?.[1];
    return other ? [`${name}-${other}`] : [];
  });
}

describe('a whole round', () => {
  test('people hear of it, staff look at it, and everybody is introduced with a reason and three ways to begin', async () => {
    const ana = await begin();
    expect(inbox('Ben')).toEqual([]);
    const before = await coalition.person('Ben').says('/intros me');
    expect(before.text).toContain('Your next introduction is on Friday, 6 March 2026');
    expect(before.text).toContain('You have not been introduced to anybody yet');
    expect((await ana.says('/intros history')).text).not.toContain('sent');
    expect((await coalition.person('Ben').says('/intros history')).refused).toBe('core.backbone');
    expect((await ana.says('/intros preview')).text).toContain('If it were drawn now');

    await at(headsUp);
    expect(text(latest('Ben'))).toContain('Introductions go out soon');
    await at(draw);
    expect(text(latest('Ana'))).toContain('2 introductions go out on');
    const preview = await ana.says('/intros preview');
    expect(preview.text).toContain('Library offers warehouse space, which Food Bank needs.');
    expect(titled('Ben', 'Meet ')).toEqual([]);

    await at(friday);
    expect(meetings().sort()).toEqual(['Ben-Cleo', 'Cleo-Ben', 'Dan-Eva', 'Eva-Dan']);
    const after = await coalition.person('Ben').says('/intros me');
    expect(after.text).toMatch(/You were introduced to:\n• Cleo \(Library\)/);
    expect(after.text).toMatch(/Your next introduction is on Friday, (?!6 March)/);
    const card = text(titled('Ben', 'Meet Cleo')[0]);
    expect(card).toContain('Library offers warehouse space, which Food Bank needs.');
    expect(card).toContain('Three ways to begin');
    expect(card).toContain('You are all in console-workspace');

    await at(friday);
    expect(titled('Ben', 'Meet ')).toHaveLength(1);
  });

  test('what people say midway and afterwards is kept, and nothing counts as met unless somebody said so', async () => {
    const ana = await begin();
    await at(headsUp);
    await at(friday);
    expect((await ana.says('/intros history')).text).toContain(
      '2 sent, 0 met, 0 planned, 0 let out, 2 silent',
    );

    await at(midway);
    const ben = coalition.person('Ben');
    expect((await ben.presses('We met', titled('Ben', 'Did you meet?')[0])).text).toContain('Good to hear');
    await coalition.person('Dan').presses('Planned', titled('Dan', 'Did you meet?')[0]);
    expect((await ana.says('/intros history')).text).toContain(
      '2 sent, 1 met, 1 planned, 0 let out, 0 silent',
    );

    await at(afterwards);
    const kept = await ben.presses('Working together', titled('Ben', 'Did it lead')[0]);
    expect(kept.text).toContain('you work together');
    await ben.presses('Add a line');
    expect((await ben.fills({ line: 'We share a van' })).text).toContain('Kept');
    const history = await ana.says('/intros history');
    expect(history.text).toContain('Food Bank and Library: Working together');
    expect(history.text).not.toContain('Clinic and School:');
    expect((await ben.says('/intros me')).text).toContain('Cleo (Library): Working together');
  });

  test('three rounds bring everybody together with everybody before anybody repeats', async () => {
    await begin();
    const pairs = new Set<string>();
    for (let week = 0; week < 3; week += 1) {
      const day = 24 * 3_600_000;
      await at(new Date(Date.parse(headsUp) + week * 7 * day).toISOString());
      await at(new Date(Date.parse(friday) + week * 7 * day).toISOString());
      for (const pair of meetings()) pairs.add(pair.split('-').sort().join('-'));
    }
    expect(pairs.size).toBe(6);
    const pairRows = await bot.database.introPair.findMany();
    expect(pairRows.map(({ times }) => times)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('after three introductions in silence a member is rested, and one word brings them back', async () => {
    const ana = await begin();
    for (const when of [
      headsUp,
      friday,
      '2026-03-10T15:00:00Z',
      nextFriday,
      '2026-03-17T15:00:00Z',
      '2026-03-20T15:00:00Z',
    ]) {
      await at(when);
      const asked = titled('Ben', 'Did you meet?').at(-1);
      if (asked) await coalition.person('Ben').presses('Not yet', asked);
    }
    await at('2026-03-24T15:00:00Z');
    expect(inbox('Eva').join()).not.toContain('three introductions without a word');
    await at('2026-03-27T15:00:00Z');
    await coalition.person('Ben').presses('Not yet', titled('Ben', 'Did you meet?').at(-1));
    await at('2026-03-31T15:00:00Z');
    expect(inbox('Eva').join()).toContain('three introductions without a word');
    expect(inbox('Ben').join()).not.toContain('three introductions without a word');
    expect((await ana.says('/intros history')).text).toContain('Rested after three silent rounds');
    expect((await coalition.person('Eva').says('/intros me')).text).toContain('You are rested');
    expect((await coalition.person('Eva').says('/intros resume')).text).toContain('Good to have you');
    expect((await ana.says('/intros history')).text).not.toContain('Eva');
  }, 120_000);
});

describe('whoever cannot go', () => {
  test('and says so after the draw is never named to anybody: the rest is matched anew', async () => {
    await begin();
    await at(headsUp);
    await at(draw);
    const eva = coalition.person('Eva');
    await eva.says('/intros pause until:2026-04-01');
    await at(friday);
    expect(titled('Eva', 'Meet ')).toEqual([]);
    for (const name of ['Ben', 'Cleo', 'Dan']) expect(inbox(name).join()).not.toContain('Eva');
    expect(meetings()).toHaveLength(2);
    expect(inbox('Dan').join() + inbox('Ben').join() + inbox('Cleo').join()).toContain(
      'You go first in the next one',
    );
  });

  test('lets the other free, who is introduced to somebody else at once where that is possible', async () => {
    await begin();
    await at(headsUp);
    await at(friday);
    const out = await coalition.person('Ben').presses('Let me out', titled('Ben', 'Meet ')[0]);
    expect(out.text).toContain('You are out of this one');
    await bot.settle();
    expect(text(latest('Cleo'))).toContain('nobody else is free right now');
    await coalition.person('Eva').presses('Let me out', titled('Eva', 'Meet ')[0]);
    await bot.settle();
    expect(text(titled('Cleo', 'Meet ').at(-1))).toContain('Meet Dan');
    expect(text(titled('Dan', 'Meet ').at(-1))).toContain('Meet Cleo');
    const again = await coalition.person('Ben').presses('Let me out', titled('Ben', 'Meet ')[0]);
    expect(again.refused).toBe('introductions.gone');
  });

  test('skips one round, told exactly which, and is in the next', async () => {
    await begin();
    const ben = coalition.person('Ben');
    const skipped = await ben.says('/intros skip');
    expect(skipped.text).toContain('You skip the round of Friday, 6 March 2026');
    expect(skipped.text).toContain('is on Friday, 13 March 2026');
    await at(headsUp);
    await at(friday);
    expect(titled('Ben', 'Meet ')).toEqual([]);
    await at('2026-03-10T15:00:00Z');
    await at(nextFriday);
    expect(titled('Ben', 'Meet ')).toHaveLength(1);
  });

  test('a pause ends by itself, and a day that has passed is refused', async () => {
    await begin();
    const ben = coalition.person('Ben');
    expect((await ben.says('/intros pause until:2026-03-01')).refused).toBe('introductions.past');
    expect((await ben.says('/intros pause until:2026-03-10')).text).toContain('back by yourself');
    await at(headsUp);
    await at(friday);
    await at('2026-03-10T15:00:00Z');
    await at(nextFriday);
    expect(titled('Ben', 'Meet ')).toHaveLength(1);
  });
});
