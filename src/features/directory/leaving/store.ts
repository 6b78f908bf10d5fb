import { asJson } from '../../../core/as-json.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Reading, Tx } from '../../../database.ts';
import { groupAccounts } from '../../../delivery/delivery.ts';
import { type HandOver, handOver } from '../joining/rules.ts';
import { lockPartner } from '../joining/store.ts';
import { listPeople, type PartnerPerson } from '../partners/store.ts';

/**
 * Changes to who is staff happen one after the other in a coalition, so that the last two cannot remove each
 * other. The lock lets everything else that only points at the coalition go on.
 */
export async function lockStaff(tx: Tx, coalitionId: CoalitionId): Promise<void> {
  await tx.$queryRaw`select 1 as "one" from "Coalition" where "id" = ${coalitionId}::uuid for no key update`;
}

/** Call after `lockStaff`. */
export async function isLastStaff(tx: Tx, coalitionId: CoalitionId, member: MemberId): Promise<boolean> {
  const staff = await tx.member.findMany({
    where: { coalitionId, standing: 'backbone', leftAt: null },
    select: { id: true },
    take: 2,
  });
  return staff.length === 1 && staff[0]?.id === member;
}

/** Marks somebody as gone, and drops what was still to be said to them. Twice is once. */
export async function recordLeaving(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<void> {
  await tx.member.updateMany({ where: { coalitionId, id, leftAt: null }, data: { leftAt: now } });
  await tx.outreach.updateMany({
    where: { coalitionId, memberId: id, state: { in: ['waiting', 'held'] } },
    data: { state: 'expired', settledAt: now },
  });
}

/** Lets the next alternate speak for a partner when its last voice goes. */
export async function recordHandOver(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partner: PartnerId,
  leaving: MemberId,
): Promise<HandOver<PartnerPerson>> {
  await lockPartner(tx, coalitionId, partner);
  const outcome = handOver(leaving, await listPeople(tx, coalitionId, partner));
  if (outcome.handOver === 'to') {
    await tx.member.updateMany({
      where: { coalitionId, id: outcome.successor.id },
      data: { standing: 'representative' },
    });
  }
  return outcome;
}

/** Members who turned out to be this one. Their rows stay, because other features' history may point at them. */
export async function listMergedInto(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<MemberId[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId, mergedIntoId: id },
    select: { id: true },
  });
  return rows.map((row) => row.id as MemberId);
}

/** The accounts of one member, with where they are. */
async function listAccounts(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.account.findMany({
    where: { coalitionId, memberId },
    include: { workspace: { select: { platform: true, ref: true, name: true } } },
    orderBy: { id: 'asc' },
  });
}

/** Everything about a member that belongs to no other feature, as plain data for their export. */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<Record<string, unknown>> {
  const ofMember = { coalitionId, memberId: id };
  const member = await reading.member.findFirst({
    where: { id, coalitionId },
    include: { partner: { select: { name: true } } },
  });
  const accounts = await listAccounts(reading, coalitionId, id);
  const drafts = await reading.draft.findMany({ where: { OR: accounts.map(draftOwner) } });
  const joinDrafts = await reading.joinDraft.findMany({
    where: { coalitionId, OR: accounts.map(joinOwner) },
  });
  const linkTries = await reading.linkTries.findMany({ where: { account: { in: accounts.map(triesOf) } } });
  const linkCodes = await reading.linkCode.findMany({
    where: { coalitionId, memberId: id },
    omit: { hash: true },
  });
  const direct = await reading.outgoing.findMany({
    where: { coalitionId, memberId: id },
    select: { card: true, createdAt: true, sentAt: true, state: true },
    orderBy: { position: 'asc' },
  });
  const plain = {
    member,
    accounts,
    drafts,
    joinDrafts,
    linkCodes,
    linkTries,
    outreach: await reading.outreach.findMany({ where: ofMember, orderBy: { wantedAt: 'asc' } }),
    touchpoints: await reading.touchpoint.findMany({ where: ofMember, orderBy: { at: 'asc' } }),
    contacts: await reading.contact.findMany({ where: ofMember, orderBy: { at: 'asc' } }),
    longWork: await reading.longWork.findMany({ where: ofMember, orderBy: { createdAt: 'asc' } }),
    uploads: await reading.partnerUpload.findMany({ where: ofMember, orderBy: { createdAt: 'asc' } }),
    directMessages: direct,
  };
  return asJson(plain);
}

/** How much of it there is, for a sentence. */
export async function countStored(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  const where = { coalitionId, memberId };
  return {
    accounts: await reading.account.count({ where }),
    touchpoints: await reading.touchpoint.count({ where }),
    messages: await reading.outgoing.count({ where }),
  };
}

/**
 * Removes what names a member or leads to them. The row itself stays, without a name, because the history of
 * their partner points at it.
 */
export async function forgetMember(
  { tx, now }: Writing,
  coalition: Pick<Coalition, 'id' | 'language' | 'timeZone'>,
  id: MemberId,
  name: string,
): Promise<void> {
  const coalitionId = coalition.id;
  const ofMember = { coalitionId, memberId: id };
  const accounts = await listAccounts(tx, coalitionId, id);
  if (accounts.length > 0) {
    await tx.draft.deleteMany({ where: { OR: accounts.map(draftOwner) } });
    await tx.joinDraft.deleteMany({ where: { coalitionId, OR: accounts.map(joinOwner) } });
    await tx.linkTries.deleteMany({ where: { account: { in: accounts.map(triesOf) } } });
    // Takes the messages in it along: their words were to this person.
    await tx.lane.deleteMany({
      where: {
        coalitionId,
        OR: accounts.map(({ workspaceId, ref }) => ({ workspaceId, placeRef: `@${ref}` })),
      },
    });
    // Conversations of several are named after everybody in them.
    const groups = await tx.lane.findMany({
      where: { coalitionId, placeRef: { startsWith: '&' } },
      select: { id: true, workspaceId: true, placeRef: true },
    });
    const theirs = groups.filter(({ workspaceId, placeRef }) =>
      accounts.some(
        (each) => each.workspaceId === workspaceId && groupAccounts(placeRef)?.includes(each.ref),
      ),
    );
    await tx.lane.deleteMany({ where: { coalitionId, id: { in: theirs.map(({ id }) => id) } } });
  }
  await tx.outgoing.deleteMany({ where: ofMember });
  // Their representative was told by name that they had joined.
  const told = await tx.outreach.findMany({
    where: { coalitionId, feature: 'directory', subject: { startsWith: `joined:${id}:` } },
    select: { id: true, messageId: true },
  });
  for (const { id: outreach, messageId } of told) {
    const key = { startsWith: `outreach:${messageId ?? outreach}:` };
    await tx.outgoing.deleteMany({ where: { coalitionId, key } });
    await tx.outreach.delete({ where: { id: outreach } });
  }
  await tx.outreach.deleteMany({ where: ofMember });
  await tx.outreachMessage.deleteMany({ where: ofMember });
  await tx.touchpoint.updateMany({ where: ofMember, data: { memberId: null } });
  await tx.contact.updateMany({ where: ofMember, data: { memberId: null } });
  await tx.partnerUpload.deleteMany({ where: ofMember });
  await tx.linkCode.deleteMany({ where: ofMember });
  await tx.longWork.updateMany({
    where: { ...ofMember, state: { in: ['waiting', 'running'] } },
    data: { cancelAsked: true },
  });
  await tx.longWork.deleteMany({ where: { ...ofMember, state: { notIn: ['waiting', 'running'] } } });
  await tx.staffTask.deleteMany({ where: { coalitionId, subject: id } });
  await tx.account.deleteMany({ where: ofMember });
  const { language, timeZone } = coalition;
  const nothing = { languages: [], quietHoursStart: null, quietHoursEnd: null, awayUntil: null };
  const gone = { name, language, timeZone, ...nothing };
  await tx.member.updateMany({ where: { coalitionId, id }, data: gone });
  await tx.member.updateMany({ where: { coalitionId, id, leftAt: null }, data: { leftAt: now } });
}

type AccountRow = Awaited<ReturnType<typeof listAccounts>>[number];

const draftOwner = ({ workspace, ref }: AccountRow) => ({
  platform: workspace.platform,
  accountRef: `${workspace.ref}/${ref}`,
});

/** As `accountKey` in linking/codes/store.ts names it. */
const triesOf = (account: AccountRow) => {
  const { platform, accountRef } = draftOwner(account);
  return `${platform}:${accountRef}`;
};

const joinOwner = ({ workspaceId, ref }: AccountRow) => ({ workspaceId, accountRef: ref });
