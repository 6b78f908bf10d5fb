import { type Answer, refused, shown } from '../../../../core/answer.ts';
import type { AskedBy } from '../../../../core/asked.ts';
import type { Card } from '../../../../core/card.ts';
import { defineCommand } from '../../../../core/command.ts';
import { optional, text } from '../../../../core/field.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import type { Reader } from '../../../../core/reader.ts';
import { code } from '../../../../core/text.ts';
import type { Member } from '../../../../core/who.ts';
import { findMember } from '../../../../identity/store.ts';
import { whoIs } from '../../joining/forms.ts';
import { recordReachable } from '../../joining/store.ts';
import { say } from '../../words.ts';
import { refuseCode, refuseTries } from '../codes/cards.ts';
import { mergedPerson } from '../codes/rules.ts';
import {
  accountKey,
  giveTryBack,
  holdCode,
  type LinkCode,
  lockCode,
  makeLinkCode,
  spendCode,
  takeTry,
} from '../codes/store.ts';
import { accountCodeCard, accountLinkedCard, mergeCard } from './cards.ts';
import { addAccount, findHolder, listOwnAccounts, type Merged, mergeMembers } from './store.ts';

export const linkMeCommand = defineCommand({
  name: 'coalition link-me',
  answers: 'privately',
  by: 'visitor',
  options: { code: optional(text({ max: 60 })) },
  run: ({ options, asked, tools }) =>
    options.code ? redeem(options.code, asked, tools) : giveCode(asked, tools),
});

async function giveCode(asked: AskedBy<'visitor'>, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  if (!member) {
    const values = { me: code('/coalition link-me'), join: code('/coalition join') };
    return refused('directory.link-me-needs-code', say(reader, 'link-me.needs-code', values));
  }
  const typed = await tools.write((writing) => makeLinkCode(writing, coalition.id, member.id, 'account'));
  const accounts = await listOwnAccounts(tools.database, coalition.id, member.id);
  return shown(accountCodeCard(typed, accounts, reader));
}

async function redeem(typed: string, asked: AskedBy<'visitor'>, tools: Tools): Promise<Answer> {
  const { coalition } = asked;
  return tools.write(async (writing) => {
    const account = accountKey(asked);
    const tried = await takeTry(writing, account);
    if (!tried.ok) return refuseTries(tried.againAt, asked);
    const found = await lockCode(writing, typed, 'account');
    if (typeof found === 'string') return refuseCode(found, 'account', tried.left, asked);
    // A code of another coalition is no code here.
    if (found.coalitionId !== coalition.id) return refuseCode('wrong', 'account', tried.left, asked);
    await giveTryBack(writing, account);
    return link(writing, found, asked, tools);
  });
}

async function link(
  writing: Writing,
  found: LinkCode,
  asked: AskedBy<'visitor'>,
  tools: Tools,
): Promise<Answer> {
  const { coalition, reader } = asked;
  const there = await findMember(writing.tx, coalition.id, found.memberId);
  if (!there) return refuseMerging({ merged: false, why: 'gone' }, reader);
  const who = whoIs(asked);
  if (await addAccount(writing, who, there.id)) {
    return shown(await recordLinked(writing, found.id, there, asked, tools));
  }
  const holder = await findHolder(writing.tx, who);
  if (!holder || holder === there.id) {
    return refused('directory.link-me-before', say(reader, 'link-me.before', { me: code('/coalition me') }));
  }
  const here = await findMember(writing.tx, coalition.id, holder);
  if (here && !mergedPerson(there, here)) {
    const names = { one: there.partner?.name ?? '', other: here.partner?.name ?? '' };
    return refuseMerging({ merged: false, why: 'two-partners', ...names }, reader);
  }
  if (here) {
    await holdCode(writing, found.id, accountKey(asked));
    return shown(mergeCard({ code: found.id, here, there }, reader));
  }
  // Whoever left, and comes back as a member from elsewhere, has their old history again.
  const merged = await mergeMembers(writing, coalition.id, { from: holder, into: there.id }, tools);
  if (!merged.merged) return refuseMerging(merged, reader);
  return shown(await recordLinked(writing, found.id, merged.member, asked, tools));
}

/** Whoever could not be reached has a way again, by the account that typed the code. */
export async function recordLinked(
  writing: Writing,
  id: LinkCode['id'],
  member: Member,
  asked: AskedBy<'visitor'>,
  tools: Tools,
): Promise<Card> {
  await spendCode(writing, id);
  await recordReachable(writing, whoIs(asked), tools.staffTasks);
  const task = { coalitionId: asked.coalition.id, kind: 'member-unreachable', subject: member.id };
  await tools.staffTasks.close(writing, task);
  return accountLinkedCard(member, asked.reader);
}

export function refuseMerging(of: Exclude<Merged, { merged: true }>, reader: Reader): Answer {
  switch (of.why) {
    case 'gone':
      return refused('directory.merge-gone', say(reader, 'merge.gone', { me: code('/coalition link-me') }));
    case 'two-partners': {
      const commands = { leave: code('/coalition leave'), me: code('/coalition link-me') };
      const words = say(reader, 'merge.two-partners', { one: of.one, other: of.other, ...commands });
      return refused('directory.merge-two-partners', words);
    }
    default:
      return of satisfies never;
  }
}
