import type { CoalitionId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading } from '../../../database.ts';
import { type Charter, charter, firstCharter } from '../charter/rules.ts';
import type { DecisionId } from '../decision/store.ts';
import { canonical, type Entry, type EntryKind, entryHash } from './rules.ts';

type Book = {
  readonly lastNumber: number;
  readonly lastEntry: number;
  readonly head: string;
  readonly charter: Charter;
  /** The decision that made the charter; null for the one a coalition begins with. */
  readonly charterBy: number | null;
};

const emptyBook: Book = { lastNumber: 0, lastEntry: 0, head: '', charter: firstCharter, charterBy: null };

export async function findBook(reading: Reading, coalitionId: CoalitionId): Promise<Book> {
  const row = await reading.decisionBook.findUnique({ where: { coalitionId } });
  return row ? { ...row, charter: charter.parse(row.charter) } : emptyBook;
}

/** Takes the book for the rest of the transaction, so that numbers and entries come one after another. */
async function lockBook({ tx }: Writing, coalitionId: CoalitionId): Promise<Book> {
  await tx.decisionBook.createMany({
    data: [{ coalitionId, charter: firstCharter as unknown as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
  await tx.$queryRaw`select 1 as "locked" from "DecisionBook" where "coalitionId" = ${coalitionId}::uuid for update`;
  return findBook(tx, coalitionId);
}

export async function takeNumber(writing: Writing, coalitionId: CoalitionId): Promise<number> {
  const { lastNumber } = await lockBook(writing, coalitionId);
  await writing.tx.decisionBook.update({ where: { coalitionId }, data: { lastNumber: lastNumber + 1 } });
  return lastNumber + 1;
}

/** Adds one entry to the end of the chain and returns its hash. */
export async function recordEntry(
  writing: Writing,
  coalitionId: CoalitionId,
  entry: { decisionId: DecisionId; kind: EntryKind; body: Record<string, unknown> },
): Promise<{ position: number; hash: string }> {
  const { head, lastEntry } = await lockBook(writing, coalitionId);
  const position = lastEntry + 1;
  const body = canonical({ ...entry.body, kind: entry.kind, at: writing.now.toISOString() });
  const hash = entryHash(head, body);
  const { decisionId, kind } = entry;
  await writing.tx.decisionEntry.create({
    data: { coalitionId, position, decisionId, kind, body, previousHash: head, hash, at: writing.now },
  });
  await writing.tx.decisionBook.update({
    where: { coalitionId },
    data: { lastEntry: position, head: hash },
  });
  return { position, hash };
}

export async function recordCharter(
  writing: Writing,
  coalitionId: CoalitionId,
  of: { charter: Charter; by: number },
): Promise<void> {
  await lockBook(writing, coalitionId);
  await writing.tx.decisionBook.update({
    where: { coalitionId },
    data: { charter: of.charter as unknown as Prisma.InputJsonValue, charterBy: of.by },
  });
}

export async function listEntries(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { decisionId?: DecisionId } = {},
): Promise<(Entry & { at: Date })[]> {
  const { decisionId } = of;
  return reading.decisionEntry.findMany({
    where: { coalitionId, ...(decisionId ? { decisionId } : {}) },
    orderBy: { position: 'asc' },
    select: { position: true, kind: true, body: true, previousHash: true, hash: true, at: true },
  });
}

type KeptReason = {
  readonly id: string;
  readonly voiceId: string | null;
  readonly text: string;
  readonly salt: string;
  readonly digest: string;
};

export async function listReasons(
  reading: Reading,
  coalitionId: CoalitionId,
  decisionId: DecisionId,
): Promise<KeptReason[]> {
  // By random id: for an anonymous decision no order says anything.
  return reading.decisionReason.findMany({ where: { coalitionId, decisionId }, orderBy: { id: 'asc' } });
}
