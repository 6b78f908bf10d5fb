import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { measureOf } from '../definition/store.ts';
import type { Given } from '../figures/rules.ts';
import type { PeriodId } from '../requests/rules.ts';
import type { Shown } from '../suppression/rules.ts';
import type { PublicFigures, Standing } from './rules.ts';

/** Every figure that stands in a period. */
export async function listStandings(
  reading: Reading,
  coalitionId: CoalitionId,
  periodId: PeriodId,
): Promise<Standing[]> {
  const rows = await reading.measureSubmission.findMany({
    where: { coalitionId, current: true, given: { not: Prisma.DbNull }, request: { periodId } },
    select: { version: true, given: true, request: { select: { partnerId: true } } },
    orderBy: { requestId: 'asc' },
  });
  return rows.map(({ version, given, request }) => ({
    partner: request.partnerId,
    version,
    given: given as unknown as Given,
  }));
}

/** What was made public of a period, the first one first. */
export async function listPublished(
  reading: Reading,
  coalitionId: CoalitionId,
  periodId: PeriodId,
): Promise<{ number: number; figures: PublicFigures; basis: Shown }[]> {
  const rows = await reading.measurePublication.findMany({
    where: { coalitionId, periodId },
    orderBy: { number: 'asc' },
  });
  return rows.map(({ number, shown, basis }) => ({
    number,
    figures: shown as unknown as PublicFigures,
    basis: basis as unknown as Shown,
  }));
}

export async function recordPublication(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { periodId: PeriodId; number: number; figures: PublicFigures; basis: Shown },
): Promise<void> {
  await tx.measurePublication.createMany({
    data: {
      ...{ coalitionId, periodId: of.periodId, number: of.number, at: now },
      shown: of.figures as unknown as Prisma.InputJsonValue,
      basis: of.basis as unknown as Prisma.InputJsonValue,
    },
    skipDuplicates: true,
  });
}

export type Publication = {
  readonly id: string;
  readonly number: number;
  readonly at: Date;
  readonly key: string;
  readonly endsOn: LocalDate;
  readonly measure: Measure;
  readonly figures: PublicFigures;
};

type Which = { until: Date } | { ids: readonly string[] } | { measureId: MeasureId; take: number };

/** Publications that no digest told of, some by their ids, or the latest of one measure, the latest period first. */
export async function listPublications(
  reading: Reading,
  coalitionId: CoalitionId,
  which: Which,
): Promise<Publication[]> {
  const rows = await reading.measurePublication.findMany({
    where: {
      coalitionId,
      ...('until' in which ? { toldAt: null, at: { lte: which.until } } : {}),
      ...('ids' in which ? { id: { in: [...which.ids] } } : {}),
      ...('measureId' in which ? { period: { measureId: which.measureId } } : {}),
    },
    include: { period: { include: { measure: true } } },
    orderBy: [{ period: { endsOn: 'desc' } }, { number: 'desc' }],
    take: 'take' in which ? which.take : 100,
  });
  return rows.map(({ id, number, at, shown, period }) => ({
    ...{ id, number, at, key: period.key, endsOn: period.endsOn },
    measure: measureOf(period.measure),
    figures: shown as unknown as PublicFigures,
  }));
}

export type Use = {
  readonly id: string;
  readonly measureId: MeasureId;
  readonly measure: string;
  readonly who: string;
  readonly what: string;
  readonly at: Date;
};

/** False when the same was noted before. */
export async function recordUse(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; who: string; what: string; notedById: MemberId },
): Promise<boolean> {
  const { count } = await tx.measureUse.createMany({
    data: [{ coalitionId, ...of, at: now }],
    skipDuplicates: true,
  });
  return count > 0;
}

/** What was made of measures: untold so far, or of some of them, the latest first. */
export async function listUses(
  reading: Reading,
  coalitionId: CoalitionId,
  which: { until: Date } | { measures: readonly MeasureId[] },
): Promise<Use[]> {
  const rows = await reading.measureUse.findMany({
    where: {
      coalitionId,
      ...('until' in which
        ? { toldAt: null, at: { lte: which.until } }
        : { measureId: { in: [...which.measures] } }),
    },
    include: { measure: { select: { name: true } } },
    orderBy: { at: 'desc' },
    take: 50,
  });
  return rows.map(({ id, measureId, measure, who, what, at }) => ({
    ...{ id, measureId: measureId as MeasureId, measure: measure.name, who, what, at },
  }));
}

/** A digest has told of them. */
export async function recordTold(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  ids: readonly string[],
): Promise<void> {
  const untold = { where: { coalitionId, id: { in: [...ids] }, toldAt: null }, data: { toldAt: now } };
  await tx.measurePublication.updateMany(untold);
  await tx.measureUse.updateMany(untold);
}

export type GivenLine = {
  readonly requestId: string;
  readonly measure: Measure;
  readonly key: string;
  readonly endsOn: LocalDate;
  readonly given: Given | null;
  readonly version: number;
  readonly at: Date;
};

/** Everything a partner gave, the latest period first. */
export async function listGiven(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  of: { skip: number; take: number },
): Promise<{ lines: GivenLine[]; total: number }> {
  const where = { coalitionId, current: true, request: { partnerId } };
  const rows = await reading.measureSubmission.findMany({
    where,
    include: { request: { include: { period: { include: { measure: true } } } } },
    orderBy: [{ request: { period: { endsOn: 'desc' } } }, { id: 'desc' }],
    ...of,
  });
  const lines = rows.map(({ requestId, request, given, version, at }) => ({
    ...{ requestId, version, at, key: request.period.key, endsOn: request.period.endsOn },
    measure: measureOf(request.period.measure),
    given: given as unknown as Given | null,
  }));
  return { lines, total: await reading.measureSubmission.count({ where }) };
}
