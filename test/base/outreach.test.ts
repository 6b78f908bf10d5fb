import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { CoalitionId, MemberId } from '../../src/core/ids.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';

let bot: TestBot;
let coalitionId: CoalitionId;
let made = 0;

/** Monday, nine in the morning in Winnipeg. */
const monday = '2026-03-02T15:00:00Z';

beforeAll(async () => {
  bot = await openTestBot({ at: monday, features: [] });
  const coalition = await bot.database.coalition.create({
    data: { name: 'Ready by Five', timeZone: 'America/Winnipeg', createdAt: new Date(monday) },
  });
  coalitionId = coalition.id as CoalitionId;
  await bot.database.workspace.createMany({
    data: [
      {
        coalitionId,
        platform: 'console',
        ref: 'console-workspace',
        name: 'Console',
        createdAt: new Date(monday),
      },
      { coalitionId, platform: 'slack', ref: 'slack-workspace', name: 'Slack', createdAt: new Date(monday) },
    ],
  });
});
afterAll(() => bot.end());
beforeEach(() => bot.clockHand.goTo(monday));

async function join(name: string, more: { awayUntil?: Date; timeZone?: string; on?: string[] } = {}) {
  made += 1;
  const ref = `U-${name}-${made}`;
  const { on = ['console'], ...own } = more;
  const member = await bot.database.member.create({
    data: {
      coalitionId,
      name,
      standing: 'backbone',
      language: 'en',
      timeZone: 'America/Winnipeg',
      joinedAt: new Date(monday),
      ...own,
    },
  });
  for (const platform of on) {
    const workspace = await bot.database.workspace.findFirstOrThrow({ where: { platform } });
    await bot.database.account.create({
      data: { coalitionId, workspaceId: workspace.id, memberId: member.id, ref, name },
    });
  }
  const inbox = (platform: 'console' | 'slack' = 'console') => bot.channel(`@${ref}`, platform);
  return { id: member.id as MemberId, ref, inbox };
}

async function reach(member: MemberId, subject: string, expires?: Date) {
  const coalition = await getCoalition(bot.database, coalitionId);
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition,
      member,
      kind: 'ask',
      from: 'test',
      subject,
      card: card(heading(subject)),
      ...(expires ? { expires } : {}),
    }),
  );
  await bot.settle();
}
const touchpoints = (memberId: MemberId) => bot.database.touchpoint.count({ where: { memberId } });

test('somebody at work hears at once, and the contact is on record', async () => {
  const ana = await join('Ana');
  await reach(ana.id, 'hello');
  expect(ana.inbox()).toHaveLength(1);
  expect(await touchpoints(ana.id)).toBe(1);
});

test('nobody hears at night: it waits for their morning, in their own zone', async () => {
  const aroha = await join('Aroha', { timeZone: 'Pacific/Auckland' });
  await reach(aroha.id, 'hello');
  expect(aroha.inbox()).toHaveLength(0);
  expect(await touchpoints(aroha.id)).toBe(0);
  bot.clockHand.goTo('2026-03-02T18:59:00Z');
  await bot.settle();
  expect(aroha.inbox()).toHaveLength(0);
  bot.clockHand.goTo('2026-03-02T19:00:00Z');
  await bot.settle();
  expect(aroha.inbox()).toHaveLength(1);
});

test('the same thing is asked of the same person once', async () => {
  const ben = await join('Ben');
  await reach(ben.id, 'once');
  await reach(ben.id, 'once');
  expect(ben.inbox()).toHaveLength(1);
});

test('somebody who goes away after it was planned hears when they are back', async () => {
  const cleo = await join('Cleo', { timeZone: 'Pacific/Auckland' });
  await reach(cleo.id, 'hello');
  const back = new Date('2026-03-04T22:00:00Z');
  await bot.database.member.update({ where: { id: cleo.id }, data: { awayUntil: back } });
  bot.clockHand.goTo('2026-03-03T00:00:00Z');
  await bot.settle();
  expect(cleo.inbox()).toHaveLength(0);
  bot.clockHand.goTo(back);
  await bot.settle();
  expect(cleo.inbox()).toHaveLength(1);
});

test('what has expired by the time they can be reached is not sent, and that is on record', async () => {
  const dov = await join('Dov', { awayUntil: new Date('2026-03-05T16:00:00Z') });
  await reach(dov.id, 'too late', new Date('2026-03-04T16:00:00Z'));
  bot.clockHand.goTo('2026-03-05T16:00:00Z');
  await bot.settle();
  expect(dov.inbox()).toHaveLength(0);
  const row = await bot.database.outreach.findFirstOrThrow({ where: { memberId: dov.id } });
  expect(row.state).toBe('expired');
});

test('somebody whose messages are closed on one platform is reached on the other', async () => {
  const eva = await join('Eva', { on: ['console', 'slack'] });
  bot.messengers.console.refuseNext(`@${eva.ref}`, new PlatformError('direct-messages-closed', 'console'));
  bot.messengers.slack.refuseNext(`@${eva.ref}`, new PlatformError('direct-messages-closed', 'slack'), 0);
  await reach(eva.id, 'hello');
  expect(eva.inbox('console').length + eva.inbox('slack').length).toBe(1);
  expect(await touchpoints(eva.id)).toBe(1);
});

test('somebody who cannot be reached at all becomes one task for staff, with the reason', async () => {
  const finn = await join('Finn');
  bot.messengers.console.refuseNext(`@${finn.ref}`, new PlatformError('direct-messages-closed', 'console'));
  await reach(finn.id, 'first');
  await reach(finn.id, 'second');
  expect(finn.inbox()).toHaveLength(0);
  const tasks = await bot.database.staffTask.findMany({
    where: { kind: 'member-unreachable', subject: finn.id },
  });
  expect(tasks).toHaveLength(1);
  expect(JSON.stringify(tasks[0]?.text)).toMatch(/Finn.*cannot be reached/);
  expect(await touchpoints(finn.id)).toBe(0);
});

test('somebody who left is not contacted', async () => {
  const gil = await join('Gil');
  await bot.database.member.update({ where: { id: gil.id }, data: { leftAt: new Date(monday) } });
  await reach(gil.id, 'hello');
  expect(gil.inbox()).toHaveLength(0);
});
