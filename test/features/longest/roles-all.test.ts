import { test } from 'vitest';
import { boardPage } from '../../../src/features/roles/coverage/cards.ts';
import { boardLists } from '../../../src/features/roles/coverage/rules.ts';
import { roles } from '../../../src/features/roles/feature.ts';
import { linkingIn } from '../../support/linking.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName } from '../../support/longest-letters.ts';
import { buttonsOf } from '../../support/person.ts';

const hours = (count: number) => count * 3_600_000;
const title = (n: number) => longName(`T${n}`, 70);

/** More roles than a page of any list holds; whoever has none is offered one. */
async function coverMany({ bot, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  for (let n = 0; n <= boardPage; n += 1) {
    await staff.says('/roles new');
    const text = { name: title(n), purpose: letters(400), tasks: letters(600) };
    await staff.fills({ ...text, effort: '1', seats: '1' });
  }
  const second = await does(staff, 'roles.list', await staff.says('/roles list'));
  await does(staff, 'roles.list', second);
  const board = await staff.says('/roles board');
  for (const which of boardLists) {
    const all = board.card && buttonsOf(board.card).find(({ id }) => id.includes(`:${which}:`));
    if (!all) continue;
    const page = await does(staff, all.label, board);
    if (which === 'without-partner') await does(staff, 'roles.board-list', page);
  }
  await staff.says('/roles offers');
  bot.clockHand.goTo('2026-02-18T15:00:00Z');
  await bot.settle();
  await does(voice, 'roles.not-now', voice.inbox().at(-1));
}

/** One seat is given back twice: it is accepted by whoever is next in line, then declined, and then nobody answers. */
async function offerSeat({ bot, coalition }: LongestStage): Promise<void> {
  const [one, two, three] = ['Voice 1', 'Voice 2', 'Voice 3'].map((who) => coalition.person(who));
  if (!one || !two || !three) return;
  for (const each of [one, two, three]) await each.says(`/roles take ${title(0)}`);
  await one.says(`/roles release role:${title(0)} note:${letters(100)}`);
  await bot.settle();
  await does(two, 'roles.accept', two.inbox().at(-1));
  await one.says(`/roles take ${title(0)}`);
  await two.says(`/roles release role:${title(0)} note:${letters(100)}`);
  await bot.settle();
  await does(three, 'roles.decline', three.inbox().at(-1));
  bot.clockHand.forward(hours(24 * 10));
  await bot.settle();
}

/** Three who hold roles leave: one is followed, of one all is given back, and about one nobody says anything. */
async function leave({ bot, coalition }: LongestStage): Promise<void> {
  for (const [n, answer] of [
    [2, 'roles.take-over'],
    [3, 'roles.free-all'],
    [4, null],
  ] as const) {
    const leaving = coalition.person(`Alternate ${n}`);
    for (const each of [2 * n, 2 * n + 1]) await leaving.says(`/roles take ${title(each)}`);
    await does(leaving, 'coalition.leave-confirm', await leaving.says('/coalition leave'));
    await bot.settle();
    const voice = coalition.person(`Voice ${n}`);
    if (answer) await does(voice, answer, voice.inbox().at(-1));
  }
  bot.clockHand.forward(hours(24 * 15));
  await bot.settle();
}

/** A group of a Discord server is kept in step with a role, and no longer. */
async function keepGroup({ bot, staff }: LongestStage): Promise<void> {
  const at = linkingIn(bot);
  await at.linkDiscord(staff);
  const there = at.onDiscord('Staff there');
  await there.says(`/coalition link-me ${await at.ownCode(staff)}`);
  const kept = await there.says(`/roles sync role:${title(1)} group:${letters(100)}`);
  await does(there, 'roles.end-group', kept);
}

test('everything about roles is reached, with groups, followers and more than a page holds', async () => {
  await playLongest(
    {
      features: [roles],
      apart: 'elsewhere',
      at: '2026-02-16T15:00:00Z',
      partners: 7,
      last: ['roles release', 'rosters leave', 'rosters close'],
      others: ['Alternate 1'],
      timesEach: 4,
    },
    async (stage) => {
      const { crawl, commands, staff } = stage;
      await coverMany(stage);
      await offerSeat(stage);
      await leave(stage);
      await keepGroup(stage);
      for (let time = 0; time < 3; time += 1) await crawl.says(staff, '/roles new');
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(168);
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(72);
    },
  );
}, 300_000);
