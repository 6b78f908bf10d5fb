import type { CoalitionId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { MeasureId } from '../definition/rules.ts';
import type { Facts, PeriodId, RequestId } from '../requests/rules.ts';

export type Standing = Facts & { readonly partner: string; readonly requestId: RequestId };

type Latest = { readonly id: PeriodId; readonly key: string; readonly measureId: MeasureId };

/** The last period that was opened, of each measure. */
export async function listLatest(reading: Reading, coalitionId: CoalitionId): Promise<Latest[]> {
  return reading.$queryRaw<Latest[]>`
    select distinct on (p."measureId") p."id", p."key", p."measureId" from "MeasurePeriod" p
    where p."coalitionId" = ${coalitionId}::uuid order by p."measureId", p."endsOn" desc, p."openedAt" desc`;
}

/** How every partner stands in some periods, by name. */
export async function listStandings(
  reading: Reading,
  coalitionId: CoalitionId,
  periods: readonly PeriodId[],
): Promise<(Standing & { periodId: PeriodId })[]> {
  if (periods.length === 0) return [];
  return reading.$queryRaw`
    select r."id" as "requestId", r."periodId", r."noticeOn", r."dueOn", r."timeZone", r."dueAt", r."lateAt",
      r."lockAt", r."submittedAt", r."excusedAt", p."name" as "partner"
    from "MeasureRequest" r join "Partner" p on p."id" = r."partnerId"
    where r."coalitionId" = ${coalitionId}::uuid
      and r."periodId" in (${Prisma.join(periods.map((each) => Prisma.sql`${each}::uuid`))})
    order by p."nameKey"`;
}

/** Timeliness of the last periods that are over, the latest first, by measure. */
export async function listTimeliness(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { now: Date; periods: number },
): Promise<{ measureId: MeasureId; key: string; asked: number; onTime: number }[]> {
  return reading.$queryRaw`
    select * from (
      select p."measureId", p."key", count(r."id")::int as "asked",
        (count(*) filter (where r."submittedAt" < r."lateAt"))::int as "onTime",
        row_number() over (partition by p."measureId" order by p."endsOn" desc) as "back"
      from "MeasurePeriod" p join "MeasureRequest" r on r."periodId" = p."id"
      where p."coalitionId" = ${coalitionId}::uuid and r."excusedAt" is null
      group by p."id" having max(r."lateAt") <= ${of.now}) recent
    where "back" <= ${of.periods} order by "back"`;
}

/**
 * Opens a request again: excused or locked before, it can be given until a day. False when there was nothing to open.
 */
export async function reopenRequest(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RequestId,
  of: { lockAt: Date | null; nextAt: Date | null },
): Promise<boolean> {
  const { count } = await tx.measureRequest.updateMany({
    where: { coalitionId, id, OR: [{ excusedAt: { not: null } }, { lockAt: { not: null } }] },
    data: { excusedAt: null, excusedById: null, excuse: '', ...of },
  });
  return count > 0;
}
