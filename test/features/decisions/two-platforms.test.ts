import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot, 'slack');
  // The same coalition has a Discord server too, where Cleo and Dan are.
  const { id: workspaceId } = await bot.database.workspace.create({
    data: {
      coalitionId: here.id,
      platform: 'discord',
      ref: 'discord-workspace',
      name: 'Discord',
      createdAt: bot.clockHand.now(),
    },
  });
  for (const name of ['Cleo', 'Dan']) {
    const { ref } = bot.as(name, { platform: 'discord' });
    const memberId = here.memberId(name);
    await bot.database.account.create({ data: { coalitionId: here.id, workspaceId, memberId, ref, name } });
  }
});
afterAll(() => bot.end());

test('one decision that stands in Slack and in Discord has one tally, redrawn in both', async () => {
  const adjust = { 'Who sees what': { anonymous: 'no', visibility: 'open', reasons: 'optional' } };
  const onSlack = await asks(bot, here.person('Ana'), { rule: 'majority', adjust }, 'general', 'slack');
  const cleo = bot.as('Cleo', { platform: 'discord' });
  expect((await cleo.says('/decide share 1', { in: 'town-hall' })).text).toContain(
    'stands in #town-hall too',
  );
  expect((await cleo.says('/decide share 1', { in: 'town-hall' })).text).toContain(
    'stands in #town-hall too',
  );
  await bot.settle();
  const [onDiscord, ...more] = bot.channel('town-hall', 'discord');
  if (!onDiscord) throw new Error('Nothing stands on Discord');
  expect(more).toEqual([]);

  await here.person('Ben').presses('Yes', onSlack);
  await cleo.presses('No', onDiscord);
  await bot.as('Dan', { platform: 'discord' }).presses('Yes', onDiscord);
  await bot.settle();
  for (const card of [onSlack, onDiscord]) {
    expect(cardText(card.card, winnipeg)).toContain('Answered: 3/5');
    expect(cardText(card.card, winnipeg)).toContain('Yes: 2/3');
  }
  // The same person on the other platform speaks with the same voice.
  expect((await here.person('Cleo').presses('Yes', onSlack)).text).toContain('Food Bank says: Yes');
  bot.clockHand.forward(8 * 86_400_000);
  await bot.settle();
  for (const said of [bot.channel('general', 'slack').at(-1), bot.channel('town-hall', 'discord').at(-1)]) {
    expect(said && cardText(said.card, winnipeg)).toContain('Passed. 3 of 5 answered.');
    expect(said && cardText(said.card, winnipeg)).toContain('Yes: 3/3');
    const pictures = said?.card.parts.filter((part) => part.part === 'image') ?? [];
    expect(pictures.map(({ alt }) => alt)).toEqual([
      'Bar chart. Decision 1: Shall we open a second hub? 3 of 5 answered. Yes: 3 (passed), No: 0, Abstain: 0.',
    ]);
    expect(pictures[0]?.url).toMatch(/^data:image\/png;base64,/);
  }
});

test('a button that was carried over from another coalition finds nothing', async () => {
  const other = await makeFive(bot, 'console');
  const { id } = await bot.database.decision.findFirstOrThrow();
  const packed = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  for (const press of [`decide.vote:${packed}:yes`, `decide.own:${packed}`, `decide.open:${packed}`]) {
    expect((await other.person('Ben').pressesId(press)).refused).toBe('decisions.gone');
  }
  expect((await other.person('Ana').says('/decide show 1')).refused).toBe('decisions.unknown');
  expect((await other.person('Ana').says('/decide close 1 because')).refused).toBe('decisions.not-open');
  expect((await other.person('Ana').says('/decide list')).text).toContain('There are no decisions yet');
});
