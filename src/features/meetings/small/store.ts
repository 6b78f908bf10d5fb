import type { MemberId } from '../../../core/ids.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import type { Invitable } from '../proposing/store.ts';

/** People who are invited for themselves, with their own hours. */
export async function listPeople(
  reading: Reading,
  coalition: Coalition,
  ids: readonly MemberId[],
): Promise<(Invitable & { memberId: MemberId })[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId: coalition.id, id: { in: [...ids] }, leftAt: null },
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => ({
    partnerId: null,
    memberId: row.id as MemberId,
    name: row.name,
    sector: '',
    timeZone: row.timeZone,
    quietStart: row.quietHoursStart ?? coalition.quietHoursStart,
    quietEnd: row.quietHoursEnd ?? coalition.quietHoursEnd,
    took: 0,
  }));
}
