import { type CoalitionId, type MemberId, newId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { measureOf } from '../definition/store.ts';
import type { Given } from '../figures/rules.ts';
import { stateOf } from '../requests/rules.ts';
import type { DefinitionLine, FigureLine } from './rules.ts';

export type Scope = 'totals' | 'everything';

export async function listDefinitions(reading: Reading, coalitionId: CoalitionId): Promise<DefinitionLine[]> {
  const rows = await reading.measure.findMany({
    where: { coalitionId, state: { not: 'draft' } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => {
    const { calendar, id: _, everyPartner: __, leadDays: ___, smallest: ____, ...measure } = measureOf(row);
    return { ...measure, frequency: calendar.frequency };
  });
}

export const countRequests = (reading: Reading, coalitionId: CoalitionId): Promise<number> =>
  reading.measureRequest.count({ where: { coalitionId } });

/** Requests with every version of what was given, one page after the other. `after`: the last request before. */
export async function listFigures(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { after: string | null; take: number; now: Date },
): Promise<{ lines: FigureLine[]; last: string | null; count: number }> {
  const rows = await reading.measureRequest.findMany({
    where: { coalitionId, ...(of.after ? { id: { gt: of.after } } : {}) },
    include: {
      period: { include: { measure: { select: { name: true } } } },
      submissions: { orderBy: { version: 'asc' } },
    },
    orderBy: { id: 'asc' },
    take: of.take,
  });
  const partners = await reading.partner.findMany({
    where: { coalitionId, id: { in: [...new Set(rows.map(({ partnerId }) => partnerId))] } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(partners.map(({ id, name }) => [id, name]));
  const lines = rows.flatMap((row): FigureLine[] => {
    const { key, startsOn, endsOn, measure } = row.period;
    const start = {
      ...{ measure: measure.name, period: key, startsOn, endsOn, dueOn: row.dueOn },
      ...{ partner: nameOf.get(row.partnerId) ?? '', state: stateOf(row, of.now) },
    };
    const nothing = { version: null, current: false, given: null, note: row.excuse, link: '' };
    if (row.submissions.length === 0) return [{ ...start, ...nothing, way: null, at: null }];
    return row.submissions.map(({ version, current, given, note, link, way, at }) => ({
      ...{ ...start, version, current: current === true, given: given as unknown as Given | null },
      ...{ note, link, way, at: at.toISOString() },
    }));
  });
  return { lines, last: rows.at(-1)?.id ?? null, count: rows.length };
}

/** What was made public, with who used it: all that a dashboard for everybody may show. */
export async function listTotals(reading: Reading, coalitionId: CoalitionId) {
  const published = await reading.measurePublication.findMany({
    where: { coalitionId },
    include: { period: { include: { measure: { select: { name: true } } } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  const uses = await reading.measureUse.findMany({
    where: { coalitionId },
    include: { measure: { select: { name: true } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return {
    totals: published.map(({ period, number, at, shown }) => ({
      ...{ measure: period.measure.name, period: period.key, startsOn: period.startsOn },
      ...{ endsOn: period.endsOn, publication: number, at: at.toISOString(), shown },
    })),
    uses: uses.map(({ measure, who, what, at }) => ({
      measure: measure.name,
      who,
      what,
      at: at.toISOString(),
    })),
  };
}

export async function recordToken(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { id: string; name: string; hash: string; scope: Scope; madeById: MemberId },
): Promise<void> {
  await tx.measureToken.create({ data: { coalitionId, ...of, madeAt: now } });
}

export const newTokenId = (): string => newId();

export type TokenLine = {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly madeAt: Date;
  readonly usedAt: Date | null;
};

/** Those that still open something, the newest first. */
export async function listTokens(reading: Reading, coalitionId: CoalitionId): Promise<TokenLine[]> {
  const rows = await reading.measureToken.findMany({
    where: { coalitionId, revokedAt: null },
    orderBy: { madeAt: 'desc' },
  });
  return rows.map(({ id, name, scope, madeAt, usedAt }) => ({
    ...{ id, name, scope: scope as Scope, madeAt, usedAt },
  }));
}

export async function revokeToken(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: string,
): Promise<boolean> {
  const { count } = await tx.measureToken.updateMany({
    where: { coalitionId, id, revokedAt: null },
    data: { revokedAt: now },
  });
  return count > 0;
}

/** The token says which coalition it opens, so here none is given; a revoked one opens nothing. */
export async function findToken(
  reading: Reading,
  id: string,
): Promise<{ coalitionId: CoalitionId; hash: string; scope: Scope } | null> {
  const row = await reading.measureToken.findFirst({ where: { id, revokedAt: null } });
  return row && { coalitionId: row.coalitionId as CoalitionId, hash: row.hash, scope: row.scope as Scope };
}

/** Staff see which tokens are alive. To the hour: a dashboard that asks every minute writes one row an hour. */
export async function recordTokenUsed(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: string,
): Promise<void> {
  const hourAgo = new Date(now.getTime() - 3_600_000);
  await tx.measureToken.updateMany({
    where: { coalitionId, id, OR: [{ usedAt: null }, { usedAt: { lt: hourAgo } }] },
    data: { usedAt: now },
  });
}
