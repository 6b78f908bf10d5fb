import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { buttonsOf } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Lee'] },
      { name: 'School', voices: ['Sal'] },
    ],
  });
  const ana = coalition.person('Ana');
  await ana.says('/agreement draft');
  const each = {
    time: 'Two hours',
    duration: 'A year',
    gives: 'Figures',
    gets: 'A say',
    changes: 'By consent',
  };
  const shown = await ana.fills(each);
  await ana.presses('Staying and promises', shown);
  await ana.fills({ staying: 'Coming', roles: '0', meetings: '0', data: '0' });
});
afterEach(() => bot.end());

const version = () => bot.database.agreementVersion.findFirst({ orderBy: { number: 'desc' } });
const labels = (reply: { card: Parameters<typeof buttonsOf>[0] | null }) =>
  buttonsOf(reply.card ?? { parts: [] }).map(({ label }) => label);

/** Staff ask the partners in #general, and the card stands there. */
async function asksPartners() {
  const ana = coalition.person('Ana');
  const draft = await ana.says('/agreement review', { in: 'general' });
  expect((await ana.presses('Ask the partners', draft)).refused).toBe('decisions.no-place');
  const preview = await ana.presses('Ask the partners', draft, { in: 'general' });
  expect(preview.text).toContain('Shall version 1 of our partner agreement come into force?');
  const opened = await ana.presses('Open it', preview);
  expect(opened.refused, opened.text).toBeNull();
  await bot.settle();
  const card = bot.channel('general').at(-1);
  if (!card) throw new Error('Nothing stands in #general');
  return card;
}

async function closes(): Promise<void> {
  for (const _ of ['deadline', 'extension']) {
    bot.clockHand.forward(16 * 86_400_000);
    await bot.settle();
  }
}

test('a draft that the partners pass is in force, by that decision, and they are asked to sign', async () => {
  const card = await asksPartners();
  for (const name of ['Ben', 'Lee', 'Sal']) await coalition.person(name).presses('Yes', card);
  await closes();
  expect(await version()).toMatchObject({ state: 'adopted', adoptedWhy: 'Decision 1', adoptedById: null });
  expect((await coalition.person('Ben').says('/agreement')).text).toContain('Adopted by decision 1');
  expect(JSON.stringify(coalition.person('Lee').inbox().at(-1)?.card)).toContain('Sign for my organisation');
});

test('a draft that the partners do not pass stays open, says so, and can be asked about again', async () => {
  const card = await asksPartners();
  for (const name of ['Ben', 'Lee', 'Sal']) await coalition.person(name).presses('No', card);
  await closes();
  expect((await version())?.state).toBe('draft');
  const seen = await coalition.person('Ana').says('/agreement review', { in: 'general' });
  expect(seen.text).toContain('Decision 1 did not adopt this draft');
  expect(labels(seen)).toContain('Ask the partners');
});

test('while partners are asked the text stands still, and staff do not adopt it over their heads', async () => {
  const ana = coalition.person('Ana');
  await asksPartners();
  const seen = await ana.says('/agreement review');
  expect(seen.text).toContain('Decision 1 asks the partners right now');
  expect(labels(seen)).toEqual(['Comment']);
  expect((await ana.says('/agreement adopt')).refused).toBe('agreement.being-decided');
  await ana.says('/agreement draft');
  const each = {
    time: 'Ten hours',
    duration: 'A year',
    gives: 'Figures',
    gets: 'A say',
    changes: 'By consent',
  };
  expect((await ana.fills(each)).refused).toBe('agreement.being-decided');
  expect((await version())?.time).toBe('Two hours');
  await ana.says('/decide withdraw 1 "Written too early"');
  await ana.says('/agreement draft');
  expect((await ana.fills(each)).refused).toBeNull();
});

test('a decision on something else, passed or not, adopts nothing', async () => {
  const ana = coalition.person('Ana');
  await ana.says('/decide new', { in: 'general' });
  const preview = await ana.fills({
    question: 'Shall we meet?',
    background: '',
    options: '',
    rule: 'consent',
    until: '7 days',
  });
  await ana.presses('Open it', preview);
  await bot.settle();
  const card = bot.channel('general').at(-1);
  for (const name of ['Ben', 'Lee', 'Sal']) await coalition.person(name).presses('Consent', card);
  await closes();
  expect((await version())?.state).toBe('draft');
});

test('staff throw a draft away after being asked, and nobody else does', async () => {
  const ana = coalition.person('Ana');
  await coalition.person('Ben').says('/agreement comment "Too long"');
  const seen = await ana.says('/agreement review');
  const asked = await ana.presses('Throw away', seen);
  expect(asked.text).toContain('The draft and its comment go for good');
  expect((await version())?.state).toBe('draft');
  const confirm = buttonsOf(asked.card ?? { parts: [] })[0]?.id ?? '';
  expect((await coalition.person('Ben').pressesId(confirm)).refused).toBe('core.backbone');
  expect((await ana.presses('Throw it away', asked)).text).toContain('Thrown away');
  expect(await version()).toBeNull();
  expect(await bot.database.agreementComment.count()).toBe(0);
  expect((await ana.pressesId(confirm)).refused).toBe('agreement.no-draft');
});
