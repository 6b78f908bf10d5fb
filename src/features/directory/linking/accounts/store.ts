import type { AccountId, CoalitionId, MemberId } from '../../../../core/ids.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import type { Member, PlatformName } from '../../../../core/who.ts';
import type { Reading, Tx } from '../../../../database.ts';
import { findMember } from '../../../../identity/store.ts';
import { lockPartner, type Who } from '../../joining/store.ts';
import { lockStaff } from '../../leaving/store.ts';
import { mergedPerson } from '../codes/rules.ts';

export type OwnAccount = {
  readonly id: AccountId;
  readonly name: string;
  readonly platform: PlatformName;
  readonly workspace: string;
};

/** The accounts by which a member can act and be reached. */
export async function listOwnAccounts(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<OwnAccount[]> {
  const rows = await reading.account.findMany({
    where: { coalitionId, memberId, workspace: { removedAt: null } },
    include: { workspace: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, name, workspace }) => ({
    id: id as AccountId,
    name,
    platform: workspace.platform as PlatformName,
    workspace: workspace.name,
  }));
}

/** The member behind an account, also one who has left. Null when nobody here has used it. */
export async function findHolder(reading: Reading, who: Who): Promise<MemberId | null> {
  const { coalitionId, workspaceId, account } = who;
  const row = await reading.account.findUnique({
    where: { workspaceId_ref: { workspaceId, ref: account.ref }, coalitionId },
  });
  return row && (row.memberId as MemberId);
}

/** Adds an account to a member. False when the account has become somebody's meanwhile. */
export async function addAccount({ tx }: Writing, who: Who, memberId: MemberId): Promise<boolean> {
  const { coalitionId, workspaceId, account } = who;
  const made = await tx.account.createMany({
    data: { coalitionId, workspaceId, memberId, ref: account.ref, name: account.name },
    skipDuplicates: true,
  });
  return made.count === 1;
}

/** Takes an account away from its member, unless they would have none left. Twice is once. */
export async function removeAccount(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  id: AccountId,
): Promise<'removed' | 'already' | 'last'> {
  await lockMembers(tx, [memberId]);
  const own = await listOwnAccounts(tx, coalitionId, memberId);
  if (!own.some((each) => each.id === id)) return 'already';
  if (own.length === 1) return 'last';
  const { workspace, ref } = await tx.account.findUniqueOrThrow({
    where: { coalitionId, id },
    include: { workspace: { select: { platform: true, ref: true } } },
  });
  // What was typed there belongs to nobody any more: being forgotten later would not find it.
  await tx.draft.deleteMany({
    where: { platform: workspace.platform, accountRef: `${workspace.ref}/${ref}` },
  });
  await tx.account.deleteMany({ where: { coalitionId, memberId, id } });
  return 'removed';
}

export type Merged =
  | { readonly merged: true; readonly member: Member }
  | { readonly merged: false; readonly why: 'gone' }
  | { readonly merged: false; readonly why: 'two-partners'; readonly one: string; readonly other: string };

/**
 * Makes one member of two: `into` gets the accounts and the history of `from`, the partner that either of them
 * represents, and the stronger standing. In one transaction, with every feature's part in it.
 */
export async function mergeMembers(
  writing: Writing,
  coalitionId: CoalitionId,
  of: { from: MemberId; into: MemberId },
  tools: Tools,
): Promise<Merged> {
  const { tx, now } = writing;
  const { from, into } = of;
  // The order in which leaving and joining take the same locks.
  await lockStaff(tx, coalitionId);
  await lockMembers(tx, [from, into]);
  const keeps = await findMember(tx, coalitionId, into);
  if (!keeps) return { merged: false, why: 'gone' };
  const goes = await findMember(tx, coalitionId, from);
  const person = goes ? mergedPerson(keeps, goes) : keeps;
  if (!person) {
    const [one, other] = [keeps.partner?.name ?? '', goes?.partner?.name ?? ''];
    return { merged: false, why: 'two-partners', one, other };
  }
  if (person.partner) await lockPartner(tx, coalitionId, person.partner.id);
  await moveHistory(writing, coalitionId, of);
  for (const { adds } of tools.features()) {
    await adds.merged?.({ coalitionId, from, into, tools, writing });
  }
  const before = await tx.member.findMany({ where: { coalitionId, id: { in: [from, into] } } });
  const here = before.filter(({ id, leftAt }) => id === into || leftAt === null);
  await tx.member.update({
    where: { id: into },
    data: {
      standing: person.standing,
      // A partner that has ended is not among these; whoever represented it still does when it comes back.
      ...(person.partner ? { partnerId: person.partner.id } : {}),
      joinedAt: new Date(Math.min(...here.map(({ joinedAt }) => joinedAt.getTime()))),
      languages: [...new Set(before.flatMap(({ languages }) => languages))],
    },
  });
  await tx.member.updateMany({ where: { coalitionId, mergedIntoId: from }, data: { mergedIntoId: into } });
  await tx.member.updateMany({ where: { coalitionId, id: from }, data: { mergedIntoId: into } });
  await tx.member.updateMany({ where: { coalitionId, id: from, leftAt: null }, data: { leftAt: now } });
  const member = await findMember(tx, coalitionId, into);
  if (!member) throw new Error(`Member ${into} is gone in the transaction that locked them`);
  return { merged: true, member };
}

/** What was written about one member becomes another's, where no feature of its own does that. */
async function moveHistory(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  { from, into }: { from: MemberId; into: MemberId },
): Promise<void> {
  const theirs = { where: { coalitionId, memberId: from }, data: { memberId: into } };
  await tx.account.updateMany(theirs);
  await tx.touchpoint.updateMany(theirs);
  await tx.contact.updateMany(theirs);
  await tx.outgoing.updateMany(theirs);
  await tx.longWork.updateMany(theirs);
  await tx.partnerUpload.updateMany(theirs);
  await tx.linkCode.deleteMany({ where: { coalitionId, memberId: from } });
  // Somebody who was asked the same thing as both of them is asked once.
  await tx.$executeRaw`
    delete from "Outreach" as theirs using "Outreach" as own
    where theirs."coalitionId" = ${coalitionId}::uuid and theirs."memberId" = ${from}::uuid
      and own."coalitionId" = theirs."coalitionId" and own."memberId" = ${into}::uuid
      and own."feature" = theirs."feature" and own."subject" = theirs."subject"`;
  await tx.outreach.updateMany(theirs);
  await tx.outreachMessage.updateMany(theirs);
  // The accounts that could not be reached are one of several now.
  await tx.staffTask.updateMany({
    where: { coalitionId, kind: 'member-unreachable', subject: from, doneAt: null },
    data: { doneAt: now },
  });
}

/** In the order of their ids, so that two who merge the same members cannot wait for each other. */
async function lockMembers(tx: Tx, ids: readonly MemberId[]): Promise<void> {
  for (const id of [...ids].sort()) {
    await tx.$queryRaw`select 1 as "one" from "Member" where "id" = ${id}::uuid for no key update`;
  }
}
