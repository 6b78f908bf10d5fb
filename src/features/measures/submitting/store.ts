import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import { newId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { MeasureId } from '../definition/rules.ts';
import type { RequestId } from '../requests/rules.ts';
import type { DraftId, Entry } from './rules.ts';

const keepDraftsMs = 7 * 86_400_000;

/**
 * Writes a version of a submission. False when the version it follows is not the latest any more: somebody else
 * gave one in between.
 */
export async function recordSubmission(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  entry: Entry,
  memberId: MemberId,
): Promise<boolean> {
  const { request: requestId, version, given, note, link, way } = entry;
  const before = await tx.measureSubmission.updateMany({
    where: { coalitionId, requestId, version, current: true },
    data: { current: null },
  });
  if (before.count !== (version === 0 ? 0 : 1)) return false;
  const made = await tx.measureSubmission.createMany({
    data: {
      ...{ coalitionId, requestId, version: version + 1, note, link, way, memberId, at: now },
      given: given === null ? Prisma.DbNull : (given as unknown as Prisma.InputJsonValue),
    },
    skipDuplicates: true,
  });
  if (made.count === 0) return false;
  // When it was first given is what lateness is judged by, however often it is put right.
  await tx.measureRequest.updateMany({
    where: { coalitionId, id: requestId, submittedAt: null },
    data: { submittedAt: now },
  });
  return true;
}

/** Who was named to answer for a partner. */
export async function findNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; partnerId: PartnerId },
): Promise<MemberId | null> {
  const row = await reading.measureContact.findFirst({ where: { coalitionId, ...of } });
  return (row?.memberId as MemberId | undefined) ?? null;
}

export async function recordNamed(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; partnerId: PartnerId },
  memberId: MemberId,
): Promise<void> {
  await tx.measureContact.upsert({
    where: { measureId_partnerId: of, coalitionId },
    create: { coalitionId, ...of, memberId, since: now },
    update: { memberId, since: now },
  });
}

/** @param readings ways to understand what was typed, of which the person picks one */
export async function recordDraft(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  readings: readonly (readonly Entry[])[],
): Promise<DraftId> {
  await tx.measureDraft.deleteMany({
    where: { coalitionId, createdAt: { lt: new Date(now.getTime() - keepDraftsMs) } },
  });
  const id = newId<DraftId>();
  const entries = readings as unknown as Prisma.InputJsonValue;
  await tx.measureDraft.create({ data: { id, coalitionId, memberId, entries, createdAt: now } });
  return id;
}

/** Only for whoever typed it. */
export async function findDraft(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
  id: DraftId,
): Promise<{ readings: Entry[][]; takenAt: Date | null } | null> {
  const row = await reading.measureDraft.findFirst({ where: { coalitionId, memberId, id } });
  return row && { readings: row.entries as unknown as Entry[][], takenAt: row.takenAt };
}

/** True for the press that comes first. */
export async function claimDraft(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: DraftId,
): Promise<boolean> {
  const { count } = await tx.measureDraft.updateMany({
    where: { coalitionId, id, takenAt: null },
    data: { takenAt: now },
  });
  return count > 0;
}

/** What was asked back about requests is settled by what was given. */
export async function settleAsks(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { requests: readonly RequestId[]; kinds: readonly string[]; answer: string; by: MemberId | null },
): Promise<void> {
  await tx.measureAsk.updateMany({
    where: { coalitionId, requestId: { in: [...of.requests] }, kind: { in: [...of.kinds] }, open: true },
    data: { open: null, answer: of.answer, answeredAt: now, answeredById: of.by },
  });
}
