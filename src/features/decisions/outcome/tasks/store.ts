import type { CoalitionId, MemberId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import type { Reading } from '../../../../database.ts';
import type { DecisionId } from '../../decision/store.ts';
import type { FollowUpId } from '../cards.ts';

export type Task = {
  readonly id: FollowUpId;
  readonly decisionId: DecisionId;
  readonly text: string;
  readonly memberId: MemberId | null;
  readonly dueAt: Date | null;
  readonly doneAt: Date | null;
};

export async function findTask(reading: Reading, coalitionId: CoalitionId, id: string): Promise<Task | null> {
  const row = await reading.decisionFollowUp.findFirst({ where: { id, coalitionId } });
  return row as Task | null;
}

/** Says who does it and until when; said again, it is somebody else's, or due at another time. */
export async function recordAssigned(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: FollowUpId,
  to: { memberId: MemberId; assignee: string; dueAt: Date | null },
): Promise<boolean> {
  const changed = await tx.decisionFollowUp.updateMany({
    where: { id, coalitionId, doneAt: null },
    data: to,
  });
  return changed.count > 0;
}

/** Once: whoever says it first. Null when there is no such task. */
export async function recordDone(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: FollowUpId,
): Promise<void> {
  await tx.decisionFollowUp.updateMany({ where: { id, coalitionId, doneAt: null }, data: { doneAt: now } });
}

/** Somebody leaves: what they had not done is nobody's again. */
export async function freeTasks(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  const freed = await tx.decisionFollowUp.updateMany({
    where: { coalitionId, memberId, doneAt: null },
    data: { memberId: null, assignee: '' },
  });
  return freed.count;
}
