import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { PlatformError } from '../../../src/core/errors.ts';
import { sendLane } from '../../../src/delivery/send-lane.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { until } from '../../support/until.ts';

let bot: TestBot;
let coalition: TestCoalition;
const together = 'group of U-ben+U-cleo';

beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Cleo'] },
      { name: 'Clinic', voices: ['Dan'] },
    ],
  });
});
afterEach(() => bot.end());

async function introduce() {
  await coalition.person('Ana').says('/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await bot.settle();
}

const texts = (name: string) =>
  coalition
    .person(name)
    .inbox()
    .map(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }));

test('where a platform has private conversations of several, an introduction opens one', async () => {
  bot.messengers.console.allowGroups();
  await introduce();
  const [shown] = bot.channel(together);
  expect(shown && cardText(shown.card, { language: 'en', timeZone: 'UTC' })).toContain(
    'Ben, Cleo, meet each other',
  );
  expect([texts('Ben'), texts('Cleo')]).toEqual([[], []]);
  const touches = await bot.database.touchpoint.findMany({ where: { feature: 'introductions' } });
  expect(touches.map(({ kind }) => kind)).toEqual(['give', 'give']);

  const out = await coalition.person('Cleo').presses('Let me out', shown);
  expect(out.acknowledged).toBe('privately');
  expect(out.text).toContain('You are out of this one');
  expect((await coalition.person('Dan').presses('Let me out', shown)).refused).toBe('introductions.gone');
});

test('where it has none, each gets a message of their own', async () => {
  await introduce();
  expect(texts('Ben').join()).toContain('Meet Cleo');
  expect(texts('Cleo').join()).toContain('Meet Ben');
});

test('where it refuses this one, each gets a message of their own', async () => {
  bot.messengers.console.allowGroups();
  bot.messengers.console.refuseNext(
    together,
    new PlatformError('not-allowed', 'console', { missing: 'mpim:write' }),
  );
  await introduce();
  expect(bot.channel(together)).toEqual([]);
  expect(texts('Ben').filter((text) => text.includes('Meet Cleo'))).toHaveLength(1);
  expect(texts('Cleo').filter((text) => text.includes('Meet Ben'))).toHaveLength(1);
});

test('a platform that opens no more conversations for now is asked again no sooner than it said', async () => {
  const { console: messenger } = bot.messengers;
  messenger.allowGroups();
  const open = messenger.openGroup;
  const realNow = () => bot.tools.realClock.now().getTime();
  const askedAt: number[] = [];
  let mayAskAt = 0;
  messenger.openGroup = async (workspaceRef, refs) => {
    askedAt.push(realNow());
    mayAskAt ||= realNow() + 120;
    if (askedAt.length === 1) throw new PlatformError('busy', 'console', { retryAfterMs: 120 });
    return open?.(workspaceRef, refs) ?? { placeRef: '' };
  };
  await coalition.person('Ana').says('/intros one one:Ben other:Cleo reason:"Both asked about reading"');
  await until('it was refused', async () => {
    await bot.sweep();
    return askedAt.length >= 1;
  });
  const lane = await bot.database.lane.findFirstOrThrow({ where: { placeRef: { startsWith: '&' } } });
  // Whoever comes for it comes as early as may be.
  const sending = {
    tools: bot.tools,
    messengers: new Map([['console' as const, messenger]]),
    views: new Map(),
  };
  await until('it is asked again', async () => {
    await sendLane(lane.id, { ...sending, realNow: bot.tools.realClock.now, failing: new Map() });
    return askedAt.length >= 2;
  });
  await bot.settle();
  expect(bot.channel(together)).toHaveLength(1);
  expect(askedAt[1]).toBeGreaterThanOrEqual(mayAskAt);
});

test('whoever may not be contacted now is not, and nobody waits for them', async () => {
  bot.messengers.console.allowGroups();
  await bot.database.member.update({
    where: { id: coalition.memberId('Cleo') },
    data: { quietHoursStart: '08:00', quietHoursEnd: '12:00' },
  });
  await introduce();
  expect(bot.channel(together)).toEqual([]);
  expect(texts('Ben')).toHaveLength(1);
  expect(texts('Cleo')).toEqual([]);
  bot.clockHand.goTo('2026-03-02T18:30:00Z');
  await bot.settle();
  expect(texts('Cleo')).toHaveLength(1);
});
