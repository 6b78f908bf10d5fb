import { test } from 'vitest';
import { boardPage } from '../../../src/features/roles/coverage/cards.ts';
import { boardLists } from '../../../src/features/roles/coverage/rules.ts';
import { renewPress } from '../../../src/features/roles/terms/cards.ts';
import { linkingIn } from '../../support/linking.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName } from '../../support/longest-letters.ts';
import { crawlRoles, ofRoles } from '../../support/longest-roles.ts';
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
  bot.clockHand.goTo('2026-01-14T15:00:00Z');
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

/** A term ends in two weeks, and whoever holds the seat goes on. */
async function renew({ bot, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  await does(staff, 'Term, skills, buddy', await staff.says(`/roles show ${title(2)}`), { term: '1' });
  await voice.says(`/roles take ${title(2)}`);
  bot.clockHand.forward(hours(24 * 20));
  await bot.settle();
  const asked = voice.inbox().findLast(({ card }) => JSON.stringify(card).includes(renewPress.name));
  await does(voice, 'roles.renew', asked);
}

/**
 * Three who hold roles leave: one is followed, of one all is given back, and about one nobody says anything. In one
 * role of each somebody steps in who was named before.
 */
async function leave({ bot, coalition }: LongestStage): Promise<void> {
  for (const [n, answer] of [
    [3, 'roles.take-over'],
    [4, 'roles.free-all'],
    [5, null],
  ] as const) {
    const leaving = coalition.person(`Alternate ${n}`);
    const [member, alternate] = [leaving, coalition.person(`Member ${n}`)].map(({ ref }) => `<@${ref}>`);
    for (const each of [2, 3, 4].map((of) => 3 * n + of)) await leaving.says(`/roles take ${title(each)}`);
    const people = { member: member ?? '', alternate: alternate ?? '' };
    await does(leaving, 'Who does it', await leaving.says(`/roles show ${title(3 * n + 4)}`), people);
    await does(leaving, 'coalition.leave-confirm', await leaving.says('/coalition leave'));
    await bot.settle();
    const voice = coalition.person(`Voice ${n}`);
    if (answer) await does(voice, answer, voice.inbox().at(-1));
  }
  bot.clockHand.forward(hours(24 * 15));
  await bot.settle();
}

/** A group of a Discord server is kept in step with whoever holds a role, and no longer. */
async function keepGroup({ bot, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  const at = linkingIn(bot);
  await at.linkDiscord(staff);
  const [there, seated] = ['Staff there', 'Seated there'].map((who) => at.onDiscord(who));
  if (!there || !seated) return;
  await there.says(`/coalition link-me ${await at.ownCode(staff)}`);
  await seated.says(`/coalition link-me ${await at.ownCode(voice)}`);
  await voice.says(`/roles take ${title(1)}`);
  const kept = await there.says(`/roles sync role:${title(1)} group:${letters(100)}`);
  await there.says(`/roles sync role:${title(2)} group:${longName('G', 100)}`);
  await bot.settle();
  await voice.says(`/roles release role:${title(1)}`);
  await bot.settle();
  await voice.says(`/roles take ${title(1)}`);
  await does(there, 'roles.end-group', kept);
  await bot.settle();
}

test('everything about roles is reached, with groups, followers and more than a page holds', async () => {
  await playLongest({ ...ofRoles, at: '2026-01-12T15:00:00Z', partners: 7 }, async (stage) => {
    const { bot } = stage;
    await coverMany(stage);
    await offerSeat(stage);
    await leave(stage);
    await renew(stage);
    await keepGroup(stage);
    bot.clockHand.goTo('2026-03-02T15:00:00Z');
    await bot.settle();
    await crawlRoles(stage);
  });
}, 300_000);
