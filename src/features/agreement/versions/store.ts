import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading, Tx } from '../../../database.ts';
import { findStanding } from '../../decisions/feature.ts';
import { emptyTerms, type Terms, type Version, type VersionId } from './rules.ts';

type Row = NonNullable<Awaited<ReturnType<Reading['agreementVersion']['findUnique']>>>;

const versionOf = (row: Row): Version => ({
  ...row,
  id: row.id as VersionId,
  state: row.state as Version['state'],
});

async function findLive(reading: Reading, coalitionId: CoalitionId, live: boolean): Promise<Version | null> {
  const row = await reading.agreementVersion.findUnique({
    where: { coalitionId_live: { coalitionId, live } },
  });
  return row && versionOf(row);
}

/** The version in force. */
export const findAdopted = (reading: Reading, coalitionId: CoalitionId) =>
  findLive(reading, coalitionId, false);
export const findDraft = (reading: Reading, coalitionId: CoalitionId) => findLive(reading, coalitionId, true);

/** What a change of the draft starts from: the draft, else what is in force, else nothing. */
export async function findStart(reading: Reading, coalitionId: CoalitionId): Promise<Terms> {
  const draft = await findDraft(reading, coalitionId);
  return draft ?? (await findAdopted(reading, coalitionId)) ?? emptyTerms;
}

/** The version that an adopted one replaced. */
export async function findBefore(
  reading: Reading,
  coalitionId: CoalitionId,
  number: number,
): Promise<Version | null> {
  const row = await reading.agreementVersion.findFirst({
    where: { coalitionId, number: { lt: number }, state: { not: 'draft' } },
    orderBy: { number: 'desc' },
  });
  return row && versionOf(row);
}

const termsOf = (version: Terms): Terms =>
  Object.fromEntries(
    Object.keys(emptyTerms).map((name) => [name, version[name as keyof Terms]]),
  ) as unknown as Terms;

/** Changes the draft; the first change of a new one starts from what is in force. Null: it is being decided. */
export async function recordDraft(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  draftedById: MemberId,
  change: Partial<Terms>,
): Promise<Version | null> {
  const adopted = await findAdopted(tx, coalitionId);
  await tx.agreementVersion.createMany({
    data: {
      coalitionId,
      ...termsOf(adopted ?? emptyTerms),
      number: (adopted?.number ?? 0) + 1,
      state: 'draft',
      live: true,
      draftedById,
      draftedAt: now,
    },
    skipDuplicates: true,
  });
  if (!(await lockChangeable(tx, coalitionId))) return null;
  const row = await tx.agreementVersion.update({
    where: { coalitionId_live: { coalitionId, live: true } },
    data: change,
  });
  return versionOf(row);
}

/** Holds the draft for the rest of the transaction. Null when there is none, or a decision about it is under way. */
async function lockChangeable(tx: Tx, coalitionId: CoalitionId): Promise<Version | null> {
  await tx.$queryRaw`
    select 1 as "one" from "AgreementVersion" where "coalitionId" = ${coalitionId}::uuid and "live" for update`;
  const draft = await findDraft(tx, coalitionId);
  return draft && (await isBeingDecided(tx, coalitionId, draft)) ? null : draft;
}

/** Whether partners are being asked about a version, or are about to be. */
export async function isBeingDecided(
  reading: Reading,
  coalitionId: CoalitionId,
  { decisionId }: Pick<Version, 'decisionId'>,
): Promise<boolean> {
  const standing = decisionId && (await findStanding(reading, { id: coalitionId }, decisionId));
  return standing ? standing.state === 'draft' || standing.state === 'open' : false;
}

/** Says which decision adopts the draft should it pass. False when it is gone or another is under way. */
export async function recordAsked(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: VersionId,
  decisionId: string,
): Promise<boolean> {
  const draft = await lockChangeable(tx, coalitionId);
  if (draft?.id !== id) return false;
  await tx.agreementVersion.update({ where: { id }, data: { decisionId } });
  return true;
}

/** Throws the draft away, with what was said about it. False when it is gone or being decided. */
export async function removeDraft(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: VersionId,
): Promise<boolean> {
  const draft = await lockChangeable(tx, coalitionId);
  if (draft?.id !== id) return false;
  await tx.agreementVersion.delete({ where: { id } });
  return true;
}

/** Puts the draft into force and the version before it out of force. Null when there is no such draft. */
export async function recordAdopted(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: VersionId,
  of: { adoptedById: MemberId | null; adoptedWhy: string },
): Promise<Version | null> {
  // The draft's row is locked first, so that two adoptions at once are one.
  const drafts = await tx.$queryRaw<{ id: string }[]>`
    select "id" from "AgreementVersion"
    where "id" = ${id}::uuid and "coalitionId" = ${coalitionId}::uuid and "live" for update`;
  if (drafts.length === 0) return null;
  await tx.agreementVersion.updateMany({
    where: { coalitionId, live: false },
    data: { live: null, state: 'replaced' },
  });
  const row = await tx.agreementVersion.update({
    where: { id },
    data: { ...of, live: false, state: 'adopted', adoptedAt: now },
  });
  return versionOf(row);
}

export type Comment = {
  readonly who: string;
  readonly partner: string;
  readonly text: string;
  readonly at: Date;
};

export async function recordComment(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  versionId: VersionId,
  of: { partnerId: PartnerId | null; memberId: MemberId; text: string },
): Promise<string> {
  const row = await tx.agreementComment.create({ data: { coalitionId, versionId, ...of, at: now } });
  return row.id;
}

/** The latest comments on a version, newest first, and how many there are. */
export async function listComments(
  reading: Reading,
  coalitionId: CoalitionId,
  versionId: VersionId,
  of: { skip: number; take: number },
): Promise<{ comments: Comment[]; total: number }> {
  const where = { coalitionId, versionId };
  const rows = await reading.agreementComment.findMany({ where, orderBy: { at: 'desc' }, ...of });
  const total = await reading.agreementComment.count({ where });
  const [members, partners] = await Promise.all([
    reading.member.findMany({
      where: { coalitionId, id: { in: rows.flatMap(({ memberId }) => memberId ?? []) } },
    }),
    reading.partner.findMany({
      where: { coalitionId, id: { in: rows.flatMap(({ partnerId }) => partnerId ?? []) } },
    }),
  ]);
  return {
    total,
    comments: rows.map((row) => ({
      who: members.find(({ id }) => id === row.memberId)?.name ?? '',
      partner: partners.find(({ id }) => id === row.partnerId)?.name ?? '',
      text: row.text,
      at: row.at,
    })),
  };
}
