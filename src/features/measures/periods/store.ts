import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { Period } from '../../../time/periods.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { findMeasure } from '../definition/store.ts';
import type { datesOf, PeriodId } from '../requests/rules.ts';

export type OpenedPeriod = Period & { readonly id: PeriodId };

/** Null when it was opened before. */
export async function openPeriod(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  measureId: MeasureId,
  period: Period,
): Promise<PeriodId | null> {
  const { key, startsOn, endsOn } = period;
  const made = await tx.measurePeriod.createManyAndReturn({
    data: { coalitionId, measureId, key, startsOn, endsOn, openedAt: now },
    skipDuplicates: true,
  });
  return (made[0]?.id as PeriodId | undefined) ?? null;
}

export async function findPeriod(
  reading: Reading,
  coalitionId: CoalitionId,
  id: PeriodId,
): Promise<{ period: OpenedPeriod; measure: Measure } | null> {
  const row = await reading.measurePeriod.findFirst({ where: { coalitionId, id } });
  const measure = row && (await findMeasure(reading, coalitionId, row.measureId as MeasureId));
  return row && measure && { period: { ...row, id }, measure };
}

export async function getPeriodId(
  reading: Reading,
  coalitionId: CoalitionId,
  measureId: MeasureId,
  key: string,
): Promise<PeriodId> {
  const row = await reading.measurePeriod.findFirstOrThrow({ where: { coalitionId, measureId, key } });
  return row.id as PeriodId;
}

export type Reporter = {
  readonly partnerId: PartnerId;
  readonly partner: string;
  /** Who is asked; null where the partner has nobody. */
  readonly memberId: MemberId | null;
  readonly member: string | null;
  readonly timeZone: string | null;
};

/**
 * Partners that report a measure, in order of id, each with whoever is asked: the colleague it named, else its
 * representative, else whoever speaks for it.
 */
export async function listReporting(
  reading: Reading,
  coalitionId: CoalitionId,
  measure: Pick<Measure, 'id' | 'everyPartner'>,
  of: { after: string | null; take: number; only?: readonly PartnerId[] },
): Promise<Reporter[]> {
  const after = of.after === null ? Prisma.empty : Prisma.sql`and p."id" > ${of.after}::uuid`;
  const only = of.only
    ? Prisma.sql`and p."id" in (${Prisma.join(of.only.map((each) => Prisma.sql`${each}::uuid`))})`
    : Prisma.empty;
  const named = measure.everyPartner
    ? Prisma.empty
    : Prisma.sql`and exists (select from "MeasureReporter" r where r."measureId" = ${measure.id}::uuid
        and r."partnerId" = p."id")`;
  return reading.$queryRaw<Reporter[]>`
    select p."id" as "partnerId", p."name" as "partner", m."id" as "memberId", m."name" as "member",
      m."timeZone" as "timeZone"
    from "Partner" p
    left join "MeasureContact" c on c."measureId" = ${measure.id}::uuid and c."partnerId" = p."id"
    left join lateral (
      select "id", "name", "timeZone" from "Member" m
      where m."coalitionId" = p."coalitionId" and m."partnerId" = p."id" and m."leftAt" is null
        and (m."id" = c."memberId" or m."standing" in ('representative', 'alternate', 'backbone'))
      order by m."id" = c."memberId" desc nulls last, m."standing" = 'representative' desc, m."joinedAt" limit 1
    ) m on true
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null ${only} ${named} ${after}
    order by p."id" limit ${of.take}`;
}

export type NewRequest = ReturnType<typeof datesOf> & {
  readonly partnerId: PartnerId;
  readonly nextAt: Date | null;
};

/** Asked twice is asked once. */
export async function openRequests(
  { tx }: Writing,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; periodId: PeriodId },
  requests: readonly NewRequest[],
): Promise<void> {
  await tx.measureRequest.createMany({
    data: requests.map((request) => ({ coalitionId, ...of, ...request })),
    skipDuplicates: true,
  });
}
