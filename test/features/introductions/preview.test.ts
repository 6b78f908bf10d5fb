import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';

const monday = '2026-03-02T15:00:00Z';
const headsUp = '2026-03-03T16:00:00Z';
const draw = '2026-03-05T16:00:00Z';
const friday = '2026-03-06T16:00:00Z';

/** Needs and offers that make one proposal plain: Food Bank with Library, Clinic with School, Arts with Sport. */
const partners = [
  { name: 'Food Bank', needs: ['space'], voices: ['Ben'] },
  { name: 'Library', offers: ['space'], voices: ['Cleo'] },
  { name: 'Clinic', offers: ['nurses'], voices: ['Dan'] },
  { name: 'School', needs: ['nurses'], voices: ['Eva'] },
  { name: 'Arts', offers: ['a stage'], voices: ['Fay'] },
  { name: 'Sport', needs: ['a stage'], voices: ['Gus'] },
];

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, { partners });
  ana = coalition.person('Ana');
  await ana.says('/intros start cadence:weekly size:2 who:everybody preview:24');
});
afterEach(() => bot.end());

async function at(when: string) {
  bot.clockHand.goTo(when);
  await bot.settle();
}

async function drawn() {
  await at(headsUp);
  await at(draw);
  return ana.says('/intros preview');
}

/** The proposal as pairs of first letters' people, such as `Ben+Cleo`. */
function pairsIn(text: string): string[] {
  const pairs = text.matchAll(/(\w+) \([^)]+\) and (\w+) \([^)]+\):/g);
  return [...pairs].map(([, one = '', other = '']) => [one, other].sort().join('+')).sort();
}

const meets = (name: string) =>
  coalition
    .person(name)
    .inbox()
    .map(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }))
    .flatMap((text) => /^\W*Meet (\w+)/.exec(text)?.[1] ?? []);

async function choose(name: string) {
  const preview = await ana.says('/intros preview');
  const select = preview.card?.parts.find((part) => part.part === 'select')?.select;
  const choice = select?.choices.find(({ label }) => label.includes(name));
  return ana.picks(choice?.value ?? '', preview);
}

test('staff exchange two people, and what they made is sent', async () => {
  expect(pairsIn((await drawn()).text)).toEqual(['Ben+Cleo', 'Dan+Eva', 'Fay+Gus']);
  await ana.presses('Exchange somebody');
  const changed = await ana.fills({ one: 'food bank', other: 'Clinic' });
  expect(pairsIn(changed.text)).toEqual(['Ben+Eva', 'Cleo+Dan', 'Fay+Gus']);
  expect(changed.text).toContain('(locked)');
  await at(friday);
  expect(meets('Ben')).toEqual(['Eva']);
  expect(meets('Cleo')).toEqual(['Dan']);
});

test('an exchange that names nobody, or the same two, says what to do', async () => {
  await drawn();
  await ana.presses('Exchange somebody');
  expect((await ana.fills({ one: 'Bakery', other: 'Clinic' })).text).toContain('I find nobody of Bakery');
  await ana.says('/intros preview');
  await ana.presses('Exchange somebody');
  expect((await ana.fills({ one: 'Food Bank', other: 'Library' })).refused).toBe(
    'introductions.exchange-same',
  );
});

test('a locked introduction stays while the rest is drawn again, and somebody left out is in none', async () => {
  await drawn();
  await choose('Food Bank');
  expect((await ana.presses('Lock')).text).toContain('(locked)');
  await choose('School');
  const without = await ana.presses('Leave out Eva');
  expect(pairsIn(without.text)).toContain('Ben+Cleo');
  expect(without.text).toContain('Eva (skips this one)');
  const again = await ana.presses('Draw the rest again');
  expect(again.text).toContain('Ben (Food Bank) and Cleo (Library)');
  await at(friday);
  expect(meets('Ben')).toEqual(['Cleo']);
  expect(meets('Eva')).toEqual([]);
  expect(meets('Dan').length + meets('Fay').length + meets('Gus').length).toBeGreaterThan(2);
});

test('nothing goes out before the time, unless staff say so, and then once', async () => {
  const preview = await drawn();
  await bot.settle();
  expect(meets('Ben')).toEqual([]);
  expect((await ana.presses('Send now', preview)).text).toContain('They go out now');
  await bot.settle();
  expect(meets('Ben')).toEqual(['Cleo']);
  expect((await ana.presses('Send now', preview)).refused).toBe('introductions.round-gone');
  await at(friday);
  expect(meets('Ben')).toEqual(['Cleo']);
  const pairs = await bot.database.introPair.findMany();
  expect(pairs.map(({ times, lastRound }) => [times, lastRound])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
});

test('only the backbone sees or changes a round', async () => {
  const preview = await drawn();
  const ben = coalition.person('Ben');
  for (const command of ['start', 'preview', 'history', 'rules', 'weights', 'stop']) {
    const said = await ben.says(`/intros ${command}`);
    expect(
      said.refused ??
        (await ben.fills({ cadence: 'weekly', size: '2', who: 'everybody', preview: '24' })).refused,
    ).toBe('core.backbone');
  }
  expect((await ben.presses('Send now', preview)).refused).toBe('core.backbone');
  expect((await ben.presses('Draw the rest again', preview)).refused).toBe('core.backbone');
});

test('what was started can be stopped, and what was drawn is not sent', async () => {
  await drawn();
  expect((await ana.says('/intros stop')).text).toContain('stopped');
  await at(friday);
  expect(meets('Ben')).toEqual([]);
  expect((await ana.says('/intros preview')).refused).toBe('introductions.none');
});

test('rules of the backbone and wishes of members hold, and only their owners see them', async () => {
  await ana.says('/intros rules');
  await ana.presses('These must not');
  expect((await ana.fills({ one: 'Food Bank', other: 'Library' })).text).toContain(
    'Food Bank and Library are never introduced',
  );
  await ana.presses('These must meet');
  expect((await ana.fills({ one: 'Arts', other: 'Clinic' })).text).toContain('meet in the next round');
  const avoiding = await coalition.person('Ben').says('/intros avoid partner:School');
  expect(avoiding.text).toContain('You will not be introduced to School');

  const preview = await drawn();
  expect(pairsIn(preview.text)).toEqual(['Ben+Gus', 'Cleo+Eva', 'Dan+Fay']);
  expect(preview.text).toContain('The backbone would like these partners to meet');
  expect((await ana.says('/intros rules')).text).not.toContain('School');
  await ana.says('/intros preview');
  await ana.presses('Exchange somebody');
  expect((await ana.fills({ one: 'Sport', other: 'School' })).refused).toBe('introductions.exchange-barred');
  await at(friday);
  expect((await ana.says('/intros rules')).text).toContain('have been introduced');
});

test('what counts can be seen and changed', async () => {
  const now = await ana.says('/intros weights');
  expect(now.text).toContain('needs that meet offers 4');
  const changed = await ana.says('/intros weights needs:0 again:6');
  expect(changed.text).toContain('needs that meet offers 0');
  expect(changed.text).toContain('count as new again after 6 rounds');
  expect((await ana.says('/intros weights needs:11')).form).not.toBeNull();
});

test('starting again after the draw changes how it runs, on a date of its own, and nothing goes out twice', async () => {
  await drawn();
  const again = await ana.says('/intros start cadence:weekly size:3 who:everybody preview:24');
  expect(again.text).toContain('Groups of 3');
  await at(friday);
  expect(meets('Ben')).toEqual([]);
  await at('2026-03-07T16:00:00Z');
  await at('2026-03-10T16:00:00Z');
  expect(meets('Ben')).toHaveLength(1);
  const groups = await bot.database.introGroup.findMany({
    where: { state: 'sent' },
    include: { seats: true },
  });
  expect(groups.map(({ seats }) => seats.length)).toEqual([3, 3]);
});
