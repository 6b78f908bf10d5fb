import { test } from 'vitest';
import { digests } from '../../../src/features/digests/feature.ts';
import { longestAnswer } from '../../../src/features/digests/spotlight/store.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters } from '../../support/longest-letters.ts';
import type { Posted } from '../../support/messenger.ts';
import type { Person } from '../../support/person.ts';

const isAsked = ({ card }: Posted) => JSON.stringify(card).includes('spotlight.approve');

/** Whoever is asked for the spotlight just now, with what they were asked. */
function findAsked({ coalition }: LongestStage, before: readonly Person[]) {
  for (const n of [1, 2, 3, 4, 5]) {
    const person = coalition.person(`Voice ${n}`);
    const asked = person.inbox().findLast(isAsked);
    if (asked && !before.includes(person)) return { person, asked };
  }
  throw new Error('Nobody is asked for the spotlight');
}

/** Three partners are asked for one issue: one puts it off, one declines, one approves and says it in other words. */
async function takeTurns(stage: LongestStage): Promise<void> {
  const done: Person[] = [];
  for (const answer of ['spotlight.postpone', 'spotlight.decline', 'spotlight.approve']) {
    await stage.bot.settle();
    const { person, asked } = findAsked(stage, done);
    done.push(person);
    const card = await does(person, answer, asked);
    if (answer !== 'spotlight.approve') continue;
    const said = letters(longestAnswer);
    await does(person, 'spotlight.edit', card, { working: said, fits: said, needs: said, offers: said });
  }
}

/** Whoever is asked for the next issue leaves, and another voice of the partner is asked the same. */
async function leaveWhileAsked({ bot, coalition }: LongestStage): Promise<void> {
  // Some are still needed afterwards: they put it off.
  const stay = [1, 2].flatMap((n) => [`Voice ${n}`, `Alternate ${n}`]);
  const names = [1, 2, 3, 4, 5].flatMap((n) => [`Voice ${n}`, `Alternate ${n}`]);
  for (let turn = 0; turn < 20; turn += 1) {
    const open = await bot.database.spotlightTurn.findFirst({
      where: { coalitionId: coalition.id, state: 'asked' },
    });
    const name = names.find((each) => coalition.memberId(each) === open?.askedId);
    if (!name) {
      bot.clockHand.forward(7 * 86_400_000);
      await bot.settle();
      continue;
    }
    const asked = coalition.person(name);
    if (!stay.includes(name)) {
      await does(asked, 'coalition.leave-confirm', await asked.says('/coalition leave'));
      return bot.settle();
    }
    await does(asked, 'spotlight.postpone', asked.inbox().findLast(isAsked));
    await bot.settle();
  }
  throw new Error('Nobody was asked who may leave');
}

test('whatever there is to do about digests with the longest words is drawn on every platform', async () => {
  await playLongest({ features: [digests], last: ['digest stop'] }, async (stage) => {
    const { crawl, commands, staff, voices } = stage;
    await staff.says('/digest schedule weekday:friday time:15:00 channel:general');
    for (const each of voices) {
      const announced = await each.says(`/digest announce ${letters(600)}`);
      const takenBack = await does(each, 'announcement.take-back', announced);
      await does(each, 'announcement.put-back', takenBack);
    }
    await takeTurns(stage);
    for (let time = 0; time < 3; time += 1) await crawl.wait(36);
    await crawl.sayAll(commands);
    for (let time = 0; time < 4; time += 1) await crawl.wait(36);
    await crawl.sayAll(commands);
    for (let time = 0; time < 4; time += 1) await crawl.wait(48);
    await leaveWhileAsked(stage);
    // Nothing runs for so long that issues are passed over.
    await crawl.wait(24 * 22);
  });
}, 300_000);
