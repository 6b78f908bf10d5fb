import { type CoalitionId, type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { Period } from '../../../time/periods.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { findMeasure } from '../definition/store.ts';
import type { datesOf, PeriodId } from '../requests/rules.ts';
import { askKind, openKind } from './rules.ts';

type OpenedPeriod = Period & { readonly id: PeriodId };

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

/** Whether periods are opened at this moment. One whose opening failed keeps nobody waiting. */
export async function isOpening({ tx, now }: Writing, coalitionId: CoalitionId): Promise<boolean> {
  const due = { doneAt: null, dueAt: { lte: now }, attempts: 0 };
  const opening = await tx.timer.findFirst({
    where: { coalitionId, kind: { in: [openKind, askKind] }, ...due },
    select: { id: true },
  });
  return opening !== null;
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
 * representative, else an alternate or staff who belong to it.
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
    with page as (
      select p."id", p."name", c."memberId" as "named" from "Partner" p
      left join "MeasureContact" c on c."measureId" = ${measure.id}::uuid and c."partnerId" = p."id"
      where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null ${only} ${named} ${after}
      order by p."id" limit ${of.take})
    select distinct on (page."id") page."id" as "partnerId", page."name" as "partner", m."id" as "memberId",
      m."name" as "member", m."timeZone" as "timeZone"
    from page left join "Member" m on m."coalitionId" = ${coalitionId}::uuid and m."partnerId" = page."id"
      and m."leftAt" is null
      and (m."id" = page."named" or m."standing" in ('representative', 'alternate', 'backbone'))
    order by page."id", (m."id" = page."named") desc nulls last,
      array_position(array['representative', 'alternate', 'backbone'], m."standing"), m."joinedAt"`;
}

type NewRequest = ReturnType<typeof datesOf> & {
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
  const rows = requests.map((request) => ({ ...request, id: newId() }));
  await tx.$executeRaw`
    insert into "MeasureRequest" ("id", "coalitionId", "measureId", "periodId", "partnerId", "timeZone", "dueOn",
      "dueAt", "lateAt", "lockAt", "noticeOn", "nextAt")
    select "id", ${coalitionId}::uuid, ${of.measureId}::uuid, ${of.periodId}::uuid, "partnerId", "timeZone", "dueOn",
      "dueAt", "lateAt", "lockAt", "noticeOn", "nextAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("id" uuid, "partnerId" uuid, "timeZone" text,
      "dueOn" text, "dueAt" timestamptz, "lateAt" timestamptz, "lockAt" timestamptz, "noticeOn" text,
      "nextAt" timestamptz)
    on conflict do nothing`;
}
