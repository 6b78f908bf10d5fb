import type { CoalitionId, Id } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import type { Reading } from '../../../database.ts';

export type StaffTaskId = Id<'staff-task'>;
export type StaffTask = { readonly id: StaffTaskId; readonly text: Text; readonly openedAt: Date };

/** Open tasks, the oldest first. */
export async function listStaffTasks(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ tasks: StaffTask[]; total: number }> {
  const where = { coalitionId, doneAt: null };
  const rows = await reading.staffTask.findMany({
    where,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: most,
  });
  const tasks = rows.map(({ id, text, openedAt }) => ({
    id: id as StaffTaskId,
    text: text as unknown as Text,
    openedAt,
  }));
  return { tasks, total: await countStaffTasks(reading, coalitionId) };
}

export function countStaffTasks(reading: Reading, coalitionId: CoalitionId): Promise<number> {
  return reading.staffTask.count({ where: { coalitionId, doneAt: null } });
}

export async function closeStaffTask(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: StaffTaskId,
): Promise<void> {
  await tx.staffTask.updateMany({ where: { coalitionId, id, doneAt: null }, data: { doneAt: now } });
}
