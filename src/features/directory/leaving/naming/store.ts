import type { CoalitionId, MemberId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import { calendarFile, leastBeginning, type Renaming, withoutName } from './rules.ts';

/** Where sentences and cards are kept that were made for others and may name anybody. */
const written = [
  ['StaffTask', 'text'],
  ['Outgoing', 'card'],
  ['Outreach', 'card'],
  ['Outreach', 'why'],
  ['Outreach', 'urgent'],
  // A small meeting is called after whoever is in it.
  ['Meeting', 'title'],
] as const;

/**
 * Takes somebody's name out of what was written to others, sent or not: a task for staff, a message that told of them.
 * What already stands at a platform stays there.
 */
export async function removeName(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  instead: string,
): Promise<void> {
  const member = await tx.member.findFirst({ where: { coalitionId, id: memberId }, select: { name: true } });
  if (!member || member.name.trim() === '') return;
  const { name } = member;
  const others = await tx.member.count({ where: { coalitionId, name, id: { not: memberId } } });
  const renaming: Renaming = { memberId, name, instead, isShared: others > 0 };
  const asWritten = JSON.stringify(name.slice(0, leastBeginning)).slice(1, -1);
  for (const [table, column] of written) {
    const rows = await tx.$queryRawUnsafe<{ id: string; stored: unknown }[]>(
      `select "id"::text as "id", to_jsonb("${column}") as "stored" from "${table}"
       where "coalitionId" = $1::uuid
         and (position($2 in "${column}"::text) > 0 or position($3 in "${column}"::text) > 0
           or position($4 in "${column}"::text) > 0)`,
      coalitionId,
      memberId,
      asWritten,
      calendarFile,
    );
    for (const { id, stored } of rows) {
      await tx.$executeRawUnsafe(
        `update "${table}" set "${column}" = ${column === 'title' ? "$3::jsonb #>> '{}'" : '$3::jsonb'} where "coalitionId" = $1::uuid and "id" = $2::uuid`,
        coalitionId,
        id,
        JSON.stringify(withoutName(stored, renaming)),
      );
    }
  }
}
