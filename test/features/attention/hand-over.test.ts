import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../../../src/core/errors.ts';
import type { DecisionId } from '../../../src/features/decisions/decision/store.ts';
import { findDecision } from '../../../src/features/decisions/decision/store.ts';
import { nudgeOne } from '../../../src/features/decisions/nudging/jobs.ts';
import { findMember, getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { asks } from '../decisions/asking.ts';
import { startMeasure } from '../measures/asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
const monday = '2026-03-02T15:00:00Z';

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

const says = (who: string, typed: string) => coalition.person(who).says(typed);
const idOf = (who: string) => coalition.memberId(who);
const goTo = async (at: string) => {
  bot.clockHand.goTo(at);
  await bot.settle();
};
const inbox = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .map(({ card }) => JSON.stringify(card));
const askOf = (who: string) =>
  coalition
    .person(who)
    .inbox()
    .findLast(({ card }) => JSON.stringify(card).includes('Who speaks for'));

/** Ben holds one thing of every kind for the Food Bank. */
async function givesBenEverything() {
  const { database } = bot;
  const coalitionId = coalition.id;
  const own = { memberId: idOf('Ben'), partnerId: coalition.partnerId('Food Bank') };
  const now = bot.clockHand.now();
  const role = { title: 'Note-taker', titleKey: 'note-taker', purpose: '', state: 'open', createdAt: now };
  const { id: roleId } = await database.role.create({
    data: { coalitionId, ...role, minutesAMonth: 60, leastSeats: 1, mostSeats: 1 },
  });
  await database.roleTerm.create({ data: { coalitionId, roleId, seat: 1, ...own, startedAt: now } });

  for (const question of ['Shall we share a van?', 'Shall we meet on Mondays?'])
    await asks(bot, coalition.person('Ana'), { question, rule: 'majority', until: '60 days' });
  await coalition.person('Ben').presses('Yes', bot.channel('general').at(0));
  const adjust = { 'Who decides': { decider: 'Ben' } };
  await asks(bot, coalition.person('Ana'), {
    question: 'Which van?',
    rule: 'advice',
    adjust,
    until: '60 days',
  });
  const { id: decisionId } = await database.decision.findFirstOrThrow({ where: { number: 1 } });
  const task = { text: 'Ask the garage', memberId: own.memberId, assignee: 'Ben' };
  await database.decisionFollowUp.create({ data: { coalitionId, decisionId, ...task } });

  await startMeasure(coalition.person('Ana'));
  const measure = await database.measure.findFirstOrThrow();
  const named = { coalitionId, measureId: measure.id, ...own, since: now };
  await database.measureContact.create({ data: named });

  await says('Ana', '/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await bot.settle();
}

/** What of it is whose, by the first names of people. */
async function heldBy() {
  const { database } = bot;
  const people = new Map(['Ben', 'Bea', 'Bob', 'Cleo'].map((name) => [idOf(name) as string, name]));
  const name = (id: string | null | undefined) => people.get(id ?? '') ?? 'nobody';
  const members = await database.member.findMany({ where: { partnerId: coalition.partnerId('Food Bank') } });
  const partnerId = coalition.partnerId('Food Bank');
  const { terms } = await database.decision.findFirstOrThrow({ where: { number: 3 } });
  const { decider } = (terms as { rule: { decider: string } }).rule;
  return {
    voice: name(members.find(({ standing, leftAt }) => standing === 'representative' && !leftAt)?.id),
    role: name((await database.roleTerm.findFirstOrThrow()).memberId),
    ballot: name((await database.decisionBallot.findFirstOrThrow()).castById),
    task: name((await database.decisionFollowUp.findFirstOrThrow()).memberId),
    decider: name(decider),
    figures: name((await database.measureContact.findFirstOrThrow()).memberId),
    introduction: name((await database.introSeat.findFirstOrThrow({ where: { partnerId } })).memberId),
  };
}
const all = (who: string) => ({
  ...{ role: who, ballot: who, task: who, decider: who, figures: who, introduction: who },
});

const causes = {
  leaves: async () => {
    await says('Ben', '/coalition leave');
    const left = await coalition.person('Ben').presses('Leave the coalition');
    expect(left.text).toContain('The other people of Food Bank are asked who takes over from you');
  },
  bounces: async () => {
    const whole = await getCoalition(bot.database, coalition.id);
    bot.messengers.console.refuseNext(
      `@${coalition.person('Ben').ref}`,
      new PlatformError('gone', 'console'),
    );
    await bot.tools.write((writing) =>
      bot.tools.outreach.reach(writing, {
        ...{ coalition: whole, member: idOf('Ben'), kind: 'give', from: 'test', subject: 'bounce' },
        why: ['because it is tried'],
        card: { parts: [{ part: 'heading', text: 'Hello' }] },
      }),
    );
  },
  'stays silent': async () => {
    const since = new Date('2025-01-01T00:00:00Z');
    const own = { memberId: idOf('Ben') };
    await bot.settle();
    await bot.database.member.updateMany({ where: { id: idOf('Ben') }, data: { joinedAt: since } });
    await bot.database.account.updateMany({ where: own, data: { actedOn: '2025-02-01' } });
    await bot.database.contact.deleteMany({ where: own });
    const ask = { coalitionId: coalition.id, ...own, kind: 'ask', feature: 'test' };
    const data = [1, 2, 3].map(() => ({ ...ask, at: bot.clockHand.now() }));
    await bot.database.touchpoint.createMany({ data });
    await bot.tools.write((writing) =>
      bot.tools.timers.set(writing, {
        ...{ coalitionId: coalition.id, kind: 'attention.silent', subject: coalition.id },
        ...{ occurrence: 'now', dueAt: writing.now },
      }),
    );
  },
};
const reasons = {
  leaves: 'Ben has left Ready by Five',
  bounces: 'My messages to Ben do not arrive any more',
  'stays silent': 'Ben has not done anything here for a long time',
} as const;

describe.each(['leaves', 'bounces', 'stays silent'] as const)('a representative who %s', (cause) => {
  test('is handed over: the others are asked, and one confirmation moves the voice and everything they held', async () => {
    await givesBenEverything();
    const before = { voice: 'Ben', ...all('Ben') };
    expect(await heldBy()).toEqual(before);
    await causes[cause]();
    await bot.settle();
    for (const who of ['Bea', 'Bob'])
      expect(inbox(who).some((each) => each.includes(reasons[cause]))).toBe(true);
    expect(askOf('Cleo')).toBeUndefined();
    // Nothing moves before it is confirmed.
    expect(await heldBy()).toEqual({ ...before, voice: cause === 'leaves' ? 'nobody' : 'Ben' });

    await coalition.person('Bob').presses('Bea does', askOf('Bob'));
    expect((await heldBy()).role).toBe('Ben');
    const list = await says('Ana', '/attention handovers');
    for (const held of [
      'Note-taker',
      '3 open decisions',
      'one task from decisions',
      'one measure',
      'an open introduction',
    ])
      expect(list.text).toContain(held);
    const done = await coalition.person('Ana').presses('Confirm Bea', list);
    expect(done.text).toContain('Bea speaks for Food Bank, and holds what Ben held');
    expect(await heldBy()).toEqual({ voice: 'Bea', ...all('Bea') });
    await bot.settle();

    // The vote that nobody has given is asked of Bea, and the one that Ben gave is hers to change.
    expect(inbox('Bea').some((each) => each.includes('Shall we meet on Mondays?'))).toBe(true);
    await coalition.person('Bea').presses('No', bot.channel('general').at(0));
    expect((await bot.database.decisionBallot.findFirstOrThrow()).mark).toMatchObject({
      position: 'no',
    });
    expect(inbox('Bea').some((each) => each.includes('Ask the garage'))).toBe(true);
    expect((await says('Bea', '/intros me')).text).toContain('Cleo');
    expect((await coalition.person('Ana').presses('Confirm Bea', list)).refused).toBe('attention.settled');
    expect(await bot.database.staffTask.count({ where: { kind: 'hand-over', doneAt: null } })).toBe(0);
  }, 60_000);
});

test('what still waited for whoever left is not lost: its reminder reaches whoever takes over, once', async () => {
  await givesBenEverything();
  const row = await bot.database.decision.findFirstOrThrow({ where: { number: 2 } });
  const decision = await findDecision(bot.database, coalition.id, row.id as DecisionId);
  const ben = await findMember(bot.database, coalition.id, idOf('Ben'));
  const whole = await getCoalition(bot.database, coalition.id);
  if (!decision || !ben) throw new Error('Nothing to be reminded of');
  await bot.database.member.update({
    where: { id: ben.id },
    data: { awayUntil: new Date('2026-03-10T00:00:00Z') },
  });
  await bot.tools.write((writing) => nudgeOne(writing, bot.tools, whole, decision, ben, 'opening-1'));
  await says('Ben', '/coalition leave');
  await coalition.person('Ben').presses('Leave the coalition');
  await bot.settle();
  await coalition.person('Bea').presses('I take over', askOf('Bea'));
  await coalition.person('Ana').presses('Confirm Bea', await says('Ana', '/attention handovers'));
  await bot.settle();
  const nudges = await bot.database.outreach.findMany({
    where: { subject: { startsWith: `${decision.id}:nudge#` } },
    orderBy: [{ wantedAt: 'asc' }, { id: 'asc' }],
  });
  expect(nudges.map(({ memberId, state }) => [memberId, state])).toEqual([
    [idOf('Ben'), 'expired'],
    [idOf('Bea'), 'sent'],
  ]);
});

test('whoever left cannot be said to stay; when nobody takes over it is all freed, and staff decide that', async () => {
  await givesBenEverything();
  await causes['stays silent']();
  await bot.settle();
  const early = askOf('Bea');
  await causes.leaves();
  await bot.settle();
  expect((await coalition.person('Bea').presses('Ben stays', early)).refused).toBe('attention.gone');
  const list = await says('Ana', '/attention handovers');
  expect(list.text).not.toContain('[Ben stays]');
  const freed = await coalition.person('Ana').presses('Nobody takes over', list);
  expect(freed.text).toContain('nobody takes over from Ben');
  const bea = await bot.database.member.findUniqueOrThrow({ where: { id: idOf('Bea') } });
  expect(bea.standing).toBe('representative');
  expect(await bot.database.measureContact.count()).toBe(0);
  expect((await bot.database.handOver.findFirstOrThrow()).outcome).toBe('ended');
  expect((await coalition.person('Bea').presses('I take over', early)).text).toContain('settled already');
}, 60_000);

test('a week without a word becomes a task for a person, and nobody is asked twice', async () => {
  await causes.leaves();
  await bot.settle();
  const asked = inbox('Bea').length;
  await goTo('2026-03-08T16:00:00Z');
  expect(await bot.database.staffTask.count({ where: { kind: 'hand-over' } })).toBe(0);
  await goTo('2026-03-09T16:00:00Z');
  expect((await says('Ana', '/coalition tasks')).text).toContain('Food Bank was asked a week ago');
  expect(inbox('Bea')).toHaveLength(asked);
});

test('an alternate or member who leaves starts none; the only person of an organisation frees what they held', async () => {
  for (const who of ['Bob', 'Cleo']) {
    await says(who, '/coalition leave');
    await coalition.person(who).presses('Leave the coalition');
  }
  expect(await bot.database.handOver.count()).toBe(0);
  expect((await says('Ana', '/coalition tasks')).text).toContain('Nobody speaks for Library any more');
});

test('somebody who is forgotten is handed over without a name, and no message keeps theirs', async () => {
  await givesBenEverything();
  await causes.leaves();
  await bot.settle();
  await coalition.person('Bea').presses('I take over', askOf('Bea'));
  const me = await says('Ben', '/coalition me');
  await coalition.person('Ben').presses('Forget me', me);
  await coalition.person('Ben').presses('Forget me');
  const { database } = bot;
  const outreach = await database.outreach.findMany({ where: { feature: 'attention' } });
  const sent = (await database.outgoing.findMany()).map(({ card }) => JSON.stringify(card));
  const said = [
    ...outreach.map(({ card }) => JSON.stringify(card)),
    ...sent.filter((each) => each.includes('takes over')),
    ...(await database.staffTask.findMany()).map(({ text }) => JSON.stringify(text)),
  ];
  expect(outreach.length).toBeGreaterThan(0);
  expect(said.filter((each) => /\bBen\b/.test(each))).toEqual([]);
  const list = await says('Ana', '/attention handovers');
  expect(list.text).not.toContain('Ben');
  await coalition.person('Ana').presses('Confirm Bea', list);
  const bea = await database.member.findUniqueOrThrow({ where: { id: idOf('Bea') } });
  const term = await database.roleTerm.findFirstOrThrow();
  expect([bea.standing, term.memberId]).toEqual(['representative', idOf('Bea')]);
}, 60_000);
