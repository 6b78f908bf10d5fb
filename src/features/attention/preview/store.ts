import type { Card } from '../../../core/card.ts';
import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Text } from '../../../core/text.ts';
import type { Reading } from '../../../database.ts';
import type { Line } from './rules.ts';

/** What is wanted already and has not gone out, by what it is about. */
export async function listUnsent(
  reading: Reading,
  coalitionId: CoalitionId,
  most: number,
): Promise<{ lines: Line[]; total: number }> {
  const where = { coalitionId, state: { in: ['waiting', 'held'] } };
  const paused = await reading.outgoing.findMany({
    where: { coalitionId, state: 'paused' },
    orderBy: { position: 'asc' },
    take: most,
  });
  const [rows, total] = await Promise.all([
    reading.outreach.findMany({ where, orderBy: [{ wantedAt: 'asc' }, { id: 'asc' }], take: most }),
    reading.outreach.count({ where }),
  ]);
  const lines = rows.map(
    (row): Line => ({
      to: { member: row.memberId as MemberId },
      at: row.state === 'held' ? 'held' : 'next',
      kind: row.kind as Line['kind'],
      job: `${row.feature}.${row.subject.split(':')[0] ?? ''}`,
      card: row.card as unknown as Card,
      text: null,
      why: row.why as unknown as Text | null,
    }),
  );
  const posts = paused.map(
    (row): Line => ({
      to: 'channel',
      at: 'paused',
      kind: 'channel',
      job: `delivery.${row.key.split(':')[0] ?? ''}`,
      card: row.card as unknown as Card,
      text: null,
      why: row.why as unknown as Text | null,
    }),
  );
  return { lines: [...lines, ...posts], total };
}

export async function listNames(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly MemberId[],
): Promise<Map<MemberId, string>> {
  const rows = await reading.member.findMany({
    where: { coalitionId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, partner: { select: { name: true } } },
  });
  return new Map(
    rows.map(({ id, name, partner }) => [id as MemberId, partner ? `${name} (${partner.name})` : name]),
  );
}
