import { afterEach, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import { PlatformError, type PlatformTrouble } from '../../../src/core/errors.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeEach(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'] },
      { name: 'Library', voices: ['Cleo'] },
    ],
  });
});
afterEach(() => bot.end());

async function reach(who: string, subject: string): Promise<void> {
  const whole = await getCoalition(bot.database, coalition.id);
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      coalition: whole,
      member: coalition.memberId(who),
      kind: 'give',
      from: 'test',
      subject,
      card: card(heading(subject)),
    }),
  );
  await bot.settle();
}
const refuse = (who: string, code: PlatformTrouble) =>
  bot.messengers.console.refuseNext(`@${coalition.person(who).ref}`, new PlatformError(code, 'console'));
const says = (who: string, typed: string) => coalition.person(who).says(typed);
const tasks = (kind: string) =>
  bot.database.staffTask.findMany({ where: { coalitionId: coalition.id, kind, doneAt: null } });
const handOvers = () => bot.database.handOver.count();

test('whoever closed their direct messages and opens them again is reached after /coalition me', async () => {
  refuse('Ben', 'direct-messages-closed');
  await reach('Ben', 'one');
  await reach('Ben', 'two');
  expect(coalition.person('Ben').inbox()).toHaveLength(0);
  const [task] = await tasks('member-unreachable');
  expect(JSON.stringify(task?.text)).toContain('their direct messages are closed to me');

  expect((await says('Ben', '/coalition me')).text).toContain('I try again with the next one');
  expect(await tasks('member-unreachable')).toEqual([]);
  expect((await says('Ben', '/coalition me')).text).not.toContain('I try again');
  await reach('Ben', 'three');
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
});

for (const [code, mend] of [
  ['refused', 'a mistake of ours'],
  ['not-allowed', 'by installing me again'],
] as const) {
  test(`a message that is ${code} by the platform says nothing of its person: staff hear what mends it, and the next one arrives`, async () => {
    refuse('Ben', code);
    await reach('Ben', 'one');
    const [task] = await tasks('member-unreachable');
    expect(JSON.stringify(task?.text)).toContain(mend);
    expect((await says('Ana', '/attention reach')).text).toContain(
      'Everybody who joined has a way that works',
    );
    expect(await handOvers()).toBe(0);
    await reach('Ben', 'two');
    expect(coalition.person('Ben').inbox()).toHaveLength(1);
    expect(await tasks('member-unreachable')).toEqual([]);
  });
}

test('whoever has two accounts gets by the second what the first refused, and each is tried once', async () => {
  const workspace = await bot.database.workspace.create({
    data: {
      ...{ coalitionId: coalition.id, platform: 'slack', ref: 'T1', name: 'T1' },
      createdAt: bot.clockHand.now(),
    },
  });
  await bot.database.account.create({
    data: {
      ...{ coalitionId: coalition.id, workspaceId: workspace.id, memberId: coalition.memberId('Ben') },
      ...{ ref: 'UBEN', name: 'Ben' },
    },
  });
  refuse('Ben', 'refused');
  await reach('Ben', 'one');
  const onSlack = () => bot.messengers.slack.posted.filter(({ placeRef }) => placeRef === '@UBEN');
  expect(onSlack()).toHaveLength(1);
  expect(await tasks('member-unreachable')).toEqual([]);

  refuse('Ben', 'refused');
  bot.messengers.slack.refuseNext('@UBEN', new PlatformError('refused', 'slack'));
  await reach('Ben', 'two');
  expect(onSlack()).toHaveLength(1);
  expect(await tasks('member-unreachable')).toHaveLength(1);
  expect(await bot.database.outgoing.count({ where: { state: 'undeliverable' } })).toBe(3);
});

test('a token that stops working is told to staff once, with what mends it, and nobody is called unreachable for it', async () => {
  for (const who of ['Ben', 'Cleo']) refuse(who, 'disconnected');
  await reach('Ben', 'one');
  await reach('Cleo', 'two');
  await reach('Ben', 'three');
  const [task, ...others] = await tasks('workspace-removed');
  expect(task?.subject).toBe(coalition.workspaceId);
  expect(JSON.stringify(task?.text)).toContain('Install me there again');
  expect(others).toEqual([]);
  expect(await tasks('member-unreachable')).toEqual([]);
  expect(await handOvers()).toBe(0);
  expect((await says('Ana', '/attention reach')).text).toContain(
    'Ben (Food Bank): I was removed from that workspace',
  );
});
