import type { AccountId, CoalitionId, MemberId, PartnerId } from '../core/ids.ts';
import type { Coalition, Member, Standing } from '../core/who.ts';
import type { Reading } from '../database.ts';

/** Reads of who is who that every feature needs. What changes them is the directory's. */

export async function getCoalition(reading: Reading, id: CoalitionId): Promise<Coalition> {
  const row = await reading.coalition.findUniqueOrThrow({ where: { id } });
  return { ...row, id: row.id as CoalitionId };
}

/** Null when they left, or belong to another coalition. */
export async function findMember(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<Member | null> {
  const row = await reading.member.findFirst({
    where: { id, coalitionId, leftAt: null },
    include: { partner: true, accounts: { take: 1, orderBy: { id: 'asc' } } },
  });
  return row && memberOf(row);
}

export async function listBackbone(reading: Reading, coalitionId: CoalitionId): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: { coalitionId, standing: 'backbone', leftAt: null },
    include: { partner: true, accounts: { take: 1, orderBy: { id: 'asc' } } },
    orderBy: { joinedAt: 'asc' },
  });
  return rows.map(memberOf);
}

/** Whoever speaks for a partner: its representative first, then its alternates. */
export async function listVoices(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Member[]> {
  const rows = await reading.member.findMany({
    where: {
      coalitionId,
      partnerId,
      leftAt: null,
      standing: { in: ['representative', 'alternate', 'backbone'] },
    },
    include: { partner: true, accounts: { take: 1, orderBy: { id: 'asc' } } },
    orderBy: { joinedAt: 'asc' },
  });
  const order: Standing[] = ['representative', 'alternate', 'backbone'];
  return rows.map(memberOf).sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
}

export function memberOf(row: {
  id: string;
  name: string;
  standing: string;
  language: string;
  timeZone: string;
  partner: { id: string; name: string; leftAt: Date | null } | null;
  accounts: { id: string }[];
}): Member {
  return {
    id: row.id as MemberId,
    accountId: (row.accounts[0]?.id ?? '') as AccountId,
    name: row.name,
    standing: row.standing as Standing,
    partner:
      row.partner && row.partner.leftAt === null
        ? { id: row.partner.id as PartnerId, name: row.partner.name }
        : null,
    language: row.language,
    timeZone: row.timeZone,
  };
}
