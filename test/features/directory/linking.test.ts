import { afterEach, beforeEach, expect, test } from 'vitest';
import { card, heading } from '../../../src/core/card.ts';
import type { CoalitionId, PlaceId } from '../../../src/core/ids.ts';
import { foldCode } from '../../../src/features/directory/linking/codes/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import { linkingIn } from '../../support/linking.ts';
import type { Person, Reply } from '../../support/person.ts';

let bot: TestBot;
let ana: Person;
let at: ReturnType<typeof linkingIn>;
beforeEach(async () => {
  bot = await openTestBot();
  ana = await setUp(bot);
  at = linkingIn(bot);
});
afterEach(() => bot.end());

async function unlinks(who: Person, workspaceRef: string): Promise<Reply> {
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { ref: workspaceRef } });
  await who.says('/coalition unlink');
  await who.picks(id);
  return who.presses('Take it out');
}

test('a code joins another workspace, and gives whoever types it no standing', async () => {
  const installer = at.onDiscord('Installer');
  expect((await installer.says('/coalition link')).refused).toBe('directory.link-needs-code');
  const code = await at.workspaceCode(ana);
  const linked = await installer.says(`/coalition link ${code.toLowerCase().replaceAll('-', ' ')}`);
  expect(linked.text).toContain('This workspace is now part of Ready by Five');
  expect((await installer.says('/coalition settings')).refused).toBe('core.join');
  expect((await joins(installer, 'Hope House')).text).toContain('Welcome: you are here for Hope House');
  expect((await installer.says('/coalition link')).refused).toBe('directory.link-by-staff');
  expect((await ana.says('/partners list')).text).toContain('Hope House');
  expect(await bot.database.coalition.count()).toBe(1);
});

test('whoever made the code is told what it was used for', async () => {
  await at.linkDiscord(ana);
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  expect(JSON.stringify(ana.inbox().at(-1)?.card)).toContain('is now part of the coalition');
});

test('only the hash of a code is kept', async () => {
  const code = await at.workspaceCode(ana);
  const rows = JSON.stringify(await bot.database.linkCode.findMany());
  expect(code).toHaveLength(14);
  expect(rows).not.toContain(code);
  expect(rows).not.toContain(foldCode(code));
});

test('a code works once, however many type it at the same moment', async () => {
  const code = await at.workspaceCode(ana);
  const guilds = ['one', 'two', 'three', 'four'];
  const tried = await Promise.all(
    guilds.map((workspace) =>
      bot.as('Installer', { platform: 'discord', workspace }).says(`/coalition link ${code}`),
    ),
  );
  expect(tried.filter(({ refused }) => refused === null)).toHaveLength(1);
  expect(tried.filter(({ refused }) => refused === 'directory.code-used')).toHaveLength(3);
  expect(await bot.database.workspace.count()).toBe(2);
});

test('a code is good for ten minutes and not longer, and a new one ends the one before', async () => {
  const [first, second] = [await at.workspaceCode(ana), await at.workspaceCode(ana)];
  expect((await at.onDiscord('Installer').says(`/coalition link ${first}`)).refused).toBe(
    'directory.code-wrong',
  );
  bot.clockHand.forward(10 * 60_000);
  const late = await at.onDiscord('Installer').says(`/coalition link ${second}`);
  expect(late.refused).toBe('directory.code-expired');
  expect(late.text).toContain('more than 10 minutes old');
  const third = await at.workspaceCode(ana);
  bot.clockHand.forward(10 * 60_000 - 1);
  expect((await at.onDiscord('Installer').says(`/coalition link ${third}`)).refused).toBeNull();
});

test('after five wrong codes an account is not listened to for an hour, and another one is', async () => {
  const installer = at.onDiscord('Installer');
  const wrong = [];
  for (let time = 0; time < 5; time += 1) wrong.push(await installer.says('/coalition link 0000-0000-0000'));
  expect(wrong[0]?.text).toContain('4 more tries this hour');
  expect(wrong[4]?.text).toContain('no more tries this hour');
  const code = await at.workspaceCode(ana);
  const refused = await installer.says(`/coalition link ${code}`);
  expect(refused.refused).toBe('directory.code-tries');
  expect(refused.text).toContain('Try again at');
  bot.clockHand.forward(3_600_000);
  const again = await at.workspaceCode(ana);
  expect((await installer.says(`/coalition link ${again}`)).refused).toBeNull();
});

test('many wrong codes at the same moment are five tries too', async () => {
  const installer = at.onDiscord('Installer');
  const tried = await Promise.all(
    Array.from({ length: 9 }, () => installer.says('/coalition link 0000-0000-0000')),
  );
  expect(tried.filter(({ refused }) => refused === 'directory.code-wrong')).toHaveLength(5);
  expect(tried.filter(({ refused }) => refused === 'directory.code-tries')).toHaveLength(4);
});

test('right codes do not count as tries', async () => {
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  for (let time = 0; time < 6; time += 1)
    expect((await ben.says(`/coalition link-me ${await at.ownCode(ben)}`)).refused).toBe(
      'directory.link-me-before',
    );
});

test('a workspace of another coalition is not taken, and the code stays good', async () => {
  const eve = bot.as('Eve', { platform: 'discord', workspace: 'other' });
  await eve.says('/coalition setup');
  await eve.fills({ name: 'Other', zone: 'UTC' });
  const code = await at.workspaceCode(ana);
  const refused = await eve.says(`/coalition link ${code}`);
  expect(refused.refused).toBe('directory.link-elsewhere');
  expect(refused.text).toContain('This workspace belongs to Other');
  expect((await at.onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBeNull();
});

test('a code of somebody who is staff no longer is worth nothing', async () => {
  await joins(bot.as('Ben'), 'Hope House');
  await ana.says('/coalition settings');
  await ana.presses('Add staff');
  await ana.fills({ member: 'Ben' });
  const code = await at.workspaceCode(bot.as('Ben'));
  await bot.database.member.updateMany({ where: { name: 'Ben' }, data: { standing: 'member' } });
  expect((await at.onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBe(
    'directory.code-wrong',
  );
});

test('a code for an account does not join a workspace, and the sentence says where it belongs', async () => {
  const refused = await at.onDiscord('Installer').says(`/coalition link ${await at.ownCode(ana)}`);
  expect(refused.refused).toBe('directory.code-other-kind');
  expect(refused.text).toContain('/coalition link-me');
});

test('help tells staff and newcomers about linking, and spares everybody else', async () => {
  await joins(bot.as('Ben'), 'Hope House');
  expect((await ana.says('/coalition help')).text).toContain('/coalition link:');
  expect((await at.onDiscord('Installer').says('/coalition help')).text).toContain('/coalition link:');
  expect((await bot.as('Ben').says('/coalition help')).text).not.toContain('/coalition link:');
});

test('the last workspace is not taken out, nor one that would leave nobody on staff', async () => {
  expect((await ana.says('/coalition unlink')).refused).toBe('directory.unlink-last');
  await at.linkDiscord(ana);
  expect((await bot.as('Ben').says('/coalition unlink')).refused).toBe('core.join');
  await ana.says('/coalition unlink');
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { platform: 'console' } });
  expect((await ana.picks(id)).refused).toBe('directory.unlink-no-staff');
});

test('unlinking asks first and says what stays; linking again brings everything back', async () => {
  await at.linkDiscord(ana);
  await joins(at.onDiscord('Dee'), 'Hope House');
  await ana.says('/coalition unlink');
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { ref: 'guild' } });
  const asked = await ana.picks(id);
  expect(asked.text).toContain('What ends:');
  expect(asked.text).toContain('What stays: partners, members, everything they did');
  expect(asked.text).toContain('1 person has an account only there');
  expect((await at.onDiscord('Dee').says('/coalition me')).refused).toBeNull();

  expect((await ana.presses('Take it out')).text).toContain('is no longer part of the coalition');
  expect((await ana.presses('Take it out', asked)).refused).toBe('directory.unlink-gone');
  expect((await at.onDiscord('Dee').says('/coalition me')).refused).toBe('core.setup');
  expect((await ana.says('/partners list')).text).toContain('Hope House');

  const back = await at.onDiscord('Installer').says(`/coalition link ${await at.workspaceCode(ana)}`);
  expect(back.text).toContain('It was here before');
  expect((await at.onDiscord('Dee').says('/coalition me')).text).toContain('You are here for Hope House');
  expect(await bot.database.workspace.count()).toBe(2);
});

test('a workspace that was taken out may start a coalition of its own', async () => {
  await at.linkDiscord(ana);
  await unlinks(ana, 'guild');
  const eve = at.onDiscord('Eve');
  await eve.says('/coalition setup');
  expect((await eve.fills({ name: 'Other', zone: 'UTC' })).text).toContain('Other is set up');
  const code = await at.workspaceCode(ana);
  expect((await at.onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBe(
    'directory.link-elsewhere',
  );
});

test('two who take each other’s workspace out at the same moment leave one', async () => {
  await at.linkDiscord(ana);
  const there = at.onDiscord('Ana');
  await there.says(`/coalition link-me ${await at.ownCode(ana)}`);
  const idOf = async (platform: string) =>
    (await bot.database.workspace.findFirstOrThrow({ where: { platform } })).id;
  await ana.says('/coalition unlink');
  await there.says('/coalition unlink');
  const asked = [await ana.picks(await idOf('discord')), await there.picks(await idOf('console'))] as const;
  const done = await Promise.all([
    ana.presses('Take it out', asked[0]),
    there.presses('Take it out', asked[1]),
  ]);
  expect(done.map(({ refused }) => refused)).toContain(null);
  expect(done.filter(({ refused }) => refused !== null)).toHaveLength(1);
  expect(await bot.database.workspace.count({ where: { unlinkedAt: null } })).toBe(1);
});

test('what was on its way to somebody in a workspace that is taken out reaches them elsewhere', async () => {
  await at.linkDiscord(ana);
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  await at.onDiscord('Ben').says(`/coalition link-me ${await at.ownCode(ben)}`);
  const { id, accounts } = await at.member('Ben');
  const there = accounts.find(({ workspaceId }) => workspaceId !== accounts[0]?.workspaceId);
  await bot.database.account.updateMany({ where: { id: there?.id ?? '' }, data: { reachedAt: new Date() } });
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  const place = await bot.database.workspace.findFirstOrThrow({ where: { ref: 'guild' } });
  // The channel is closed for now, so the message still waits when the workspace goes.
  await bot.database.lane.create({
    data: {
      coalitionId: place.coalitionId,
      workspaceId: place.id,
      placeRef: `@${ben.ref}`,
      openAt: new Date('2100-01-01T00:00:00Z'),
    },
  });
  await joins(bot.as('Cy'), 'Hope House', 'member');
  await bot.sweep();
  const waits = () => bot.database.outgoing.count({ where: { memberId: id, state: 'waiting' } });
  for (let look = 0; look < 500 && (await waits()) === 0; look += 1) await bot.sweep();
  expect(await waits()).toBe(1);
  expect(ben.inbox()).toEqual([]);
  await unlinks(ana, 'guild');
  await bot.settle();
  expect(JSON.stringify(ben.inbox())).toContain('Cy has joined for Hope House');
});

test('a post that waits out a pause does not go into a workspace that is taken out meanwhile', async () => {
  await at.linkDiscord(ana);
  const guild = await bot.database.workspace.findFirstOrThrow({ where: { ref: 'guild' } });
  const coalitionId = guild.coalitionId as CoalitionId;
  const post = async (workspaceId: string, ref: string) => {
    const place = await bot.database.place.create({ data: { coalitionId, workspaceId, ref, name: ref } });
    await bot.tools.write((writing) =>
      bot.tools.delivery.post(
        { ...writing, byItself: true },
        {
          why: ['because it is tried'],
          coalitionId,
          to: { place: place.id as PlaceId },
          key: ref,
          card: card(heading(ref)),
        },
      ),
    );
  };
  await ana.says('/coalition pause');
  const here = await bot.database.workspace.findFirstOrThrow({ where: { platform: 'console' } });
  await post(guild.id, 'there');
  await post(here.id, 'here');
  await unlinks(ana, 'guild');
  await ana.says('/coalition resume');
  await bot.settle();
  expect(bot.channel('here')).toHaveLength(1);
  expect(bot.channel('there', 'discord')).toHaveLength(0);
});
