import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { standings } from '../../../src/core/who.ts';
import {
  codeFrom,
  foldCode,
  mergedPerson,
  strongerStanding,
} from '../../../src/features/directory/linking/codes/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import type { Person, Reply } from '../../support/person.ts';

let bot: TestBot;
let ana: Person;
beforeEach(async () => {
  bot = await openTestBot();
  ana = await setUp(bot);
});
afterEach(() => bot.end());

const onDiscord = (name: string) => bot.as(name, { platform: 'discord', workspace: 'guild' });
const codeIn = (reply: Reply) => /[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}/.exec(reply.text)?.[0] ?? '';
const workspaceCode = async (who = ana) => codeIn(await who.says('/coalition link'));
const ownCode = async (who: Person) => codeIn(await who.says('/coalition link-me'));

async function linkDiscord(): Promise<void> {
  await onDiscord('Installer').says(`/coalition link ${await workspaceCode()}`);
}

async function unlinks(who: Person, workspaceRef: string): Promise<Reply> {
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { ref: workspaceRef } });
  await who.says('/coalition unlink');
  await who.picks(id);
  return who.presses('Take it out');
}

const member = (name: string, where = {}) =>
  bot.database.member.findFirstOrThrow({
    where: { name, leftAt: null, ...where },
    include: { accounts: true },
  });

test('a code joins another workspace, and gives whoever types it no standing', async () => {
  const installer = onDiscord('Installer');
  expect((await installer.says('/coalition link')).refused).toBe('directory.link-needs-code');
  const code = await workspaceCode();
  const linked = await installer.says(`/coalition link ${code.toLowerCase().replaceAll('-', ' ')}`);
  expect(linked.text).toContain('This workspace is now part of Ready by Five');
  expect((await installer.says('/coalition settings')).refused).toBe('core.join');
  expect((await joins(installer, 'Hope House')).text).toContain('Welcome: you are here for Hope House');
  expect((await installer.says('/coalition link')).refused).toBe('directory.link-by-staff');
  expect((await ana.says('/partners list')).text).toContain('Hope House');
  expect(await bot.database.coalition.count()).toBe(1);
});

test('whoever made the code is told what it was used for', async () => {
  await linkDiscord();
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  expect(JSON.stringify(ana.inbox().at(-1)?.card)).toContain('is now part of the coalition');
});

test('only the hash of a code is kept', async () => {
  const code = await workspaceCode();
  const rows = JSON.stringify(await bot.database.linkCode.findMany());
  expect(code).toHaveLength(14);
  expect(rows).not.toContain(code);
  expect(rows).not.toContain(foldCode(code));
});

test('a code works once, however many type it at the same moment', async () => {
  const code = await workspaceCode();
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
  const [first, second] = [await workspaceCode(), await workspaceCode()];
  expect((await onDiscord('Installer').says(`/coalition link ${first}`)).refused).toBe(
    'directory.code-wrong',
  );
  bot.clockHand.forward(10 * 60_000);
  const late = await onDiscord('Installer').says(`/coalition link ${second}`);
  expect(late.refused).toBe('directory.code-expired');
  expect(late.text).toContain('more than 10 minutes old');
  const third = await workspaceCode();
  bot.clockHand.forward(10 * 60_000 - 1);
  expect((await onDiscord('Installer').says(`/coalition link ${third}`)).refused).toBeNull();
});

test('after five wrong codes an account is not listened to for an hour, and another one is', async () => {
  const installer = onDiscord('Installer');
  const wrong = [];
  for (let time = 0; time < 5; time += 1) wrong.push(await installer.says('/coalition link 0000-0000-0000'));
  expect(wrong[0]?.text).toContain('4 more tries this hour');
  expect(wrong[4]?.text).toContain('no more tries this hour');
  const code = await workspaceCode();
  const refused = await installer.says(`/coalition link ${code}`);
  expect(refused.refused).toBe('directory.code-tries');
  expect(refused.text).toContain('Try again at');
  bot.clockHand.forward(3_600_000);
  const again = await workspaceCode();
  expect((await installer.says(`/coalition link ${again}`)).refused).toBeNull();
});

test('many wrong codes at the same moment are five tries too', async () => {
  const installer = onDiscord('Installer');
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
    expect((await ben.says(`/coalition link-me ${await ownCode(ben)}`)).refused).toBe(
      'directory.link-me-before',
    );
});

test('a workspace of another coalition is not taken, and the code stays good', async () => {
  const eve = bot.as('Eve', { platform: 'discord', workspace: 'other' });
  await eve.says('/coalition setup');
  await eve.fills({ name: 'Other', zone: 'UTC' });
  const code = await workspaceCode();
  const refused = await eve.says(`/coalition link ${code}`);
  expect(refused.refused).toBe('directory.link-elsewhere');
  expect(refused.text).toContain('This workspace belongs to Other');
  expect((await onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBeNull();
});

test('a code of somebody who is staff no longer is worth nothing', async () => {
  await joins(bot.as('Ben'), 'Hope House');
  await ana.says('/coalition settings');
  await ana.presses('Add staff');
  await ana.fills({ member: 'Ben' });
  const code = await workspaceCode(bot.as('Ben'));
  await bot.database.member.updateMany({ where: { name: 'Ben' }, data: { standing: 'member' } });
  expect((await onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBe('directory.code-wrong');
});

test('a code for an account does not join a workspace, and the sentence says where it belongs', async () => {
  const refused = await onDiscord('Installer').says(`/coalition link ${await ownCode(ana)}`);
  expect(refused.refused).toBe('directory.code-other-kind');
  expect(refused.text).toContain('/coalition link-me');
});

test('help tells staff and newcomers about linking, and spares everybody else', async () => {
  await joins(bot.as('Ben'), 'Hope House');
  expect((await ana.says('/coalition help')).text).toContain('/coalition link:');
  expect((await onDiscord('Installer').says('/coalition help')).text).toContain('/coalition link:');
  expect((await bot.as('Ben').says('/coalition help')).text).not.toContain('/coalition link:');
});

test('the last workspace is not taken out, nor one that would leave nobody on staff', async () => {
  expect((await ana.says('/coalition unlink')).refused).toBe('directory.unlink-last');
  await linkDiscord();
  expect((await bot.as('Ben').says('/coalition unlink')).refused).toBe('core.join');
  await ana.says('/coalition unlink');
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { platform: 'console' } });
  expect((await ana.picks(id)).refused).toBe('directory.unlink-no-staff');
});

test('unlinking asks first and says what stays; linking again brings everything back', async () => {
  await linkDiscord();
  await joins(onDiscord('Dee'), 'Hope House');
  await ana.says('/coalition unlink');
  const { id } = await bot.database.workspace.findFirstOrThrow({ where: { ref: 'guild' } });
  const asked = await ana.picks(id);
  expect(asked.text).toContain('What ends:');
  expect(asked.text).toContain('What stays: partners, members, everything they did');
  expect(asked.text).toContain('1 person has an account only there');
  expect((await onDiscord('Dee').says('/coalition me')).refused).toBeNull();

  expect((await ana.presses('Take it out')).text).toContain('is no longer part of the coalition');
  expect((await ana.presses('Take it out', asked)).refused).toBe('directory.unlink-gone');
  expect((await onDiscord('Dee').says('/coalition me')).refused).toBe('core.setup');
  expect((await ana.says('/partners list')).text).toContain('Hope House');

  const back = await onDiscord('Installer').says(`/coalition link ${await workspaceCode()}`);
  expect(back.text).toContain('It was here before');
  expect((await onDiscord('Dee').says('/coalition me')).text).toContain('You are here for Hope House');
  expect(await bot.database.workspace.count()).toBe(2);
});

test('a workspace that was taken out may start a coalition of its own', async () => {
  await linkDiscord();
  await unlinks(ana, 'guild');
  const eve = onDiscord('Eve');
  await eve.says('/coalition setup');
  expect((await eve.fills({ name: 'Other', zone: 'UTC' })).text).toContain('Other is set up');
  const code = await workspaceCode();
  expect((await onDiscord('Installer').says(`/coalition link ${code}`)).refused).toBe(
    'directory.link-elsewhere',
  );
});

test('two who take each other’s workspace out at the same moment leave one', async () => {
  await linkDiscord();
  const there = onDiscord('Ana');
  await there.says(`/coalition link-me ${await ownCode(ana)}`);
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
  await linkDiscord();
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  await onDiscord('Ben').says(`/coalition link-me ${await ownCode(ben)}`);
  const { id, accounts } = await member('Ben');
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

test('a member’s own code makes both accounts one member', async () => {
  await linkDiscord();
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  expect((await onDiscord('Ben').says('/coalition link-me')).refused).toBe('directory.link-me-needs-code');
  const code = await ownCode(ben);
  const joined = await onDiscord('Ben').says(`/coalition link-me ${code}`);
  expect(joined.text).toContain('You are Ben here too: Representative, Hope House');
  expect((await onDiscord('Ben').says('/coalition me')).text).toContain('You are here for Hope House');
  expect(await bot.database.member.count({ where: { name: 'Ben' } })).toBe(1);
  const again = await onDiscord('Cy').says(`/coalition link-me ${code}`);
  expect(again.refused).toBe('directory.code-used');
});

test('a member’s code that is typed by several at the same moment joins one account', async () => {
  await linkDiscord();
  const code = await ownCode(ana);
  const tried = await Promise.all(
    ['One', 'Two', 'Three'].map((name) => onDiscord(name).says(`/coalition link-me ${code}`)),
  );
  expect(tried.map(({ refused }) => refused).sort()).toEqual([
    'directory.code-used',
    'directory.code-used',
    null,
  ]);
  expect((await member('Ana')).accounts).toHaveLength(2);
});

test('a code of another coalition fits nowhere here', async () => {
  const eve = bot.as('Eve', { platform: 'discord', workspace: 'other' });
  await eve.says('/coalition setup');
  await eve.fills({ name: 'Other', zone: 'UTC' });
  const refused = await bot.as('Eve').says(`/coalition link-me ${await ownCode(eve)}`);
  expect(refused.refused).toBe('directory.code-wrong');
});

test('two members who are one person become one, once they say so, with the stronger standing', async () => {
  await linkDiscord();
  const [ben, there] = [bot.as('Ben'), onDiscord('Benny')];
  await joins(ben, 'Hope House');
  await joins(there, 'Hope House');
  const old = await member('Benny');
  await bot.database.member.updateMany({ where: { name: 'Ben' }, data: { standing: 'member' } });
  await bot.database.member.updateMany({ where: { name: 'Benny' }, data: { standing: 'representative' } });
  await there.says('/digest announce Soup on Friday');
  expect(await bot.database.announcement.count({ where: { memberId: old.id } })).toBe(1);

  const asked = await there.says(`/coalition link-me ${await ownCode(ben)}`);
  expect(asked.text).toContain('Are these both you?');
  expect(await bot.database.member.count({ where: { leftAt: null } })).toBe(3);
  const forged = await bot.as('Ana').pressesId(buttonId(asked, 'Both are me'));
  expect(forged.refused).toBe('directory.code-wrong');

  const merged = await there.presses('Both are me', asked);
  expect(merged.text).toContain('You are Ben here too: Representative, Hope House');
  const now = await member('Ben');
  expect(now.accounts).toHaveLength(2);
  expect(now.standing).toBe('representative');
  expect(await bot.database.announcement.count({ where: { memberId: now.id } })).toBe(1);
  expect(await bot.database.announcement.count({ where: { memberId: old.id } })).toBe(0);
  expect((await there.presses('Both are me', asked)).refused).toBe('directory.code-used');
  expect((await ana.says('/partners show Hope House')).text).not.toContain('Benny');
});

test('staff who also represent a partner elsewhere are both', async () => {
  await linkDiscord();
  const there = onDiscord('Ana');
  await joins(there, 'Hope House');
  await there.says(`/coalition link-me ${await ownCode(ana)}`);
  expect((await there.presses('Both are me')).text).toContain('Backbone staff, Hope House');
  expect((await there.says('/coalition settings')).refused).toBeNull();
});

test('two accounts that represent different partners are not joined, and the sentence says what to do', async () => {
  await linkDiscord();
  const [ben, there] = [bot.as('Ben'), onDiscord('Ben')];
  await joins(ben, 'Hope House');
  await joins(there, 'Food Bank');
  const code = await ownCode(ben);
  const refused = await there.says(`/coalition link-me ${code}`);
  expect(refused.refused).toBe('directory.merge-two-partners');
  expect(refused.text).toContain('One account represents Hope House and the other Food Bank');
  await there.says('/coalition leave');
  await there.presses('Leave the coalition');
  expect((await there.says(`/coalition link-me ${code}`)).text).toContain('You are Ben here too');
});

test('who was merged is forgotten whole', async () => {
  await linkDiscord();
  const [ben, there] = [bot.as('Ben'), onDiscord('Benny')];
  await joins(ben, 'Hope House');
  await joins(there, 'Hope House');
  await there.says(`/coalition link-me ${await ownCode(ben)}`);
  await there.presses('Both are me');
  await ben.says('/coalition me');
  await ben.presses('Forget me');
  await ben.presses('Forget me');
  const names = (await bot.database.member.findMany()).map(({ name }) => name).sort();
  expect(names).toEqual(['A former member', 'A former member', 'Ana']);
});

test('an account is taken away after a question, and the last one stays', async () => {
  await linkDiscord();
  const [ben, there] = [bot.as('Ben'), onDiscord('Ben')];
  await joins(ben, 'Hope House');
  const alone = await ben.says('/coalition link-me');
  expect(alone.text).not.toContain('Remove');
  await there.says(`/coalition link-me ${codeIn(alone)}`);
  const own = await ben.says('/coalition link-me');
  const asked = await ben.presses('Remove guild name', own);
  expect(asked.text).toContain('You stay a member through your other accounts');
  expect((await there.says('/coalition me')).text).toContain('Hope House');
  expect((await ben.presses('Remove this account', asked)).text).toContain('The account is removed');
  expect((await there.says('/coalition me')).refused).toBe('directory.not-here');
  const last = await ben.presses('Remove console-workspace name', own);
  expect((await ben.presses('Remove this account', last)).refused).toBe('directory.last-account');
});

test('codes are read however they are typed', () => {
  expect(foldCode(' abcd-efgh o1il ')).toBe('ABCDEFGH0111');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
      const code = codeFrom(random);
      expect(code).toMatch(/^[\dA-HJKMNP-TV-Z]{4}(-[\dA-HJKMNP-TV-Z]{4}){2}$/);
      expect(foldCode(code.toLowerCase())).toBe(code.replaceAll('-', ''));
    }),
  );
});

test('merging does not depend on who is merged into whom', () => {
  const person = fc.record({
    standing: fc.constantFrom(...standings),
    partner: fc.constantFrom(null, { id: 'a' }, { id: 'b' }),
  });
  fc.assert(
    fc.property(person, person, (one, other) => {
      expect(mergedPerson(one, other)).toEqual(mergedPerson(other, one));
      const apart = one.partner !== null && other.partner !== null && one.partner.id !== other.partner.id;
      expect(mergedPerson(one, other) === null).toBe(apart);
      expect([one.standing, other.standing]).toContain(strongerStanding(one.standing, other.standing));
    }),
  );
});

function buttonId(reply: Reply, label: string): string {
  const all = (reply.card?.parts ?? []).flatMap((part) => (part.part === 'buttons' ? part.buttons : []));
  return all.find((each) => each.label === label)?.id ?? '';
}
