import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';

let bot: TestBot;
let coalition: TestCoalition;
let dee: Person;
let ana: Person;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    platform: 'slack',
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Dee'] },
    ],
  });
  ana = coalition.person('Ana');
  // The coalition also lives in a Discord server, where only Dee is.
  dee = bot.as('Dee', { platform: 'discord' });
  const { id: coalitionId } = coalition;
  const server = await bot.database.workspace.create({
    data: {
      coalitionId,
      ...{ platform: 'discord', ref: 'discord-workspace', name: 'server', createdAt: bot.clockHand.now() },
    },
  });
  await bot.database.account.deleteMany({ where: { memberId: coalition.memberId('Dee') } });
  await bot.database.account.create({
    data: {
      coalitionId,
      ...{ workspaceId: server.id, memberId: coalition.memberId('Dee'), ref: dee.ref, name: 'Dee' },
    },
  });
  const discord = await bot.database.place.create({
    data: { coalitionId, workspaceId: server.id, ref: '123456789012345678', name: 'roles' },
  });
  await ana.says('/roles new');
  await ana.fills({ name: 'Host', purpose: 'Opens the door', effort: '1', seats: '1' });
  await ana.says('/roles post role:Host place:general');
  const role = await bot.database.role.findFirstOrThrow();
  const posted = await bot.database.outgoing.findFirstOrThrow({ where: { key: { contains: role.id } } });
  await bot.tools.write((writing) =>
    bot.tools.delivery.post(writing, {
      why: ['because it is tried'],
      coalitionId,
      to: { place: discord.id as never },
      key: 'role-card:discord',
      card: posted.card as never,
      live: { view: { id: 'roles.card', draw: async () => null }, subject: role.id },
    }),
  );
  await bot.settle();
});
afterAll(() => bot.end());

const onSlack = () => bot.channel('general', 'slack').at(-1);
const onDiscord = () => bot.channel('123456789012345678', 'discord').at(-1);

test('a seat taken on Slack shows on the card in Discord, and the line formed there shows on Slack', async () => {
  expect((await coalition.person('Ben').presses('Take it', onSlack())).text).toContain(
    'Food Bank holds “Host”',
  );
  await bot.settle();
  expect(JSON.stringify(onDiscord()?.card)).toContain('Food Bank');
  expect((await dee.presses('Wait for a seat', onDiscord())).text).toContain('Library is number 1 in line');
  await bot.settle();
  expect(JSON.stringify(onSlack()?.card)).toContain('Library');
});

test('a seat given back on Slack is offered on Discord and accepted there', async () => {
  await coalition.person('Ben').presses('Give back or leave the line', onSlack());
  await bot.settle();
  expect((await dee.presses('Accept', dee.inbox().at(-1))).text).toContain('Library holds “Host” now');
  await bot.settle();
  expect(JSON.stringify(onSlack()?.card)).toContain('Library');
});
