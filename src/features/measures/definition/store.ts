import { foldName } from '../../../core/fold-name.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma, Reading } from '../../../database.ts';
import type { Frequency, Term } from '../../../time/periods.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { Breakdown, Direction, Kind, Measure, MeasureId } from './rules.ts';

type Row = NonNullable<Awaited<ReturnType<Reading['measure']['findFirst']>>>;

export function measureOf(row: Row): Measure {
  const { frequency, startMonth } = row;
  return {
    id: row.id as MeasureId,
    name: row.name,
    purpose: row.purpose,
    calculation: row.calculation,
    kind: row.kind as Kind,
    unit: row.unit,
    direction: row.direction as Direction,
    choices: row.choices,
    breakdowns: row.breakdowns as unknown as Breakdown[],
    least: row.least,
    most: row.most,
    calendar: { frequency: frequency as Frequency, startMonth, terms: row.terms as unknown as Term[] },
    dueDays: row.dueDays,
    dueTime: row.dueTime,
    graceDays: row.graceDays,
    lockDays: row.lockDays,
    leadDays: row.leadDays,
    smallest: row.smallest,
    everyPartner: row.everyPartner,
    state: row.state as Measure['state'],
  };
}

/** Null when there is a measure of that name. */
export async function draftMeasure(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  madeById: MemberId,
  of: Pick<Measure, 'name' | 'purpose' | 'calculation' | 'kind' | 'unit'>,
): Promise<MeasureId | null> {
  const made = await tx.measure.createManyAndReturn({
    data: { coalitionId, ...of, nameKey: foldName(of.name), madeById, madeAt: now },
    skipDuplicates: true,
  });
  return (made[0]?.id as MeasureId | undefined) ?? null;
}

/** Refused by the database as a duplicate when another measure has that name. */
export async function changeMeasure(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: MeasureId,
  of: Partial<Omit<Measure, 'id' | 'state' | 'calendar'>> & { calendar?: Measure['calendar'] },
): Promise<void> {
  const { calendar, choices, breakdowns, ...plain } = of;
  await tx.measure.updateMany({
    where: { coalitionId, id, state: { not: 'closed' } },
    data: {
      ...plain,
      ...(of.name === undefined ? {} : { nameKey: foldName(of.name) }),
      ...(choices ? { choices: [...choices] } : {}),
      ...(breakdowns ? { breakdowns: breakdowns as unknown as Prisma.InputJsonValue } : {}),
      ...(calendar
        ? {
            frequency: calendar.frequency,
            startMonth: calendar.startMonth,
            terms: calendar.terms as unknown as Prisma.InputJsonValue,
          }
        : {}),
    },
  });
}

/** Whoever is to report: none given means every partner. */
export async function recordReporters(
  { tx }: Writing,
  coalitionId: CoalitionId,
  measureId: MeasureId,
  partners: readonly PartnerId[],
): Promise<void> {
  await tx.measureReporter.deleteMany({ where: { coalitionId, measureId } });
  await tx.measureReporter.createMany({
    data: partners.map((partnerId) => ({ coalitionId, measureId, partnerId })),
    skipDuplicates: true,
  });
  await tx.measure.updateMany({
    where: { coalitionId, id: measureId },
    data: { everyPartner: partners.length === 0 },
  });
}

/** True for whoever starts it first. */
export async function startMeasure(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: MeasureId,
): Promise<boolean> {
  const { count } = await tx.measure.updateMany({
    where: { coalitionId, id, state: 'draft' },
    data: { state: 'asking', startedAt: now },
  });
  return count > 0;
}

/** Nothing more is asked; what was given stays. */
export async function closeMeasure(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: MeasureId,
): Promise<boolean> {
  const { count } = await tx.measure.updateMany({
    where: { coalitionId, id, state: { not: 'closed' } },
    data: { state: 'closed', nameKey: null },
  });
  if (count === 0) return false;
  await tx.measureRequest.updateMany({
    where: { coalitionId, measureId: id, submittedAt: null, excusedAt: null },
    data: { excusedAt: now, excuse: '', nextAt: null },
  });
  return true;
}

export async function findMeasure(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MeasureId,
): Promise<Measure | null> {
  const row = await reading.measure.findFirst({ where: { coalitionId, id } });
  return row && measureOf(row);
}

export async function findMeasureNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  name: string,
): Promise<Measure | null> {
  const row = await reading.measure.findFirst({ where: { coalitionId, nameKey: foldName(name) } });
  return row && measureOf(row);
}

/** By name; those that are asked for first. */
export async function listMeasures(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { withDrafts: boolean; named?: string; take?: number } = { withDrafts: true },
): Promise<Measure[]> {
  const rows = await reading.measure.findMany({
    where: {
      coalitionId,
      state: of.withDrafts ? { not: 'closed' } : 'asking',
      ...(of.named ? { nameKey: { contains: foldName(of.named) } } : {}),
    },
    orderBy: [{ state: 'asc' }, { nameKey: 'asc' }],
    take: of.take ?? 200,
  });
  return rows.map(measureOf);
}

export type Named = { readonly id: PartnerId; readonly name: string };

/** Partners by their names as typed, and the names that are nobody's. */
export async function listPartnersNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  names: readonly string[],
): Promise<{ partners: Named[]; unknown: string[] }> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, leftAt: null, nameKey: { in: names.map(foldName) } },
    select: { id: true, name: true, nameKey: true },
  });
  const known = new Set(rows.map(({ nameKey }) => nameKey));
  return {
    partners: rows.map(({ id, name }) => ({ id: id as PartnerId, name })),
    unknown: names.filter((name) => !known.has(foldName(name))),
  };
}

export async function listReporters(
  reading: Reading,
  coalitionId: CoalitionId,
  measureId: MeasureId,
): Promise<Named[]> {
  const rows = await reading.$queryRaw<Named[]>`
    select p."id", p."name" from "MeasureReporter" r join "Partner" p on p."id" = r."partnerId"
    where r."coalitionId" = ${coalitionId}::uuid and r."measureId" = ${measureId}::uuid and p."leftAt" is null
    order by p."nameKey"`;
  return rows;
}

/** The end of the last period that was opened. */
export async function findLastOpened(
  reading: Reading,
  coalitionId: CoalitionId,
  measureId: MeasureId,
): Promise<LocalDate | null> {
  const row = await reading.measurePeriod.findFirst({
    where: { coalitionId, measureId, key: { not: { startsWith: 'once-' } } },
    orderBy: { endsOn: 'desc' },
    select: { endsOn: true },
  });
  return row?.endsOn ?? null;
}
