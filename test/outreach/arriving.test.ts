import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Card, heading } from '../../src/core/card.ts';
import { PlatformError } from '../../src/core/errors.ts';
import { newId } from '../../src/core/ids.ts';
import type { ReachKind } from '../../src/core/ports.ts';
import { type Text, text } from '../../src/core/text.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { askCard, askingFeature } from '../support/asking-feature.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { openLanes, untilRefused } from '../support/lanes.ts';
import { until } from '../support/until.ts';

/** What became of a message decides what it counts for, and what is said with it. */
let bot: TestBot;
let coalition: TestCoalition;

// Monday, nine in the morning in Winnipeg.
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z', features: [askingFeature] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    hours: { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] },
    partners: [{ name: 'Food Bank', voices: ['Ben', 'Bea'] }],
  });
});
afterEach(() => bot.end());

type More = { kind?: ReachKind; card?: Card; expires?: Date; urgent?: Text };
async function wants(who: string, subject: string, more: More = {}) {
  const whole = await getCoalition(bot.database, coalition.id);
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      ...{ coalition: whole, member: coalition.memberId(who), kind: 'ask' as const, from: 'test', subject },
      ...{ why: ['because it is tried'], card: askCard(subject), ...more },
    }),
  );
}
async function reach(who: string, subject: string, more: More = {}) {
  await wants(who, subject, more);
  await bot.settle();
}
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const inbox = (who: string) => coalition.person(who).inbox();
const stateOf = async (subject: string) =>
  (await bot.database.outreach.findFirstOrThrow({ where: { subject } })).state;
const asksInRow = async () => (await bot.database.partnerBalance.findFirst())?.asksInRow ?? 0;
const limits = (data: { asksInRow?: number; perDay?: number; perWeek?: number }) =>
  bot.database.attention.create({ data: { coalitionId: coalition.id, perDay: 20, perWeek: 20, ...data } });
const refuse = (who: string) =>
  bot.messengers.console.refuseNext(
    `@${coalition.person(who).ref}`,
    new PlatformError('direct-messages-closed', 'console'),
  );
/** A card that cannot stand in one message with others. */
const withPicture = (subject: string): Card => ({
  parts: [heading(subject), { part: 'image', url: 'https://example.org/chart.png', alt: 'A chart' }],
});

/** Ben was last reached here; his other account, on Slack, is tried after this one. */
async function givesBenSlackToo() {
  const { id: coalitionId } = coalition;
  const slack = { id: newId(), platform: 'slack', ref: 'slack-workspace', name: 'Slack' };
  const now = bot.clockHand.now();
  await bot.database.workspace.create({ data: { ...slack, coalitionId, createdAt: now } });
  const account = { workspaceId: slack.id, memberId: coalition.memberId('Ben'), ref: 'U0BEN', name: 'Ben' };
  await bot.database.account.updateMany({ data: { reachedAt: now } });
  await bot.database.account.create({ data: { ...account, coalitionId } });
}
const onSlack = () =>
  bot.messengers.slack.posted
    .filter(({ placeRef }) => placeRef === '@U0BEN')
    .map((each) => JSON.stringify(each.card));

test('what cannot wait says why by whichever account it arrives', async () => {
  await givesBenSlackToo();
  refuse('Ben');
  await goTo('2026-03-03T04:00:00Z');
  await reach('Ben', 'cancelled', { kind: 'neutral', urgent: text('the meeting in two hours is off.') });
  expect(inbox('Ben')).toHaveLength(0);
  expect(onSlack()).toHaveLength(1);
  expect(onSlack()[0]).toContain('the meeting in two hours is off.');
});

test('in their hours there is nothing to excuse by any account: a message does not speak against itself', async () => {
  await givesBenSlackToo();
  await limits({ perDay: 1 });
  refuse('Ben');
  await reach('Ben', 'cancelled', { kind: 'neutral', urgent: text('the meeting in two hours is off.') });
  expect(onSlack()).toHaveLength(1);
  expect(onSlack()[0]).not.toContain('the meeting in two hours is off.');
});

test('an ask that nobody got is none: the colleague is asked, and nothing is held', async () => {
  await limits({ asksInRow: 2 });
  refuse('Ben');
  await reach('Ben', 'one');
  expect(await stateOf('one')).toBe('unreachable');
  expect(await asksInRow()).toBe(0);
  await reach('Bea', 'two');
  expect([await stateOf('two'), await asksInRow()]).toEqual(['sent', 1]);
  // Ben's only account does not work any more: what cannot even be tried counts as little.
  await reach('Ben', 'two again');
  expect([await stateOf('two again'), await asksInRow()]).toEqual(['unreachable', 1]);
  await reach('Bea', 'three');
  expect([await stateOf('three'), await asksInRow()]).toEqual(['sent', 2]);
});

test('what was held for an ask that never arrived goes once that is known', async () => {
  await limits({ asksInRow: 1 });
  const busy = new PlatformError('busy', 'console', { retryAfterMs: 600_000 });
  bot.messengers.console.refuseNext(`@${coalition.person('Ben').ref}`, busy);
  refuse('Ben');
  await wants('Ben', 'one');
  await until('it is on its way', async () => (await stateOf('one')) === 'sent');
  await wants('Bea', 'two');
  await until('it is held for that', async () => (await stateOf('two')) === 'held');
  await untilRefused(bot);
  await openLanes(bot);
  await bot.settle();
  expect(await stateOf('one')).toBe('unreachable');
  expect([await stateOf('two'), await asksInRow()]).toEqual(['sent', 1]);
  expect(await bot.database.staffTask.count({ where: { kind: 'asks-held', doneAt: null } })).toBe(0);
});

test('a gift that nobody got makes no room for an ask', async () => {
  await limits({ asksInRow: 1 });
  await reach('Bea', 'one');
  refuse('Ben');
  await reach('Ben', 'a gift', { kind: 'give' });
  expect([await stateOf('a gift'), await asksInRow()]).toEqual(['unreachable', 1]);
  await reach('Bea', 'two');
  expect(await stateOf('two')).toBe('held');
});

test('an ask that cannot stand beside the gift that waits goes after it, not alone before it', async () => {
  await limits({ asksInRow: 1 });
  await reach('Ben', 'one');
  await goTo('2026-03-03T04:00:00Z');
  const soon = { expires: new Date('2026-03-04T15:00:00Z') };
  await reach('Ben', 'a chart', { card: withPicture('a chart'), ...soon });
  await reach('Ben', 'a gift', { kind: 'give' });
  await goTo('2026-03-03T14:00:00Z');
  const drawn = inbox('Ben').map((each) => JSON.stringify(each.card));
  expect(drawn).toHaveLength(3);
  expect(drawn[1]).toContain('a gift');
  expect(drawn[2]).toContain('a chart');
  expect(await asksInRow()).toBe(1);
});
