import { afterEach, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import type { ReachKind } from '../../../src/core/ports.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { until } from '../../support/until.ts';

let bot: TestBot;
let coalition: TestCoalition;
/** Monday, nine in the morning in Winnipeg. */
const monday = '2026-03-02T15:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    hours: { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] },
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

async function reach(who: string, subject: string, kind: ReachKind = 'ask') {
  const whole = await getCoalition(bot.database, coalition.id);
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition: whole,
      member: coalition.memberId(who),
      kind,
      from: 'test',
      subject,
      card: card(heading(subject)),
    }),
  );
}
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const says = (who: string, typed: string) => coalition.person(who).says(typed);

test('somebody away hears nothing from any feature; back early, one message with all of it', async () => {
  const away = await says('Ben', '/coalition away until:2026-03-10');
  expect(away.text).toContain('You are away through Tuesday, 10 March 2026');
  for (const subject of ['one', 'two', 'three']) await reach('Ben', subject, 'give');
  await goTo('2026-03-05T15:00:00Z');
  expect(coalition.person('Ben').inbox()).toHaveLength(0);
  expect((await says('Ben', '/coalition me')).text).toContain('3 more things wait for you');
  expect((await says('Ben', '/coalition back')).text).toContain('3 things wait for you');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
  expect((await says('Ben', '/coalition away until:2026-03-01')).refused).toBe('attention.past');
});

test('whoever snoozes is left alone for that long, and not a day longer', async () => {
  await says('Ben', '/coalition snooze days:2');
  await reach('Ben', 'one');
  await goTo('2026-03-03T22:00:00Z');
  expect(coalition.person('Ben').inbox()).toHaveLength(0);
  await goTo('2026-03-04T14:00:00Z');
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
});

test('staff set the limits, and one message a day is one message a day', async () => {
  expect((await says('Ben', '/attention limits day:9')).refused).toBe('core.backbone');
  const set = await says('Ana', '/attention limits day:1 asks:0');
  expect(set.text).toContain('Most messages to one person in a day: 1');
  await reach('Ben', 'one');
  await bot.settle();
  await reach('Ben', 'two');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
});

test('staff pause everything with one command, see that it is paused, and go on', async () => {
  expect((await says('Ana', '/coalition pause')).text).toContain('Paused');
  expect((await says('Ana', '/coalition pause')).refused).toBe('attention.paused');
  await reach('Ben', 'one');
  await reach('Ben', 'two');
  await bot.settle();
  expect((await says('Ana', '/attention preview')).text).toContain('Everything is paused');
  expect(coalition.person('Ben').inbox()).toHaveLength(0);
  expect((await says('Ana', '/coalition resume')).text).toContain('one message');
  await goTo('2026-03-02T17:00:00Z');
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
  expect((await says('Ana', '/coalition resume')).refused).toBe('attention.not-paused');
});

test('staff see what is held and why, send it knowingly, and see how the partner was contacted', async () => {
  await says('Ana', '/attention limits week:20 day:20 asks:2');
  for (const subject of ['a', 'b', 'c']) {
    await reach('Ben', subject);
    await bot.settle();
  }
  const held = await says('Ana', '/attention held');
  expect(held.text).toContain('Food Bank: 2 asks in a row, one more is held');
  const trend = await says('Ana', '/attention balance partner:"Food Bank"');
  expect(trend.text).toContain('2026-02-17 to 2026-03-02: 2 asks, 0 gifts');
  expect(trend.text).toContain('Asks in a row just now: 2');
  expect((await says('Ana', '/attention balance')).text).toContain('Food Bank: 2 asks in a row');
  expect((await coalition.person('Cleo').pressesId('attention.send:AAAAAAAAAAAAAAAAAAAAAA')).refused).toBe(
    'core.backbone',
  );
  await says('Ana', '/attention held');
  const sent = await coalition.person('Ana').presses('Send anyway to Food Bank');
  expect(sent.text).toContain('one ask to Food Bank');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(3);
  expect((await says('Ana', '/attention held')).text).toContain('Nothing is held');
});

test('a logged call lets go what was held', async () => {
  await says('Ana', '/attention limits week:20 day:20 asks:1');
  for (const subject of ['a', 'b']) {
    await reach('Ben', subject);
    await bot.settle();
  }
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
  const logged = await says('Ana', '/checkin log partner:"Food Bank" kind:call line:"They need drivers"');
  expect(logged.text).toContain('The clock of Food Bank starts anew');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(2);
});

test('staff see who cannot be reached, by which way, and why; the task closes when a message arrives again', async () => {
  const refuse = () =>
    bot.messengers.console.refuseNext(
      `@${coalition.person('Ben').ref}`,
      new PlatformError('direct-messages-closed', 'console'),
    );
  refuse();
  await reach('Ben', 'one');
  await bot.settle();
  expect((await says('Ana', '/attention reach')).text).toContain(
    'Ben (Food Bank): their direct messages are closed to me',
  );
  const one = await says('Ana', '/attention reach member:Ben');
  expect(one.text).toContain('fails since');
  expect(one.text).toContain('One message to them could not be delivered');
  expect((await says('Ben', '/coalition me')).text).toContain('I try again with the next one');
  await reach('Ben', 'two');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
  expect((await says('Ana', '/attention reach member:Ben')).text).toContain('a message last arrived');
  expect(await bot.database.staffTask.count({ where: { kind: 'member-unreachable', doneAt: null } })).toBe(0);
});

test('a dry run shows who will get what and when, changes nothing, and is what then happens', async () => {
  await says('Ana', '/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await bot.settle();
  const before = await bot.database.outreach.count();
  const preview = await says('Ana', '/attention preview days:14');
  expect(preview.text).toContain('Did you meet? to Ben (Food Bank), Cleo (Library)');
  expect(preview.text).toContain('have not said whether they met');
  expect(await bot.database.outreach.count()).toBe(before);
  expect(await bot.database.timer.count({ where: { kind: 'introductions.midway', doneAt: null } })).toBe(1);
  await goTo('2026-03-09T16:00:00Z');
  for (const who of ['Ben', 'Cleo'])
    expect(JSON.stringify(coalition.person(who).inbox().at(-1)?.card)).toContain('Did you meet?');
  const sent = await says('Ana', '/attention sent');
  expect(sent.text).toMatch(/Did you meet\? to (?=.*Ben \(Food Bank\)).*Cleo \(Library\)/);
  expect(sent.text).toContain('have not said whether they met');
  const toBen = await says('Ana', '/attention sent member:Ben');
  expect(toBen.text).toContain('What Ben got by itself');
  expect(toBen.text).not.toContain('Cleo (Library)');
  expect((await says('Ben', '/attention sent')).refused).toBe('core.backbone');
  expect((await says('Ben', '/attention preview')).refused).toBe('core.backbone');
});

test('a representative who cannot be reached is handed over: asked, named, confirmed once, everything moved', async () => {
  await bot.database.account.updateMany({
    where: { memberId: coalition.memberId('Ben') },
    data: { unreachableSince: bot.clockHand.now(), unreachableWhy: 'gone' },
  });
  const role = await bot.database.role.create({
    data: {
      coalitionId: coalition.id,
      title: 'Note-taker',
      titleKey: 'note-taker',
      purpose: '',
      state: 'open',
      minutesAMonth: 60,
      leastSeats: 1,
      mostSeats: 1,
      createdAt: bot.clockHand.now(),
    },
  });
  await bot.database.roleTerm.create({
    data: {
      coalitionId: coalition.id,
      roleId: role.id,
      seat: 1,
      partnerId: coalition.partnerId('Food Bank'),
      memberId: coalition.memberId('Ben'),
      startedAt: bot.clockHand.now(),
    },
  });
  await reach('Ben', 'one');
  await bot.settle();
  const bea = coalition.person('Bea');
  const asked = bea.inbox().at(-1);
  expect(JSON.stringify(asked?.card)).toContain('Who speaks for Food Bank now?');
  expect((await coalition.person('Cleo').presses('I take over', asked)).refused).toBe('attention.not-theirs');
  expect((await bea.presses('I take over', asked)).text).toContain('Staff of Ready by Five confirm it');
  // Nothing has moved yet.
  const standing = async (who: string) =>
    (await bot.database.member.findUniqueOrThrow({ where: { id: coalition.memberId(who) } })).standing;
  expect(await standing('Bea')).toBe('alternate');

  const list = await says('Ana', '/attention handovers');
  expect(list.text).toContain('They say that Bea takes over');
  expect(list.text).toContain('Note-taker');
  const done = await coalition.person('Ana').presses('Confirm Bea', list);
  expect(done.text).toContain('Bea speaks for Food Bank');
  expect([await standing('Bea'), await standing('Ben')]).toEqual(['representative', 'alternate']);
  const term = await bot.database.roleTerm.findFirstOrThrow();
  expect(term.memberId).toBe(coalition.memberId('Bea'));
  expect((await coalition.person('Ana').presses('Confirm Bea', list)).refused).toBe('attention.settled');
});

test('whoever did nothing for months, though asked, is looked for; whoever did anything is not', async () => {
  await bot.database.member.updateMany({ data: { joinedAt: new Date('2025-01-01T00:00:00Z') } });
  const at = new Date('2026-02-01T15:00:00Z');
  for (const who of ['Ben', 'Cleo']) {
    await bot.database.touchpoint.createMany({
      data: [1, 2, 3].map(() => ({
        coalitionId: coalition.id,
        memberId: coalition.memberId(who),
        kind: 'ask',
        feature: 'test',
        at,
      })),
    });
  }
  await says('Cleo', '/coalition me');
  // Which day somebody acted is written down a moment after their answer.
  const acted = { memberId: coalition.memberId('Cleo'), actedOn: { not: null } };
  await until(
    'Cleo’s account has acted',
    async () => (await bot.database.account.count({ where: acted })) === 1,
  );
  await bot.tools.write((writing) =>
    bot.tools.timers.set(writing, {
      coalitionId: coalition.id,
      kind: 'attention.silent',
      subject: coalition.id,
      occurrence: 'now',
      dueAt: writing.now,
    }),
  );
  await goTo('2026-03-03T15:00:00Z');
  const open = await bot.database.handOver.findMany();
  expect(open.map(({ memberId, why }) => [memberId, why])).toEqual([[coalition.memberId('Ben'), 'silent']]);
  expect(JSON.stringify(coalition.person('Bob').inbox().at(-1)?.card)).toContain('Who speaks for Food Bank');
  const stays = await coalition.person('Bob').presses('Ben stays', coalition.person('Bob').inbox().at(-1));
  expect(stays.text).toContain('nothing changes');
});
