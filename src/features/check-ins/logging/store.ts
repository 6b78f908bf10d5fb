import { type CoalitionId, type Id, type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { ContactKind, Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';

export type PromiseId = Id<'staff-promise'>;
type CheckInKind = 'call' | 'visit' | 'coffee';

export async function recordCheckIn(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; memberId: MemberId; kind: CheckInKind; line: string },
): Promise<string> {
  const row = await tx.checkIn.create({ data: { id: newId(), coalitionId, ...of, at: now } });
  await tx.care.updateMany({
    where: { coalitionId, partnerId: of.partnerId },
    data: { plannedOn: null },
  });
  return row.id;
}

export async function openPromise(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; ownerId: MemberId; text: string; dueOn: string },
): Promise<PromiseId> {
  const row = await tx.staffPromise.create({ data: { coalitionId, ...of, madeAt: now } });
  return row.id as PromiseId;
}

export type StaffPromise = {
  readonly id: PromiseId;
  readonly partnerId: PartnerId;
  readonly ownerId: MemberId | null;
  readonly text: string;
  readonly dueOn: string;
};

export async function listPromises(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  most: number,
): Promise<StaffPromise[]> {
  const rows = await reading.staffPromise.findMany({
    where: { coalitionId, partnerId, doneAt: null },
    orderBy: { dueOn: 'asc' },
    take: most,
  });
  return rows.map(promiseOf);
}

export async function findPromise(
  reading: Reading,
  coalitionId: CoalitionId,
  id: PromiseId,
): Promise<(StaffPromise & { done: boolean }) | null> {
  const row = await reading.staffPromise.findFirst({ where: { id, coalitionId } });
  return row && { ...promiseOf(row), done: row.doneAt !== null };
}

const promiseOf = (row: {
  id: string;
  partnerId: string;
  ownerId: string | null;
  text: string;
  dueOn: string;
}): StaffPromise => ({
  id: row.id as PromiseId,
  partnerId: row.partnerId as PartnerId,
  ownerId: row.ownerId as MemberId | null,
  text: row.text,
  dueOn: row.dueOn,
});

export async function closePromise({ tx, now }: Writing, coalitionId: CoalitionId, id: PromiseId) {
  await tx.staffPromise.updateMany({ where: { id, coalitionId, doneAt: null }, data: { doneAt: now } });
}

export async function recordNote(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; memberId: MemberId; text: string },
): Promise<void> {
  await tx.staffNote.create({ data: { coalitionId, ...of, at: now } });
}

export type Entry = {
  readonly at: Date;
  readonly kind: ContactKind;
  /** What staff wrote, for a logged contact. */
  readonly line: string | null;
};

/** Real contacts, the latest first, with the line of those that staff logged. */
export async function listHistory(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  most: number,
): Promise<Entry[]> {
  const where = { coalitionId, partnerId };
  const rows = await reading.contact.findMany({ where, orderBy: { at: 'desc' }, take: most });
  const lines = await reading.checkIn.findMany({ where, orderBy: { at: 'desc' }, take: most });
  return rows.map(({ at, kind, subject }) => ({
    at,
    kind: kind as ContactKind,
    line: lines.find(({ id }) => subject === `check-in:${id}`)?.line ?? null,
  }));
}

export async function listNotes(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  most: number,
): Promise<{ text: string; at: Date; memberId: string | null }[]> {
  return reading.staffNote.findMany({
    where: { coalitionId, partnerId },
    orderBy: { at: 'desc' },
    take: most,
    select: { text: true, at: true, memberId: true },
  });
}

export type Written = {
  readonly at: Date;
  readonly entry:
    | { readonly is: 'contact'; readonly kind: ContactKind; readonly line: string | null }
    | { readonly is: 'note'; readonly text: string; readonly memberId: string | null }
    | { readonly is: 'promise'; readonly text: string; readonly dueOn: string; readonly kept: boolean };
};

/** Everything about a partner in full, the latest first. @param of.staff with what is for staff alone */
export async function listWritten(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; staff: boolean },
): Promise<Written[]> {
  const where = { coalitionId, partnerId: of.partnerId };
  const contacts = await reading.contact.findMany({ where });
  const logged = await reading.checkIn.findMany({ where });
  const lines = new Map(logged.map(({ id, line }) => [`check-in:${id}`, line]));
  const all: Written[] = contacts.map(({ at, kind, subject }) => ({
    at,
    entry: { is: 'contact', kind: kind as ContactKind, line: lines.get(subject) ?? null },
  }));
  if (of.staff) {
    for (const { at, text, memberId } of await reading.staffNote.findMany({ where }))
      all.push({ at, entry: { is: 'note', text, memberId } });
    for (const { madeAt, text, dueOn, doneAt } of await reading.staffPromise.findMany({ where }))
      all.push({ at: madeAt, entry: { is: 'promise', text, dueOn, kept: doneAt !== null } });
  }
  return all.sort((a, b) => b.at.getTime() - a.at.getTime());
}

export async function findLastAsk(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<{ feature: string; at: Date } | null> {
  return reading.touchpoint.findFirst({
    where: { coalitionId, partnerId, kind: 'ask' },
    orderBy: { at: 'desc' },
    select: { feature: true, at: true },
  });
}

/** What a partner's people may have of this: what was logged about them, never staff's own notes and promises. */
export async function listLogged(reading: Reading, coalitionId: CoalitionId, partnerId: PartnerId) {
  return reading.checkIn.findMany({
    where: { coalitionId, partnerId },
    orderBy: { at: 'asc' },
    select: { kind: true, line: true, at: true },
  });
}

/** What was written by somebody who asked to be forgotten stays the coalition's, without them. */
export async function forgetStaff({ tx }: Writing, coalitionId: CoalitionId, id: MemberId): Promise<void> {
  const own = { where: { coalitionId, memberId: id }, data: { memberId: null } };
  await tx.checkIn.updateMany(own);
  await tx.staffNote.updateMany(own);
  await tx.staffPromise.updateMany({ where: { coalitionId, ownerId: id }, data: { ownerId: null } });
}

export async function moveStaff(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  const own = { where: { coalitionId, memberId: from }, data: { memberId: into } };
  await tx.checkIn.updateMany(own);
  await tx.staffNote.updateMany(own);
  await tx.staffPromise.updateMany({ where: { coalitionId, ownerId: from }, data: { ownerId: into } });
  await tx.care.updateMany({ where: { coalitionId, ownerId: from }, data: { ownerId: into } });
  await tx.care.updateMany({ where: { coalitionId, backupId: from }, data: { backupId: into } });
}
