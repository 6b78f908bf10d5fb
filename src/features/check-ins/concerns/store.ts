import { z } from 'zod';
import type { CoalitionId, Id, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading } from '../../../database.ts';
import type { Box, Entry } from './rules.ts';

export type ConcernId = Id<'concern'>;

const entry = z.object({ by: z.enum(['raiser', 'chosen']), words: z.string() });
const box = z.record(
  z.string(),
  z.object({ to: z.string(), entries: z.array(entry), untold: z.boolean() }),
) as unknown as z.ZodType<Box>;

export async function findBox(reading: Reading, coalitionId: CoalitionId): Promise<Box> {
  const row = await reading.concernBox.findUnique({ where: { coalitionId } });
  return row ? box.parse(row.threads) : {};
}

/** One row for all threads without a name, rewritten as a whole under its lock. */
export async function changeBox(
  { tx }: Writing,
  coalitionId: CoalitionId,
  change: (now: Box) => Box | null,
): Promise<boolean> {
  await tx.concernBox.upsert({ where: { coalitionId }, create: { coalitionId }, update: {} });
  await tx.$queryRaw`
    select 1 as "one" from "ConcernBox" where "coalitionId" = ${coalitionId}::uuid for update`;
  const next = change(await findBox(tx, coalitionId));
  if (!next) return false;
  const threads = next as unknown as Prisma.InputJsonValue;
  await tx.concernBox.update({ where: { coalitionId }, data: { threads } });
  return true;
}

export type Concern = {
  readonly id: ConcernId;
  readonly toId: MemberId;
  readonly fromId: MemberId | null;
  readonly from: string | null;
  readonly entries: readonly Entry[];
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
  most: number,
): Promise<Concern[]> {
  const rows = await reading.concern.findMany({
    where: { ...where, coalitionId },
    orderBy: { at: 'desc' },
    take: most,
  });
  const people = await reading.member.findMany({
    where: { coalitionId, id: { in: rows.flatMap(({ fromId }) => fromId ?? []) } },
    select: { id: true, name: true },
  });
  return rows.map((row) => ({
    id: row.id as ConcernId,
    toId: row.toId as MemberId,
    fromId: row.fromId as MemberId | null,
    from: people.find(({ id }) => id === row.fromId)?.name ?? null,
    entries: z.array(entry).parse(row.thread),
  }));
}

/** What somebody was told by name, the latest first. */
export const listConcernsTo = (reading: Reading, coalitionId: CoalitionId, toId: MemberId, most: number) =>
  named(reading, coalitionId, { toId }, most);

export const listConcernsFrom = (reading: Reading, coalitionId: CoalitionId, fromId: MemberId) =>
  named(reading, coalitionId, { fromId }, 100);

/** One of somebody's own, whichever side they are on. */
export async function findConcern(
  reading: Reading,
  coalitionId: CoalitionId,
  id: ConcernId,
  member: MemberId,
): Promise<Concern | null> {
  const own = { id, OR: [{ toId: member }, { fromId: member }] };
  return (await named(reading, coalitionId, own, 1))[0] ?? null;
}

export async function addWords(
  { tx }: Writing,
  coalitionId: CoalitionId,
  concern: Concern,
  said: Entry,
): Promise<void> {
  await tx.concern.updateMany({
    where: { id: concern.id, coalitionId },
    data: { thread: [...concern.entries, said] as unknown as Prisma.InputJsonValue },
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
