import { test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import { attention } from '../../../src/features/attention/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName } from '../../support/longest-letters.ts';

async function ask({ bot, coalition }: LongestStage, who: string, subject: string): Promise<void> {
  const whole = await getCoalition(bot.database, coalition.id);
  const of = { coalition: whole, member: coalition.memberId(who), from: 'test', subject };
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: [letters(300)],
      ...of,
      kind: 'ask',
      card: card(heading(longName(subject, 150))),
    }),
  );
}

async function isGone({ bot, coalition }: LongestStage, who: string): Promise<void> {
  await bot.database.account.updateMany({
    where: { memberId: coalition.memberId(who) },
    data: { unreachableSince: bot.clockHand.now(), unreachableWhy: 'gone' },
  });
}

/** Three organisations are handed over in the three ways there are; a fourth says nothing. */
async function handOver(stage: LongestStage): Promise<void> {
  const { bot, coalition, staff } = stage;
  const person = (who: string) => coalition.person(who);
  for (const who of ['Voice 3', 'Voice 4']) {
    await isGone(stage, who);
    await ask(stage, who, 'first');
    await bot.settle();
  }
  const [third, fourth] = ['Alternate 3', 'Alternate 4'].map(person);
  if (!third || !fourth) return;
  await does(third, 'attention.takes-over', third.inbox().at(-1));
  await does(staff, 'attention.confirm', await staff.says('/attention handovers'));
  await does(staff, 'attention.keep', await staff.says('/attention handovers'));

  const fifth = person('Voice 5');
  await does(fifth, 'coalition.leave-confirm', await fifth.says('/coalition leave'));
  await bot.settle();
  await does(staff, 'attention.nobody', await staff.says('/attention handovers'));

  await staff.says(`/attention handover member:<@${fourth.ref}>`);
  bot.clockHand.forward(8 * 86_400_000);
  await bot.settle();
  await staff.says('/coalition tasks');
}

const several = Array.from({ length: 20 }, (_, n) => `${n} `);

/** So much goes out, and so much waits, that both are told on several pages; what is held is sent. */
async function sendMuch(stage: LongestStage): Promise<void> {
  const { bot, coalition, staff } = stage;
  for (const subject of several) await ask(stage, 'Voice 2', subject);
  await bot.settle();
  const sent = await does(staff, 'attention.sent', await staff.says('/attention sent'));
  await does(staff, 'attention.sent', sent);

  await coalition.person('Alternate 1').says('/coalition away until:2026-04-10');
  for (const subject of several) await ask(stage, 'Alternate 1', subject);
  await bot.settle();
  const preview = await does(staff, 'attention.preview', await staff.says('/attention preview'));
  await does(staff, 'attention.preview', preview);

  await staff.says('/attention limits week:20 day:20 asks:1');
  for (const subject of ['a ', 'b ', 'c ']) {
    await ask(stage, 'Voice 1', subject);
    await bot.settle();
  }
  await does(staff, 'attention.send', await staff.says('/attention held'));
}

test('whatever there is to do about attention with the longest words is drawn on every platform', async () => {
  const others = ['Alternate 3', 'Alternate 4'];
  await playLongest(
    {
      features: [attention],
      others,
      at: '2026-02-16T15:00:00Z',
    },
    async (stage) => {
      const { bot, coalition, crawl, staff, commands } = stage;
      await handOver(stage);
      await sendMuch(stage);
      bot.clockHand.goTo('2026-03-02T15:00:00Z');
      await bot.settle();
      await staff.says('/attention limits week:1000 day:1000 asks:0');
      await crawl.says(staff, '/attention handovers');
      await crawl.sayAll(commands);
      await staff.says('/coalition resume');
      await coalition.person('Voice 1').says('/coalition back');
      await staff.says('/attention limits week:20 day:20 asks:1');
      for (const subject of ['one', 'two', 'three']) await ask(stage, 'Voice 1', subject);
      await crawl.wait(1);
      await crawl.says(staff, '/attention held');
      const timer = { kind: 'attention.silent', subject: coalition.id, occurrence: 'now' };
      await bot.tools.write((writing) =>
        bot.tools.timers.set(writing, { ...timer, coalitionId: coalition.id, dueAt: writing.now }),
      );
      await crawl.wait(24);
    },
  );
}, 300_000);
