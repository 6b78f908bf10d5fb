import { afterEach, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import { defineFeature, type TimedJob } from '../../src/core/command.ts';
import { PlatformError } from '../../src/core/errors.ts';
import { wordsIn } from '../../src/core/words.ts';
import { features } from '../../src/features/all.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';

/** Tells Ben something that is his alone, and Cleo something that staff may know of. */
const job: TimedJob = {
  kind: 'test.tell',
  async run({ writing, coalition: of, tools }) {
    const message = { coalition: of, kind: 'neutral', from: 'test', subject: 'told' } as const;
    await tools.outreach.reach(writing, {
      ...message,
      member: coalition.memberId('Ben'),
      confidential: true,
      why: ['It is between two people'],
      card: card(heading('A secret word')),
    });
    await tools.outreach.reach(writing, {
      ...message,
      member: coalition.memberId('Cleo'),
      why: ['It is for everybody'],
      card: card(heading('An open word')),
    });
  },
};
const telling = defineFeature({ name: 'test', say: wordsIn({}), jobs: [job] });

beforeEach(async () => {
  bot = await openTestBot({ at: monday, features: [...features, telling] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
  await bot.tools.write((writing) =>
    bot.tools.timers.set(writing, {
      ...{ coalitionId: coalition.id, kind: 'test.tell', subject: 'told', occurrence: 'once' },
      dueAt: new Date('2026-03-02T17:00:00Z'),
    }),
  );
});
afterEach(() => bot.end());

const says = (typed: string) => coalition.person('Ana').says(typed);
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};

test('what is confidential is in no list of staff: not before it goes, while it waits, or afterwards', async () => {
  const coming = await says('/attention preview days:7');
  expect(coming.text).toContain('An open word');
  expect(coming.text).not.toMatch(/secret word|Ben|between two/);
  await says('/coalition pause');
  await goTo('2026-03-02T17:00:00Z');
  const waiting = await says('/attention preview days:7');
  expect(waiting.text).toContain('Waiting already');
  expect(waiting.text).toContain('An open word');
  expect(waiting.text).not.toMatch(/secret word|Ben|between two/);
  await says('/coalition resume');
  await bot.settle();
  await goTo('2026-03-02T19:30:00Z');
  expect(JSON.stringify(coalition.person('Ben').inbox().at(-1)?.card)).toContain('A secret word');
  const sent = await says('/attention sent');
  expect(sent.text).toContain('An open word');
  expect(sent.text).not.toMatch(/secret word|Ben|between two/);
  expect((await says('/attention sent member:@Ben')).text).toContain('Nothing went out by itself');
  expect((await says('/attention balance partner:"Food Bank"')).text).toContain('There was no contact yet');
  expect((await says('/attention balance partner:Library')).text).toContain('1 note');
});

test('what is confidential and cannot arrive is a person who cannot be reached, and no message that was lost', async () => {
  bot.messengers.console.refuseNext(
    `@${coalition.person('Ben').ref}`,
    new PlatformError('direct-messages-closed', 'console'),
  );
  await goTo('2026-03-02T17:00:00Z');
  expect(await bot.database.outreach.count({ where: { state: 'unreachable' } })).toBe(1);
  const tasks = await says('/coalition tasks');
  expect(tasks.text).toContain('Ben cannot be reached');
  expect(tasks.text).not.toMatch(/secret|between two/);
  const sent = await says('/attention sent');
  expect(sent.text).not.toMatch(/secret word|Ben|between two/);
  const ways = await says('/attention reach member:@Ben');
  expect(ways.text).toContain('their direct messages are closed');
  expect(ways.text).not.toContain('could not be delivered');
});
