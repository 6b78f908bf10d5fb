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
  const where = { coalitionId, state: { in: ['waiting', 'held'] }, confidential: false };
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

/** What went out by itself since a moment or was dropped, the latest first: to people, and to channels. */
export async function listGone(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { since: Date; member: MemberId | null; most: number },
): Promise<{ lines: Line[]; cut: boolean }> {
  const settledAt = { gte: of.since };
  const states = { in: ['sent', 'expired', 'unreachable'] };
  const ofOne = of.member ? { memberId: of.member } : {};
  const rows = await reading.outreach.findMany({
    where: { coalitionId, settledAt, state: states, confidential: false, ...ofOne },
    orderBy: [{ settledAt: 'desc' }, { id: 'desc' }],
    take: of.most + 1,
  });
  const posts = of.member
    ? []
    : await reading.outgoing.findMany({
        where: {
          ...{ coalitionId, byItself: true, createdAt: settledAt },
          state: { in: ['sent', 'expired', 'undeliverable'] },
        },
        orderBy: { position: 'desc' },
        take: of.most + 1,
      });
  const lines = [
    ...rows.map((row): Line & { at: Date } => ({
      to: { member: row.memberId as MemberId },
      at: row.settledAt ?? row.wantedAt,
      kind: row.kind as Line['kind'],
      job: `${row.feature}.${row.subject.split(':')[0] ?? ''}`,
      card: row.card as unknown as Card,
      text: null,
      why: row.why as unknown as Text | null,
      became: row.state as 'sent' | 'expired' | 'unreachable',
    })),
    ...posts.map((row): Line & { at: Date } => ({
      to: 'channel',
      at: row.sentAt ?? row.createdAt,
      kind: 'channel',
      job: `delivery.${row.key.split(':')[0] ?? ''}`,
      card: row.card as unknown as Card,
      text: null,
      why: row.why as unknown as Text | null,
      became: row.state === 'undeliverable' ? 'unreachable' : (row.state as 'sent' | 'expired'),
    })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return { lines: lines.slice(0, of.most), cut: lines.length > of.most };
}

/** Somebody, and the partner they are there for. */
export type Named = { readonly name: string; readonly partner: string | null };

export async function listNames(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly MemberId[],
): Promise<Map<MemberId, Named>> {
  const rows = await reading.member.findMany({
    where: { coalitionId, id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, partner: { select: { name: true } } },
  });
  return new Map(
    rows.map(({ id, name, partner }) => [id as MemberId, { name, partner: partner?.name ?? null }]),
  );
}
