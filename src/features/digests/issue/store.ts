import type { CoalitionId, Id, MemberId, PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { addDays, type LocalDate } from '../../../time/wall-clock.ts';
import type { Weekly } from '../../../time/weekly.ts';
import { type Occurrence, weekOf } from './rules.ts';

export type IssueId = Id<'digest-issue'>;
export type DropId = Id<'digest-drop'>;
export type WhenSilent = 'card' | 'next';
type IssueState = 'planned' | 'held' | 'sent' | 'empty' | 'missed' | 'nowhere';

export type Schedule = {
  readonly weekday: number;
  readonly time: string;
  readonly whenSilent: WhenSilent;
  readonly answerDays: number;
  readonly stopped: boolean;
  /** The issue that goes out next. */
  readonly issue: Issue;
};

export type Issue = {
  readonly id: IssueId;
  readonly occurrence: LocalDate;
  readonly week: LocalDate;
  readonly dueAt: Date;
  readonly state: IssueState;
  readonly late: boolean;
  readonly contents: readonly SectionRecord[];
  readonly closedAt: Date | null;
};

/** How one section fared in an issue, counted in items. */
export type SectionRecord = { name: string; title: string; told: number; left: number; dropped: number };

export type Drop = {
  readonly id: DropId;
  readonly section: string;
  readonly key: string;
  readonly label: string;
};
export type DigestPlace = { readonly id: PlaceId; readonly ref: string; readonly name: string };

export const weeklyOf = (
  { weekday, time }: { weekday: number; time: string },
  { timeZone }: Coalition,
): Weekly => ({
  weekday,
  time,
  timeZone,
});

export async function findSchedule(reading: Reading, coalitionId: CoalitionId): Promise<Schedule | null> {
  const row = await reading.digestSchedule.findUnique({ where: { coalitionId } });
  if (!row) return null;
  const issue = await reading.digestIssue.findFirstOrThrow({ where: { id: row.issueId, coalitionId } });
  return {
    weekday: row.weekday,
    time: row.time,
    whenSilent: row.whenSilent as WhenSilent,
    answerDays: row.answerDays,
    stopped: row.stoppedAt !== null,
    issue: issueOf(issue),
  };
}

/** Keeps everybody else away from a coalition's next issue for the rest of this transaction. */
export async function lockSchedule({ tx }: Writing, coalitionId: CoalitionId): Promise<Schedule | null> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`digests:${coalitionId}`}, 0))::text`;
  return findSchedule(tx, coalitionId);
}

/** To be called under the lock, when there is no schedule. */
export async function openSchedule(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { weekday: number; time: string; whenSilent?: WhenSilent; answerDays?: number; first: Occurrence },
): Promise<void> {
  const { first, ...settings } = of;
  const issue = await tx.digestIssue.create({ data: { coalitionId, ...named(first) } });
  await tx.digestSchedule.create({
    data: { coalitionId, ...settings, issueId: issue.id, changedAt: now },
  });
}

export async function recordSchedule(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { weekday: number; time: string; whenSilent?: WhenSilent; answerDays?: number },
): Promise<void> {
  await tx.digestSchedule.update({
    where: { coalitionId },
    data: { ...of, stoppedAt: null, changedAt: now },
  });
}

export async function recordStopped({ tx, now }: Writing, coalitionId: CoalitionId): Promise<void> {
  await tx.digestSchedule.updateMany({
    where: { coalitionId, stoppedAt: null },
    data: { stoppedAt: now, changedAt: now },
  });
}

export async function recordDigestPlace(
  { tx }: Writing,
  coalitionId: CoalitionId,
  workspaceId: string,
  placeId: PlaceId,
): Promise<void> {
  const key = { coalitionId, workspaceId };
  await tx.digestPlace.upsert({
    where: { coalitionId_workspaceId: key },
    create: { ...key, placeId },
    update: { placeId },
  });
}

export async function listDigestPlaces(reading: Reading, coalitionId: CoalitionId): Promise<DigestPlace[]> {
  const chosen = await reading.digestPlace.findMany({ where: { coalitionId } });
  const rows = await reading.place.findMany({
    where: { coalitionId, id: { in: chosen.map(({ placeId }) => placeId) } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, ref, name }) => ({ id: id as PlaceId, ref, name }));
}

/** Opens the issue that goes out next; whatever is still open for the last one is the caller's to move. */
export async function openIssue({ tx }: Writing, coalitionId: CoalitionId, next: Occurrence): Promise<Issue> {
  const row = await tx.digestIssue.create({ data: { coalitionId, ...named(next) } });
  await tx.digestSchedule.update({ where: { coalitionId }, data: { issueId: row.id } });
  return issueOf(row);
}

/** Moves an issue that has not gone out to another occurrence; its drops and its spotlight go with it. */
export async function moveIssue(
  { tx }: Writing,
  coalitionId: CoalitionId,
  issueId: IssueId,
  to: Occurrence,
  state?: 'planned',
): Promise<void> {
  await tx.digestIssue.update({
    where: { id: issueId, coalitionId },
    data: { ...named(to), ...(state ? { state } : {}) },
  });
}

/** Writes down an occurrence that did not go out, beside the issue that took its place. */
export async function recordPassed(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  occurrence: Occurrence,
  state: 'missed' | 'held',
): Promise<void> {
  await tx.digestIssue.createMany({
    data: { coalitionId, ...named(occurrence), state, closedAt: now },
    skipDuplicates: true,
  });
}

export async function closeIssue(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  issueId: IssueId,
  as: { state: 'sent' | 'empty' | 'nowhere'; late: boolean; contents: readonly SectionRecord[] },
): Promise<void> {
  await tx.digestIssue.update({
    where: { id: issueId, coalitionId },
    data: { ...as, contents: as.contents as Prisma.InputJsonValue, until: now, closedAt: now },
  });
}

/** Holds the issue, or lets it go again; true when that changed anything. */
export async function recordHeld(
  { tx }: Writing,
  coalitionId: CoalitionId,
  issueId: IssueId,
  held: boolean,
): Promise<boolean> {
  const [from, to] = held ? ['planned', 'held'] : ['held', 'planned'];
  const changed = await tx.digestIssue.updateMany({
    where: { id: issueId, coalitionId, state: from as string },
    data: { state: to as string },
  });
  return changed.count > 0;
}

/** Up to when the coalition has been told: the end of the last issue that went out, or its own beginning. */
export async function findToldUntil(reading: Reading, coalitionId: CoalitionId): Promise<Date> {
  const last = await reading.digestIssue.findFirst({
    where: { coalitionId, state: 'sent' },
    orderBy: { until: 'desc' },
  });
  if (last?.until) return last.until;
  const coalition = await reading.coalition.findUniqueOrThrow({ where: { id: coalitionId } });
  return coalition.createdAt;
}

/** The weeks around now that have had their issue, without the one that goes out next. */
export async function listTakenWeeks(
  reading: Reading,
  coalitionId: CoalitionId,
  since: LocalDate,
  except: IssueId | null,
): Promise<Set<LocalDate>> {
  const rows = await reading.digestIssue.findMany({
    where: { coalitionId, week: { gte: addDays(since, -14) }, ...(except ? { id: { not: except } } : {}) },
    select: { week: true },
  });
  return new Set(rows.map(({ week }) => week));
}

export async function listClosedIssues(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<Issue[]> {
  const rows = await reading.digestIssue.findMany({
    where: { coalitionId, closedAt: { not: null } },
    orderBy: { dueAt: 'desc' },
    take: most,
  });
  return rows.map(issueOf);
}

export async function listDrops(
  reading: Reading,
  coalitionId: CoalitionId,
  issueId: IssueId,
): Promise<Drop[]> {
  const rows = await reading.digestDrop.findMany({
    where: { coalitionId, issueId },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, section, key, label }) => ({ id: id as DropId, section, key, label }));
}

export async function recordDrop(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  issueId: IssueId,
  item: { section: string; key: string; label: string; memberId: MemberId },
): Promise<void> {
  await tx.digestDrop.createMany({
    data: { coalitionId, issueId, ...item, droppedAt: now },
    skipDuplicates: true,
  });
}

/** Takes a drop back from an issue that has not gone out. */
export async function removeDrop(
  { tx }: Writing,
  coalitionId: CoalitionId,
  issueId: IssueId,
  dropId: DropId,
): Promise<boolean> {
  const gone = await tx.digestDrop.deleteMany({ where: { id: dropId, coalitionId, issueId } });
  return gone.count > 0;
}

export async function forgetDropper(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  await tx.digestDrop.updateMany({ where: { coalitionId, memberId }, data: { memberId: null } });
}

export async function moveDrops(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.digestDrop.updateMany({ where: { coalitionId, memberId: from }, data: { memberId: into } });
}

const named = ({ date, at }: Occurrence) => ({ occurrence: date, week: weekOf(date), dueAt: at });

function issueOf(row: {
  id: string;
  occurrence: string;
  week: string;
  dueAt: Date;
  state: string;
  late: boolean;
  contents: Prisma.JsonValue;
  closedAt: Date | null;
}): Issue {
  return {
    ...row,
    id: row.id as IssueId,
    state: row.state as IssueState,
    contents: (row.contents ?? []) as SectionRecord[],
  };
}
