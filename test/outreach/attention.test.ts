import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberId } from '../../src/core/ids.ts';
import type { ReachKind } from '../../src/core/ports.ts';
import { text } from '../../src/core/text.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { lockBalance } from '../../src/outreach/store.ts';
import { askCard, askingFeature } from '../support/asking-feature.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { someoneWaits } from '../support/someone-waits.ts';
import { until } from '../support/until.ts';

let bot: TestBot;
let coalition: TestCoalition;
/** Monday, nine in the morning in Winnipeg. */
const monday = '2026-03-02T15:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday, features: [askingFeature] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    hours: { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] },
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

type More = {
  kind?: ReachKind;
  expires?: Date;
  urgent?: string;
  matters?: 'much' | 'little';
  lines?: number;
  lengthy?: boolean;
};

async function reach(who: string, subject: string, more: More = {}) {
  const { kind = 'ask', expires, urgent, matters, lines = 1, lengthy } = more;
  const whole = await getCoalition(bot.database, coalition.id);
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition: whole,
      member: coalition.memberId(who) as MemberId,
      kind,
      from: 'test',
      subject,
      card: askCard(subject, lines, lengthy),
      ...(expires ? { expires } : {}),
      ...(matters ? { matters } : {}),
      ...(urgent ? { urgent: text(urgent) } : {}),
    }),
  );
}
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const inbox = (who: string) => coalition.person(who).inbox();
const saysOf = (who: string) => inbox(who).map(({ card: each }) => JSON.stringify(each));
const stateOf = async (subject: string) =>
  (await bot.database.outreach.findFirstOrThrow({ where: { subject } })).state;

test('what waits overnight comes as one message in the morning, the nearest deadline first, all of it answerable', async () => {
  await goTo('2026-03-03T02:00:00Z');
  await reach('Ben', 'gift', { kind: 'give' });
  await reach('Ben', 'later', { expires: new Date('2026-03-10T15:00:00Z') });
  await reach('Ben', 'sooner', { expires: new Date('2026-03-04T15:00:00Z') });
  await bot.settle();
  expect(inbox('Ben')).toHaveLength(0);
  await goTo('2026-03-03T14:00:00Z');
  expect(inbox('Ben')).toHaveLength(1);
  const [message] = inbox('Ben');
  const drawn = JSON.stringify(message?.card);
  expect(drawn).toContain('What we need from you: 3 things');
  expect(drawn.indexOf('"sooner"')).toBeLessThan(drawn.indexOf('"later"'));
  expect(drawn.indexOf('"later"')).toBeLessThan(drawn.indexOf('"gift"'));

  const ben = coalition.person('Ben');
  const answered = await ben.presses('Yes to later', message);
  expect(answered.text).toContain('later is answered');
  expect(answered.text).toContain('[Yes to sooner]');
  await ben.presses('Say why sooner', answered);
  const both = await ben.fills({ words: 'because' });
  expect(both.text).toContain('sooner: because');
  expect(both.text).toContain('later is answered');
  expect(both.text).toContain('[Yes to gift]');
  expect(await bot.database.touchpoint.count({ where: { memberId: coalition.memberId('Ben') } })).toBe(3);
});

test('somebody else who presses a button of that message changes nothing in it', async () => {
  await goTo('2026-03-03T02:00:00Z');
  await reach('Ben', 'one');
  await reach('Ben', 'two');
  await goTo('2026-03-03T14:00:00Z');
  const other = await coalition.person('Cleo').presses('Yes to one', inbox('Ben')[0]);
  expect(other.shownAside).toBe(true);
  expect(other.text).not.toContain('two');
  const rows = await bot.database.outreach.findMany();
  expect(rows.every((row) => !JSON.stringify(row.card).includes('is answered'))).toBe(true);
});

test('one thing within the limits comes at once, as its own card', async () => {
  await reach('Ben', 'alone');
  await bot.settle();
  expect(saysOf('Ben')[0]).not.toContain('What we need');
  expect((await coalition.person('Ben').presses('Yes to alone', inbox('Ben')[0])).text).toBe(
    'alone is answered',
  );
});

test('the third message of a day joins the next morning’s, and the week’s cap holds whatever the feature', async () => {
  for (const [index, subject] of ['a', 'b', 'c', 'd'].entries()) {
    await reach('Ben', subject, { kind: index % 2 === 0 ? 'ask' : 'give' });
    await bot.settle();
  }
  expect(inbox('Ben')).toHaveLength(2);
  await goTo('2026-03-03T14:00:00Z');
  expect(inbox('Ben')).toHaveLength(3);
  expect(saysOf('Ben')[2]).toContain('"c"');
  expect(saysOf('Ben')[2]).toContain('"d"');
  for (const [day, subject] of ['e', 'f', 'g', 'h'].entries()) {
    bot.clockHand.goTo(`2026-03-0${day + 3}T16:00:00Z`);
    await reach('Ben', subject, { kind: 'give' });
    await bot.settle();
  }
  expect(inbox('Ben')).toHaveLength(5);
  await goTo('2026-03-09T15:00:00Z');
  expect(inbox('Ben')).toHaveLength(6);
  expect(saysOf('Ben')[5]).toContain('"g"');
  expect(saysOf('Ben')[5]).toContain('"h"');
});

test('what cannot wait breaks the rules and says why; it still counts', async () => {
  await goTo('2026-03-03T04:00:00Z');
  await reach('Ben', 'cancelled', { kind: 'neutral', urgent: 'the meeting in two hours is off.' });
  await bot.settle();
  expect(saysOf('Ben')[0]).toContain('the meeting in two hours is off.');
  expect(await bot.database.outreachMessage.count({ where: { urgent: true } })).toBe(1);
  await goTo('2026-03-03T15:00:00Z');
  await reach('Ben', 'moved', { kind: 'neutral', urgent: 'it begins now.' });
  await bot.settle();
  // In their hours and within their limits it breaks no rule, so there is nothing to excuse.
  expect(saysOf('Ben')[1]).not.toContain('it begins now.');
});

test('after four asks in a row the next is held for staff, who may send it knowingly; that is on record', async () => {
  for (const [day, subject] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    bot.clockHand.goTo(`2026-03-${String(day + 2).padStart(2, '0')}T15:00:00Z`);
    await reach(day % 2 === 0 ? 'Ben' : 'Bea', subject);
    await bot.settle();
  }
  expect(await stateOf('d')).toBe('sent');
  expect(await stateOf('e')).toBe('held');
  const task = await bot.database.staffTask.findFirstOrThrow({ where: { kind: 'asks-held', doneAt: null } });
  expect(JSON.stringify(task.text)).toContain('4 in a row');
  const of = { coalitionId: coalition.id, partnerId: coalition.partnerId('Food Bank') };
  await bot.tools.write((writing) =>
    bot.tools.outreach.release(writing, { ...of, by: coalition.memberId('Ana') }),
  );
  await bot.settle();
  const row = await bot.database.outreach.findFirstOrThrow({ where: { subject: 'e' } });
  expect(row).toMatchObject({ state: 'sent', releasedById: coalition.memberId('Ana') });
  expect(await bot.database.staffTask.count({ where: { kind: 'asks-held', doneAt: null } })).toBe(0);
});

test('a real contact lets what is held go; another partner is not held at all', async () => {
  for (const [day, subject] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    bot.clockHand.goTo(`2026-03-${String(day + 2).padStart(2, '0')}T15:00:00Z`);
    await reach(day % 2 === 0 ? 'Ben' : 'Bea', subject);
    await bot.settle();
  }
  await reach('Cleo', 'elsewhere');
  await bot.settle();
  expect(await stateOf('elsewhere')).toBe('sent');
  expect(await stateOf('e')).toBe('held');
  const contact = { partnerId: coalition.partnerId('Food Bank'), memberId: null, kind: 'call' } as const;
  await bot.tools.write((writing) =>
    bot.tools.contacts.record(writing, {
      coalitionId: coalition.id,
      ...contact,
      subject: 'call:1',
      at: writing.now,
    }),
  );
  await bot.settle();
  expect(await stateOf('e')).toBe('sent');
});

test('what is held and never decided expires, and that is on record', async () => {
  await bot.database.attention.create({ data: { coalitionId: coalition.id, asksInRow: 1 } });
  await reach('Ben', 'a');
  await bot.settle();
  await reach('Ben', 'b', { expires: new Date('2026-03-04T15:00:00Z') });
  await bot.settle();
  expect(await stateOf('b')).toBe('held');
  await goTo('2026-03-04T15:00:00Z');
  expect(await stateOf('b')).toBe('expired');
});

test('while all is paused nothing goes out; afterwards each gets one message, and not all at once', async () => {
  const by = coalition.memberId('Ana');
  const of = { coalitionId: coalition.id };
  const pause = () => bot.tools.write((writing) => bot.tools.outreach.pause(writing, { ...of, by }));
  const resume = () => bot.tools.write((writing) => bot.tools.outreach.resume(writing, of));
  expect(await pause()).toBe(true);
  expect(await pause()).toBe(false);
  for (const who of ['Ben', 'Bea', 'Cleo']) {
    for (const subject of ['one', 'two', 'three']) await reach(who, `${subject} ${who}`);
  }
  await reach('Ben', 'now', { urgent: 'it is off.' });
  await goTo('2026-03-02T16:00:00Z');
  expect([...inbox('Ben'), ...inbox('Bea'), ...inbox('Cleo')]).toHaveLength(0);
  expect(await resume()).toEqual({ posts: 0, outdated: 0 });
  expect(await resume()).toBeNull();
  await bot.settle();
  const atOnce = [...inbox('Ben'), ...inbox('Bea'), ...inbox('Cleo')].length;
  expect(atOnce).toBeLessThan(4);
  await goTo('2026-03-02T18:00:00Z');
  expect(inbox('Bea')).toHaveLength(1);
  expect(inbox('Cleo')).toHaveLength(1);
  expect(await bot.database.outreach.count({ where: { state: 'waiting' } })).toBe(0);
});

test('after a week of downtime everybody gets one message, however late things trickle in', async () => {
  await goTo('2026-03-03T02:00:00Z');
  await reach('Ben', 'before the outage');
  await reach('Cleo', 'before it too');
  // The bot was away: its last sweep is a week old when the next one runs.
  await bot.database.heartbeat.update({
    where: { name: 'sweep' },
    data: { at: new Date(Date.now() - 7 * 86_400_000) },
  });
  await goTo('2026-03-10T15:00:00Z');
  expect([...inbox('Ben'), ...inbox('Cleo')]).toHaveLength(0);
  await goTo('2026-03-10T15:04:00Z');
  await reach('Ben', 'late');
  await bot.settle();
  expect(inbox('Ben')).toHaveLength(0);
  await goTo('2026-03-10T15:10:00Z');
  expect(inbox('Ben')).toHaveLength(1);
  expect(inbox('Cleo')).toHaveLength(1);
  expect(saysOf('Ben')[0]).toContain('late');
});

test('more than fits one message is a page away, and an answer stays on its page', async () => {
  await goTo('2026-03-03T02:00:00Z');
  for (const subject of ['a', 'b', 'c', 'd', 'e', 'f']) await reach('Ben', subject, { lines: 8 });
  await goTo('2026-03-03T14:00:00Z');
  const ben = coalition.person('Ben');
  expect(inbox('Ben')).toHaveLength(1);
  expect(saysOf('Ben')[0]).not.toContain('"f"');
  const second = await ben.presses('Page 2 of 2', inbox('Ben')[0]);
  expect(second.text).toContain('[Yes to f]');
  const answered = await ben.presses('Yes to f', second);
  expect(answered.text).toContain('f is answered');
  expect(answered.text).toContain('[Back to page 1 of 2]');
});

test('two things that become due for one person at one moment spend one allowance', async () => {
  await bot.database.attention.create({ data: { coalitionId: coalition.id, perDay: 1, asksInRow: 0 } });
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((subject) => reach('Ben', subject)));
  await bot.settle();
  expect(inbox('Ben')).toHaveLength(1);
});

test('however often one thing is asked for, it is one ask, and only the latest reminder of it waits', async () => {
  await goTo('2026-03-03T02:00:00Z');
  await reach('Ben', 'poll#1', { kind: 'ask' });
  const letGo = { releasedAt: bot.clockHand.now() };
  await bot.database.outreach.updateMany({ where: { subject: 'poll#1' }, data: letGo });
  await reach('Ben', 'poll#2', { kind: 'ask' });
  expect(await bot.database.outreach.findFirst({ where: { subject: 'poll#2' } })).toMatchObject(letGo);
  await reach('Ben', 'polls', { kind: 'ask' });
  await goTo('2026-03-03T14:00:00Z');
  expect(inbox('Ben')).toHaveLength(1);
  expect(await Promise.all(['poll#1', 'poll#2', 'polls'].map(stateOf))).toEqual(['expired', 'sent', 'sent']);

  for (const day of [4, 5, 6]) {
    await goTo(`2026-03-0${day}T14:00:00Z`);
    await reach('Cleo', `figure#${day}`);
    await bot.settle();
  }
  expect(inbox('Cleo')).toHaveLength(3);
  const balance = await bot.database.partnerBalance.findFirstOrThrow({
    where: { partnerId: coalition.partnerId('Library') },
  });
  expect(balance).toMatchObject({ asksInRow: 1, lastAsk: 'test:figure' });
});

test('an answer that asks back at length is read in full beside the message, which stays as it was', async () => {
  await goTo('2026-03-03T02:00:00Z');
  await reach('Ben', 'one', { lengthy: true });
  await reach('Ben', 'two');
  await goTo('2026-03-03T14:00:00Z');
  const [message] = inbox('Ben');
  const ben = coalition.person('Ben');
  const before = JSON.stringify(message?.card);
  const back = await ben.presses('Ask back about one', message);
  expect(back.text).toContain('The very end');
  expect(back.text).not.toContain('What we need from you');
  expect(JSON.stringify(inbox('Ben')[0]?.card)).toBe(before);
  expect((await ben.presses('Do it all the same', back)).text).toContain('one is answered');
});

test('two first asks to one partner at the same moment are decided about one after the other', async () => {
  const partner = await bot.database.partner.findFirstOrThrow({ where: { name: 'Food Bank' } });
  let second: Promise<void> = Promise.resolve();
  const order: string[] = [];
  await bot.tools.write(async ({ tx }) => {
    await lockBalance(tx, coalition.id, partner.id);
    second = bot.tools.write(async (writing) => {
      await lockBalance(writing.tx, coalition.id, partner.id);
      order.push('second');
    });
    await until('the second waits', () => someoneWaits(bot.database));
    order.push('first');
  });
  await second;
  expect(order).toEqual(['first', 'second']);
});
