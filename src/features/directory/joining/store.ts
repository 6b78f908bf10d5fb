import type { CoalitionId, Id, MemberId, PartnerId, WorkspaceId } from '../../../core/ids.ts';
import type { StaffTasks, Writing } from '../../../core/ports.ts';
import type { Member, Standing } from '../../../core/who.ts';
import type { Reading, Tx } from '../../../database.ts';
import { findMember, memberOf } from '../../../identity/store.ts';
import { emptyCard } from '../partners/rules.ts';
import {
  findPartner,
  findPartnerNamed,
  listPeople,
  openPartner,
  type Partner,
  type PartnerPerson,
} from '../partners/store.ts';
import { type JoiningStanding, standingOnJoining } from './rules.ts';

export type JoinDraftId = Id<'join-draft'>;
export type JoinDraft = {
  readonly organisation: string;
  readonly standing: JoiningStanding;
  readonly timeZone: string;
  readonly languages: readonly string[];
};

/** The account of whoever asks. */
export type Who = {
  readonly coalitionId: CoalitionId;
  readonly workspaceId: WorkspaceId;
  readonly account: { readonly ref: string; readonly name: string };
};

const keepDraftsMs = 7 * 86_400_000;

/** Keeps a join form until its person has said which organisation they mean. */
export async function saveJoinDraft({ tx, now }: Writing, who: Who, draft: JoinDraft): Promise<JoinDraftId> {
  const { coalitionId, workspaceId } = who;
  const old = new Date(now.getTime() - keepDraftsMs);
  await tx.joinDraft.deleteMany({ where: { coalitionId, createdAt: { lt: old } } });
  const kept = { ...draft, languages: [...draft.languages], createdAt: now };
  const row = await tx.joinDraft.upsert({
    where: { workspaceId_accountRef: { workspaceId, accountRef: who.account.ref } },
    create: { ...kept, coalitionId, workspaceId, accountRef: who.account.ref },
    update: kept,
  });
  return row.id as JoinDraftId;
}

/** Null when it is another person's, or was replaced or dropped. */
export async function findJoinDraft(reading: Reading, who: Who, id: JoinDraftId): Promise<JoinDraft | null> {
  const { coalitionId, workspaceId, account } = who;
  const row = await reading.joinDraft.findFirst({
    where: { id, coalitionId, workspaceId, accountRef: account.ref },
  });
  return row && { ...row, standing: row.standing as JoiningStanding };
}

export type Joined =
  | {
      readonly joined: 'now' | 'before';
      readonly member: Member;
      readonly partner: Partner;
      readonly standing: Standing;
      readonly people: readonly PartnerPerson[];
    }
  /** They represent another partner. */
  | { readonly joined: 'elsewhere'; readonly name: string }
  | { readonly joined: 'no-partner' };

/** Makes whoever asks one of a partner's people. The same person joining twice is there once. */
export async function recordJoining(
  writing: Writing,
  who: Who,
  of: {
    organisation: { name: string } | { id: PartnerId };
    wanted: JoiningStanding;
    language: string;
    timeZone: string;
    languages: readonly string[];
  },
): Promise<Joined> {
  const { tx, now } = writing;
  const { coalitionId } = who;
  // Looked at first, so that an old button leaves no half-made member behind.
  if ('id' in of.organisation) {
    const wanted = await findPartner(tx, coalitionId, of.organisation.id);
    if (!wanted || wanted.leftAt) return { joined: 'no-partner' };
  }
  const holder = await claimAccount(writing, who, of);
  const current = await findMember(tx, coalitionId, holder);
  const partner = await partnerToJoin(writing, coalitionId, of.organisation, current);
  if (partner === 'elsewhere') return { joined: 'elsewhere', name: current?.partner?.name ?? '' };
  if (!partner) return { joined: 'no-partner' };
  await lockPartner(tx, coalitionId, partner.id);
  const others = (await listPeople(tx, coalitionId, partner.id)).filter(({ id }) => id !== holder);
  const already = current?.partner?.id === partner.id;
  const standing = already
    ? current.standing
    : standingOnJoining(of.wanted, current?.standing ?? null, others);
  if (!already) {
    await tx.member.update({
      where: { id: holder },
      data: {
        partnerId: partner.id,
        standing,
        name: who.account.name,
        timeZone: of.timeZone,
        languages: [...of.languages],
        leftAt: null,
        ...(current?.standing === 'backbone' ? {} : { joinedAt: now }),
      },
    });
  }
  await tx.joinDraft.deleteMany({
    where: { coalitionId, workspaceId: who.workspaceId, accountRef: who.account.ref },
  });
  const member = await findMember(tx, coalitionId, holder);
  if (!member) throw new Error(`Member ${holder} is gone in the transaction that made them`);
  return { joined: already ? 'before' : 'now', member, partner, standing, people: others };
}

/** The member behind an account, made when there is none. Not here yet: `leftAt` stays set until they join. */
async function claimAccount(
  { tx, now }: Writing,
  { coalitionId, workspaceId, account }: Who,
  of: { language: string; timeZone: string },
): Promise<MemberId> {
  const where = { workspaceId_ref: { workspaceId, ref: account.ref }, coalitionId };
  const known = await tx.account.findUnique({ where });
  if (known) return known.memberId as MemberId;
  const { language, timeZone } = of;
  const member = await tx.member.create({
    data: {
      ...{ coalitionId, name: account.name, standing: 'member', language, timeZone },
      ...{ joinedAt: now, leftAt: now },
    },
  });
  const { ref, name } = account;
  const claimed = await tx.account.createMany({
    data: { coalitionId, workspaceId, memberId: member.id, ref, name },
    skipDuplicates: true,
  });
  if (claimed.count === 1) return member.id as MemberId;
  // The same person was faster in another window: they are that member.
  await tx.member.delete({ where: { id: member.id } });
  const first = await tx.account.findUniqueOrThrow({ where });
  return first.memberId as MemberId;
}

async function partnerToJoin(
  writing: Writing,
  coalitionId: CoalitionId,
  organisation: { name: string } | { id: PartnerId },
  current: Member | null,
): Promise<Partner | 'elsewhere' | null> {
  if ('id' in organisation) {
    const found = await findPartner(writing.tx, coalitionId, organisation.id);
    if (!found || found.leftAt) return null;
    return current?.partner && current.partner.id !== found.id ? 'elsewhere' : found;
  }
  const card = { ...emptyCard, name: organisation.name };
  if (!current?.partner) return (await openPartner(writing, coalitionId, card)).partner;
  const named = await findPartnerNamed(writing.tx, coalitionId, organisation.name);
  return named?.id === current.partner.id ? named : 'elsewhere';
}

/** People of one partner change one after the other, so that it never has two representatives, nor none. */
export async function lockPartner(tx: Tx, coalitionId: CoalitionId, id: PartnerId): Promise<void> {
  await tx.$queryRaw`select 1 as "one" from "Partner"
    where "coalitionId" = ${coalitionId}::uuid and "id" = ${id}::uuid for no key update`;
}

/** Says what one of a partner's people is; a new representative takes over from the one before. */
export async function arrangePerson(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { partner: PartnerId; person: MemberId; standing: JoiningStanding },
): Promise<'arranged' | 'not-theirs' | 'staff' | 'no-representative'> {
  await lockPartner(tx, coalitionId, of.partner);
  const people = await listPeople(tx, coalitionId, of.partner);
  const person = people.find(({ id }) => id === of.person);
  if (!person) return 'not-theirs';
  if (person.standing === 'backbone') return 'staff';
  if (person.standing === of.standing) return 'arranged';
  if (person.standing === 'representative') return 'no-representative';
  if (of.standing === 'representative') {
    await tx.member.updateMany({
      where: { coalitionId, partnerId: of.partner, leftAt: null, standing: 'representative' },
      data: { standing: 'alternate' },
    });
  }
  await tx.member.updateMany({
    where: { coalitionId, id: of.person },
    data: { standing: of.standing },
  });
  return 'arranged';
}

/**
 * Somebody is here by this account, so direct messages to it are tried again, and staff need do nothing more. False when
 * none had failed.
 */
export async function recordReachable(
  writing: Writing,
  { coalitionId, workspaceId, account }: Who,
  staffTasks: StaffTasks,
): Promise<boolean> {
  const [tried] = await writing.tx.account.updateManyAndReturn({
    where: { coalitionId, workspaceId, ref: account.ref, unreachableSince: { not: null } },
    data: { unreachableSince: null, unreachableWhy: null },
    select: { memberId: true },
  });
  if (!tried) return false;
  await staffTasks.close(writing, { coalitionId, kind: 'member-unreachable', subject: tried.memberId });
  return true;
}

type PersonRow = { readonly member: Member; readonly leftAt: Date | null };

/** Whoever holds this account, also after they have left. Null when they never joined. */
export async function findPerson(reading: Reading, who: Who): Promise<PersonRow | null> {
  const row = await reading.member.findFirst({
    where: {
      coalitionId: who.coalitionId,
      accounts: { some: { workspaceId: who.workspaceId, ref: who.account.ref } },
    },
    include: { partner: true, accounts: { take: 1, orderBy: { id: 'asc' } } },
  });
  return row && { member: memberOf(row), leftAt: row.leftAt };
}
