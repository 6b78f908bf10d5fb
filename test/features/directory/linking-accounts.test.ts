import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlatformError } from '../../../src/core/errors.ts';
import { standings } from '../../../src/core/who.ts';
import {
  codeFrom,
  foldCode,
  mergedPerson,
  strongerStanding,
} from '../../../src/features/directory/linking/codes/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import { codeIn, linkingIn } from '../../support/linking.ts';
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

test('a member’s own code makes both accounts one member', async () => {
  await at.linkDiscord(ana);
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  expect((await at.onDiscord('Ben').says('/coalition link-me')).refused).toBe('directory.link-me-needs-code');
  const code = await at.ownCode(ben);
  const joined = await at.onDiscord('Ben').says(`/coalition link-me ${code}`);
  expect(joined.text).toContain('You are Ben here too: Representative, Hope House');
  expect((await at.onDiscord('Ben').says('/coalition me')).text).toContain('You are here for Hope House');
  expect(await bot.database.member.count({ where: { name: 'Ben' } })).toBe(1);
  const again = await at.onDiscord('Cy').says(`/coalition link-me ${code}`);
  expect(again.refused).toBe('directory.code-used');
});

test('whoever could not be reached has a way again once they join another account, and staff need do nothing more', async () => {
  await at.linkDiscord(ana);
  const ben = bot.as('Ben');
  await joins(ben, 'Hope House');
  bot.messengers.console.refuseNext(`@${ben.ref}`, new PlatformError('direct-messages-closed', 'console'));
  await joins(bot.as('Cy'), 'Hope House', 'member');
  bot.clockHand.goTo('2026-03-03T16:00:00Z');
  await bot.settle();
  const unreachable = { kind: 'member-unreachable', doneAt: null };
  expect(await bot.database.staffTask.count({ where: unreachable })).toBe(1);
  await at.onDiscord('Ben').says(`/coalition link-me ${await at.ownCode(ben)}`);
  expect(await bot.database.staffTask.count({ where: unreachable })).toBe(0);
});

test('a member’s code that is typed by several at the same moment joins one account', async () => {
  await at.linkDiscord(ana);
  const code = await at.ownCode(ana);
  const tried = await Promise.all(
    ['One', 'Two', 'Three'].map((name) => at.onDiscord(name).says(`/coalition link-me ${code}`)),
  );
  expect(tried.map(({ refused }) => refused).sort()).toEqual([
    'directory.code-used',
    'directory.code-used',
    null,
  ]);
  expect((await at.member('Ana')).accounts).toHaveLength(2);
});

test('a code of another coalition fits nowhere here', async () => {
  const eve = bot.as('Eve', { platform: 'discord', workspace: 'other' });
  await eve.says('/coalition setup');
  await eve.fills({ name: 'Other', zone: 'UTC' });
  const refused = await bot.as('Eve').says(`/coalition link-me ${await at.ownCode(eve)}`);
  expect(refused.refused).toBe('directory.code-wrong');
});

test('two members who are one person become one, once they say so, with the stronger standing', async () => {
  await at.linkDiscord(ana);
  const [ben, there] = [bot.as('Ben'), at.onDiscord('Benny')];
  await joins(ben, 'Hope House');
  await joins(there, 'Hope House');
  const old = await at.member('Benny');
  await bot.database.member.updateMany({ where: { name: 'Ben' }, data: { standing: 'member' } });
  await bot.database.member.updateMany({ where: { name: 'Benny' }, data: { standing: 'representative' } });
  await there.says('/digest announce Soup on Friday');
  expect(await bot.database.announcement.count({ where: { memberId: old.id } })).toBe(1);

  const asked = await there.says(`/coalition link-me ${await at.ownCode(ben)}`);
  expect(asked.text).toContain('Are these both you?');
  expect(await bot.database.member.count({ where: { leftAt: null } })).toBe(3);
  const forged = await bot.as('Ana').pressesId(buttonId(asked, 'Both are me'));
  expect(forged.refused).toBe('directory.code-wrong');

  const merged = await there.presses('Both are me', asked);
  expect(merged.text).toContain('You are Ben here too: Representative, Hope House');
  const now = await at.member('Ben');
  expect(now.accounts).toHaveLength(2);
  expect(now.standing).toBe('representative');
  expect(await bot.database.announcement.count({ where: { memberId: now.id } })).toBe(1);
  expect(await bot.database.announcement.count({ where: { memberId: old.id } })).toBe(0);
  expect((await there.presses('Both are me', asked)).refused).toBe('directory.code-used');
  expect((await ana.says('/partners show Hope House')).text).not.toContain('Benny');
});

test('staff who also represent a partner elsewhere are both', async () => {
  await at.linkDiscord(ana);
  const there = at.onDiscord('Ana');
  await joins(there, 'Hope House');
  await there.says(`/coalition link-me ${await at.ownCode(ana)}`);
  expect((await there.presses('Both are me')).text).toContain('Backbone staff, Hope House');
  expect((await there.says('/coalition settings')).refused).toBeNull();
});

test('two accounts that represent different partners are not joined, and the sentence says what to do', async () => {
  await at.linkDiscord(ana);
  const [ben, there] = [bot.as('Ben'), at.onDiscord('Ben')];
  await joins(ben, 'Hope House');
  await joins(there, 'Food Bank');
  const code = await at.ownCode(ben);
  const refused = await there.says(`/coalition link-me ${code}`);
  expect(refused.refused).toBe('directory.merge-two-partners');
  expect(refused.text).toContain('One account represents Hope House and the other Food Bank');
  await there.says('/coalition leave');
  await there.presses('Leave the coalition');
  expect((await there.says(`/coalition link-me ${code}`)).text).toContain('You are Ben here too');
});

test('who was merged is forgotten whole', async () => {
  await at.linkDiscord(ana);
  const [ben, there] = [bot.as('Ben'), at.onDiscord('Benny')];
  await joins(ben, 'Hope House');
  await joins(there, 'Hope House');
  await there.says(`/coalition link-me ${await at.ownCode(ben)}`);
  await there.presses('Both are me');
  await ben.says('/coalition me');
  await ben.presses('Forget me');
  await ben.presses('Forget me');
  const names = (await bot.database.member.findMany()).map(({ name }) => name).sort();
  expect(names).toEqual(['A former member', 'A former member', 'Ana']);
});

test('an account is taken away after a question, and the last one stays', async () => {
  await at.linkDiscord(ana);
  const [ben, there] = [bot.as('Ben'), at.onDiscord('Ben')];
  await joins(ben, 'Hope House');
  const alone = await ben.says('/coalition link-me');
  expect(alone.text).not.toContain('Remove');
  await there.says(`/coalition link-me ${codeIn(alone)}`);
  const own = await ben.says('/coalition link-me');
  const asked = await ben.presses('Remove guild name', own);
  expect(asked.text).toContain('You stay a member through your other accounts');
  expect((await there.says('/coalition me')).text).toContain('Hope House');
  const tooLong = { partner: 'x'.repeat(200) };
  await there.does({ act: 'submit', id: 'core.options:partners.show', values: tooLong });
  expect(await bot.database.draft.count({ where: { accountRef: `guild/${there.ref}` } })).toBe(1);
  expect((await ben.presses('Remove this account', asked)).text).toContain('The account is removed');
  expect(await bot.database.draft.count({ where: { accountRef: `guild/${there.ref}` } })).toBe(0);
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
