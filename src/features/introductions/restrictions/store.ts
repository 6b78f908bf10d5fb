import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { ordered } from '../groups/store.ts';

type RuleKind = 'must' | 'must-not';
type MeetingRule = {
  readonly kind: RuleKind;
  readonly oneId: PartnerId;
  readonly otherId: PartnerId;
  readonly done: boolean;
};

export async function listRules(reading: Reading, coalitionId: CoalitionId): Promise<MeetingRule[]> {
  const rows = await reading.introRule.findMany({ where: { coalitionId }, orderBy: { createdAt: 'asc' } });
  return rows.map((row) => ({
    kind: row.kind as RuleKind,
    oneId: row.oneId as PartnerId,
    otherId: row.otherId as PartnerId,
    done: row.doneAt !== null,
  }));
}

/** One rule to a pair: a new one replaces what was there. */
export async function recordRule(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  kind: RuleKind,
  a: PartnerId,
  b: PartnerId,
): Promise<void> {
  const [oneId, otherId] = ordered(a, b);
  await tx.introRule.upsert({
    where: { coalitionId_oneId_otherId: { coalitionId, oneId, otherId } },
    create: { coalitionId, oneId, otherId, kind, createdAt: now },
    update: { kind, doneAt: null },
  });
}

export async function closeRule(
  { tx }: Writing,
  coalitionId: CoalitionId,
  a: PartnerId,
  b: PartnerId,
): Promise<void> {
  const [oneId, otherId] = ordered(a, b);
  await tx.introRule.deleteMany({ where: { coalitionId, oneId, otherId } });
}

/** Names of partners, those who left included: history stays under its name. */
export async function listPartnerNames(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly PartnerId[],
): Promise<Map<PartnerId, string>> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id as PartnerId, name]));
}
