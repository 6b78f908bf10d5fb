import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { RequestId } from '../requests/rules.ts';
import { listRequests, type Request } from '../requests/store.ts';
import type { AskId, AskKind, movedBy } from './rules.ts';

/** False when the same was asked before and waits for its answer. */
export async function openAsk(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { requestId: RequestId; kind: AskKind; days?: number; text: string; memberId: MemberId },
): Promise<boolean> {
  const { count } = await tx.measureAsk.createMany({
    data: [{ coalitionId, ...of, at: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

export type Ask = {
  readonly id: AskId;
  readonly kind: AskKind;
  readonly days: number | null;
  readonly text: string;
  readonly memberId: MemberId | null;
  readonly member: string;
  readonly at: Date;
  readonly request: Request;
};

/** What waits for an answer, the oldest first. */
export async function listAsks(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { take: number; id?: AskId },
): Promise<{ asks: Ask[]; total: number }> {
  const where = { coalitionId, open: true, ...(of.id ? { id: of.id } : {}) };
  const rows = await reading.measureAsk.findMany({ where, orderBy: { at: 'asc' }, take: of.take });
  const total = await reading.measureAsk.count({ where });
  const requests = await listRequests(
    reading,
    coalitionId,
    rows.map(({ requestId }) => requestId as RequestId),
  );
  const members = await reading.member.findMany({
    where: { coalitionId, id: { in: rows.flatMap(({ memberId }) => memberId ?? []) } },
    select: { id: true, name: true },
  });
  const asks = rows.flatMap((row): Ask[] => {
    const request = requests.find(({ id }) => id === row.requestId);
    if (!request) return [];
    const member = members.find(({ id }) => id === row.memberId)?.name ?? '';
    const { days, text, at } = row;
    const memberId = row.memberId as MemberId | null;
    return [{ id: row.id as AskId, kind: row.kind as AskKind, days, text, memberId, member, at, request }];
  });
  return { asks, total };
}

/** True for whoever answers first. */
export async function answerAsk(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: AskId,
  of: { answer: 'granted' | 'refused' | 'done'; by: MemberId },
): Promise<boolean> {
  const { count } = await tx.measureAsk.updateMany({
    where: { coalitionId, id, open: true },
    data: { open: null, answer: of.answer, answeredAt: now, answeredById: of.by },
  });
  return count > 0;
}

export async function moveRequest(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RequestId,
  to: ReturnType<typeof movedBy>,
): Promise<void> {
  await tx.measureRequest.updateMany({ where: { coalitionId, id }, data: to });
}

/** Nobody is asked for it: it does not count as late. False when it was given or excused before. */
export async function excuseRequest(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: RequestId,
  of: { by: MemberId | null; why: string },
): Promise<boolean> {
  const { count } = await tx.measureRequest.updateMany({
    where: { coalitionId, id, submittedAt: null, excusedAt: null },
    data: { excusedAt: now, excusedById: of.by, excuse: of.why, nextAt: null },
  });
  return count > 0;
}
