import { z } from 'zod';
import type { CoalitionId, Id, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading, Tx } from '../../../database.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import { type Box, type Entry, toldTo, untoldOf } from './rules.ts';

export type ConcernId = Id<'concern'>;

const entry = z.object({ by: z.enum(['raiser', 'chosen', 'before']), words: z.string() });
const box = z.record(
  z.string(),
  z.object({
    to: z.string(),
    entries: z.array(entry),
    untold: z.boolean(),
    closed: z.boolean().default(false),
  }),
) as unknown as z.ZodType<Box>;

export async function findBox(reading: Reading, coalitionId: CoalitionId): Promise<Box> {
  const row = await reading.concernBox.findUnique({ where: { coalitionId } });
  return row ? box.parse(row.threads) : {};
}

/** Makes room for the first thread of a coalition, of which somebody is told the next morning at the earliest. */
export async function openBox({ tx }: Writing, coalitionId: CoalitionId, today: LocalDate): Promise<void> {
  await tx.concernBox.createMany({ data: { coalitionId, toldOn: today }, skipDuplicates: true });
}

async function lockBox(tx: Tx, coalitionId: CoalitionId): Promise<void> {
  await tx.$queryRaw`
    select 1 as "one" from "ConcernBox" where "coalitionId" = ${coalitionId}::uuid for update`;
}

/** One row for all threads without a name, rewritten as a whole under its lock. */
export async function changeBox(
  { tx }: Writing,
  coalitionId: CoalitionId,
  change: (now: Box) => Box | null,
): Promise<boolean> {
  await lockBox(tx, coalitionId);
  const next = change(await findBox(tx, coalitionId));
  if (!next) return false;
  const changed = await tx.concernBox.updateMany({ where: { coalitionId }, data: { threads: stored(next) } });
  return changed.count > 0;
}

const stored = (next: Box) => next as unknown as Prisma.InputJsonValue;

/** Every box there is, for whoever looks which of them has its morning. */
export async function listBoxes(
  reading: Reading,
): Promise<{ coalitionId: CoalitionId; timeZone: string; toldOn: LocalDate | null }[]> {
  return reading.$queryRaw`
    select b."coalitionId", c."timeZone", b."toldOn"
    from "ConcernBox" b join "Coalition" c on c."id" = b."coalitionId"`;
}

/**
 * Whoever is to be told this morning and is still here; once a day. The row is rewritten though there be nobody, so
 * that its last transaction says nothing about a concern.
 */
export async function takeUntold(
  { tx }: Writing,
  coalitionId: CoalitionId,
  today: LocalDate,
): Promise<MemberId[]> {
  await lockBox(tx, coalitionId);
  const row = await tx.concernBox.findUnique({ where: { coalitionId } });
  if (!row || (row.toldOn !== null && row.toldOn >= today)) return [];
  const now = box.parse(row.threads);
  const where = { coalitionId, id: { in: untoldOf(now) }, leftAt: null };
  const here = await tx.member.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  const people = here.map(({ id }) => id as MemberId);
  const threads = stored(toldTo(now, people));
  await tx.concernBox.update({ where: { coalitionId }, data: { threads, toldOn: today } });
  // The id of a timer says when it was planned, so none is to be left.
  await tx.timer.deleteMany({ where: { coalitionId, kind: 'check-ins.box' } });
  return people;
}

export type Concern = {
  readonly id: ConcernId;
  readonly toId: MemberId;
  readonly fromId: MemberId | null;
  /** Their names; null where nobody knows any more. */
  readonly to: string | null;
  readonly from: string | null;
  readonly entries: readonly Entry[];
  readonly closed: boolean;
};

export async function openConcern(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { toId: MemberId; fromId: MemberId; words: string },
): Promise<ConcernId> {
  const { words, ...people } = of;
  const thread: Entry[] = [{ by: 'raiser', words }];
  const row = await tx.concern.create({ data: { coalitionId, ...people, thread, at: now } });
  return row.id as ConcernId;
}

async function named(
  reading: Reading,
  coalitionId: CoalitionId,
  where: Prisma.ConcernWhereInput,
): Promise<Concern[]> {
  const rows = await reading.concern.findMany({
    where: { ...where, coalitionId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  });
  const people = await reading.member.findMany({
    where: {
      coalitionId,
      id: { in: rows.flatMap(({ toId, fromId }) => (fromId ? [toId, fromId] : [toId])) },
    },
    select: { id: true, name: true },
  });
  const nameOf = (member: string | null) => people.find(({ id }) => id === member)?.name ?? null;
  return rows.map((row) => ({
    id: row.id as ConcernId,
    toId: row.toId as MemberId,
    fromId: row.fromId as MemberId | null,
    to: nameOf(row.toId),
    from: nameOf(row.fromId),
    entries: z.array(entry).parse(row.thread),
    closed: row.closedAt !== null,
  }));
}

/** What somebody was told by name and what they raised so themselves, the latest first. */
export const listConcernsOf = (reading: Reading, coalitionId: CoalitionId, member: MemberId) =>
  named(reading, coalitionId, { OR: [{ toId: member }, { fromId: member }] });

export const listConcernsFrom = (reading: Reading, coalitionId: CoalitionId, fromId: MemberId) =>
  named(reading, coalitionId, { fromId });

/** What was raised to somebody by people who are still there for an answer. */
export const listOpenTo = (reading: Reading, coalitionId: CoalitionId, toId: MemberId) =>
  named(reading, coalitionId, { toId, closedAt: null, fromId: { not: null } });

/** One of somebody's own, whichever side they are on. */
export async function findConcern(
  reading: Reading,
  coalitionId: CoalitionId,
  id: ConcernId,
  member: MemberId,
): Promise<Concern | null> {
  const own = { id, OR: [{ toId: member }, { fromId: member }] };
  return (await named(reading, coalitionId, own))[0] ?? null;
}

/** Adds to what is there by then, so that two who write at once both keep their words; opens it again. */
export async function addWords(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: ConcernId,
  said: Entry,
): Promise<void> {
  await tx.$executeRaw`
    update "Concern" set "thread" = "thread" || ${JSON.stringify([said])}::jsonb, "closedAt" = null
    where "id" = ${id}::uuid and "coalitionId" = ${coalitionId}::uuid`;
}

/** Only whoever it was raised to closes it. */
export async function closeConcern(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: ConcernId,
  by: MemberId,
): Promise<void> {
  await tx.concern.updateMany({
    where: { id, coalitionId, toId: by, closedAt: null },
    data: { closedAt: now },
  });
}

/** Their own words go with them; what was said to them stays with whoever said it. */
export async function forgetConcerns({ tx }: Writing, coalitionId: CoalitionId, id: MemberId): Promise<void> {
  await tx.concern.deleteMany({ where: { coalitionId, fromId: id } });
}

export async function moveConcerns(
  writing: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  const { tx } = writing;
  await tx.concern.updateMany({ where: { coalitionId, fromId: from }, data: { fromId: into } });
  await tx.concern.updateMany({ where: { coalitionId, toId: from }, data: { toId: into } });
  await changeBox(writing, coalitionId, (now) =>
    Object.fromEntries(
      Object.entries(now).map(([key, thread]) => [
        key,
        thread.to === from ? { ...thread, to: into } : thread,
      ]),
    ),
  );
}
