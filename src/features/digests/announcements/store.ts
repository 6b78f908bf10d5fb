import { createHash } from 'node:crypto';
import type { CoalitionId, Id, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

export type AnnouncementId = Id<'announcement'>;
type AnnouncementState = 'waiting' | 'told' | 'withdrawn' | 'removed';

export type Announcement = {
  readonly id: AnnouncementId;
  readonly memberId: MemberId | null;
  readonly from: string;
  readonly text: string;
  readonly state: AnnouncementState;
};

/** Writes an announcement down; the same words again are the same announcement, and it waits again. */
export async function openAnnouncement(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId | null; memberId: MemberId; from: string; text: string; issueId: string },
): Promise<Announcement> {
  const { issueId, ...said } = of;
  const sameKey = sameKeyOf(of.memberId, issueId, of.text);
  await tx.announcement.createMany({
    data: { coalitionId, ...said, sameKey, createdAt: now, changedAt: now },
    skipDuplicates: true,
  });
  await tx.announcement.updateMany({
    where: { coalitionId, sameKey, state: 'withdrawn' },
    data: { state: 'waiting', changedAt: now },
  });
  const row = await tx.announcement.findUniqueOrThrow({
    where: { coalitionId_sameKey: { coalitionId, sameKey } },
  });
  return announcementOf(row);
}

export async function findAnnouncement(
  reading: Reading,
  coalitionId: CoalitionId,
  id: AnnouncementId,
): Promise<Announcement | null> {
  const row = await reading.announcement.findFirst({ where: { id, coalitionId } });
  return row && announcementOf(row);
}

/** What waits to be told, in the order in which it was announced. */
export async function listWaiting(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { by?: MemberId; most?: number } = {},
): Promise<Announcement[]> {
  const rows = await reading.announcement.findMany({
    where: { coalitionId, state: 'waiting', ...(of.by ? { memberId: of.by } : {}) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    ...(of.most ? { take: of.most } : {}),
  });
  return rows.map(announcementOf);
}

/** Changes what still waits; false when it has been told meanwhile, or was taken out. */
export async function recordText(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: AnnouncementId,
  text: string,
): Promise<boolean> {
  const changed = await tx.announcement.updateMany({
    where: { id, coalitionId, state: 'waiting' },
    data: { text, changedAt: now },
  });
  return changed.count > 0;
}

/** Takes one out, or puts it back; one that has been told stays told. */
export async function recordState(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: AnnouncementId,
  change: { from: AnnouncementState; to: AnnouncementState },
): Promise<void> {
  await tx.announcement.updateMany({
    where: { id, coalitionId, state: change.from },
    data: { state: change.to, changedAt: now },
  });
}

export async function recordTold(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  ids: readonly string[],
  occurrence: string,
): Promise<void> {
  const issue = await tx.digestIssue.findUniqueOrThrow({
    where: { coalitionId_occurrence: { coalitionId, occurrence } },
  });
  await tx.announcement.updateMany({
    where: { coalitionId, id: { in: [...ids] }, state: 'waiting' },
    data: { state: 'told', issueId: issue.id, changedAt: now },
  });
}

/** What a member announced, for their export. */
export async function listAnnouncementsOf(reading: Reading, coalitionId: CoalitionId, memberId: MemberId) {
  return reading.announcement.findMany({
    where: { coalitionId, memberId },
    orderBy: { createdAt: 'asc' },
    select: { from: true, text: true, state: true, createdAt: true, changedAt: true },
  });
}

/** What was told stays under the partner's name; what still waits goes with its author. */
export async function forgetAuthor(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  await tx.announcement.deleteMany({ where: { coalitionId, memberId, state: { not: 'told' } } });
  const told = await tx.announcement.findMany({ where: { coalitionId, memberId }, select: { id: true } });
  for (const { id } of told) {
    // The key was made from the author too.
    await tx.announcement.update({ where: { id }, data: { memberId: null, sameKey: id } });
  }
}

export async function moveAnnouncements(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  // The key stays: it holds the one who wrote it, and two ids in it cannot meet.
  await tx.announcement.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
}

function sameKeyOf(memberId: MemberId, issueId: string, text: string): string {
  return createHash('sha256').update([memberId, issueId, text].join('\n')).digest('hex');
}

function announcementOf(row: {
  id: string;
  memberId: string | null;
  from: string;
  text: string;
  state: string;
}): Announcement {
  const { id, memberId, from, text, state } = row;
  return {
    id: id as AnnouncementId,
    memberId: memberId as MemberId | null,
    from,
    text,
    state: state as AnnouncementState,
  };
}

/** What a partner last announced, if that was since then. */
export async function findNews(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  since: Date,
): Promise<string | null> {
  const row = await reading.announcement.findFirst({
    where: { coalitionId, partnerId, state: { in: ['waiting', 'told'] }, createdAt: { gte: since } },
    orderBy: { createdAt: 'desc' },
    select: { text: true },
  });
  return row?.text ?? null;
}
