import { test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import { attention } from '../../../src/features/attention/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';

async function ask({ bot, coalition }: LongestStage, who: string, subject: string): Promise<void> {
  const whole = await getCoalition(bot.database, coalition.id);
  const of = { coalition: whole, member: coalition.memberId(who), from: 'test', subject };
  await bot.tools.write((writing) =>
    bot.tools.outreach.reach(writing, {
      why: ['because it is tried'],
      ...of,
      kind: 'ask',
      card: card(heading(letters(150))),
    }),
  );
}

async function isGone({ bot, coalition }: LongestStage, who: string): Promise<void> {
  await bot.database.account.updateMany({
    where: { memberId: coalition.memberId(who) },
    data: { unreachableSince: bot.clockHand.now(), unreachableWhy: 'gone' },
  });
}

const notYet = 'no play leads there yet; drawn by the other tests of the feature only';
const except = {
  'button attention.confirm': notYet,
  'button attention.keep': notYet,
  'button attention.nobody': notYet,
  'button attention.sent': notYet,
  'job attention.hand-over-unanswered': notYet,
  'button attention.preview': notYet,
  'button attention.send': notYet,
};

const byOthers = 'called by other features, and walked in their plays';
const uncalled = {
  'identity/store.ts listBackbone': byOthers,
  'identity/store.ts listMembersNamed': byOthers,
  'identity/store.ts findPlace': byOthers,
  'identity/store.ts listPlacesWith': byOthers,
  'identity/store.ts hasPlace': byOthers,
  'identity/store.ts recordPlace': byOthers,
  'features/attention/hand-over/store.ts recordSuccession': 'when a hand-over is confirmed',
};

test('whatever there is to do about attention with the longest words is drawn on every platform', async () => {
  const others = ['Alternate 3', 'Alternate 4'];
  await playLongest(
    { features: [attention], except, others, uncalled, stores: ['outreach/', 'identity/'] },
    async (stage) => {
      const { bot, coalition, crawl, staff, commands } = stage;
      for (const who of ['Voice 3', 'Voice 4']) {
        await isGone(stage, who);
        await ask(stage, who, 'first');
        await bot.settle();
      }
      for (const who of others) {
        const person = coalition.person(who);
        await crawl.presses(person, person.inbox().at(-1), 'attention.takes-over');
      }
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
