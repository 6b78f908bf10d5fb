import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { measureOf } from '../definition/store.ts';
import type { Figure, Given } from '../figures/rules.ts';
import type { Facts, PeriodId, RequestId, Step } from './rules.ts';

/** A request with what it is about. */
export type Request = Facts & {
  readonly id: RequestId;
  readonly measure: Measure;
  readonly period: {
    readonly id: PeriodId;
    readonly key: string;
    readonly startsOn: LocalDate;
    readonly endsOn: LocalDate;
  };
  readonly partner: { readonly id: PartnerId; readonly name: string };
  readonly step: Step | null;
  readonly steppedOn: LocalDate | null;
  readonly nextAt: Date | null;
  readonly excuse: string;
};

export type RequestRow = NonNullable<Awaited<ReturnType<Reading['measureRequest']['findFirst']>>>;

/** Requests with their measures, periods and partners: four statements, however many they are. */
export async function withAll(
  reading: Reading,
  coalitionId: CoalitionId,
  rows: readonly RequestRow[],
): Promise<Request[]> {
  if (rows.length === 0) return [];
  const ids = (of: keyof RequestRow) => [...new Set(rows.map((row) => row[of] as string))];
  const here = { coalitionId };
  const [measures, periods, partners] = await Promise.all([
    reading.measure.findMany({ where: { ...here, id: { in: ids('measureId') } } }),
    reading.measurePeriod.findMany({ where: { ...here, id: { in: ids('periodId') } } }),
    reading.partner.findMany({
      where: { ...here, id: { in: ids('partnerId') } },
      select: { id: true, name: true },
    }),
  ]);
  const measureBy = new Map(measures.map((each) => [each.id, measureOf(each)]));
  const periodBy = new Map(periods.map((each) => [each.id, each]));
  const nameBy = new Map(partners.map((each) => [each.id, each.name]));
  return rows.flatMap((row) => {
    const [measure, period] = [measureBy.get(row.measureId), periodBy.get(row.periodId)];
    if (!measure || !period) return [];
    const { key, startsOn, endsOn } = period;
    return {
      ...row,
      id: row.id as RequestId,
      measure,
      period: { id: period.id as PeriodId, key, startsOn, endsOn },
      partner: { id: row.partnerId as PartnerId, name: nameBy.get(row.partnerId) ?? '' },
      step: row.step as Step | null,
    };
  });
}

export async function findRequest(
  reading: Reading,
  coalitionId: CoalitionId,
  id: RequestId,
): Promise<Request | null> {
  const rows = await reading.measureRequest.findMany({ where: { coalitionId, id } });
  const [found] = await withAll(reading, coalitionId, rows);
  return found ?? null;
}

export async function listRequests(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly RequestId[],
): Promise<Request[]> {
  const rows = await reading.measureRequest.findMany({ where: { coalitionId, id: { in: [...ids] } } });
  return withAll(reading, coalitionId, rows);
}

/** Locks requests until the transaction ends, so that giving and reminding follow each other. */
export async function lockRequests(
  { tx }: Writing,
  coalitionId: CoalitionId,
  ids: readonly RequestId[],
): Promise<Request[]> {
  if (ids.length === 0) return [];
  const rows = await tx.$queryRaw<RequestRow[]>`
    select * from "MeasureRequest" where "coalitionId" = ${coalitionId}::uuid
      and "id" = any(${[...ids]}::uuid[])
    order by "id" for update`;
  return withAll(tx, coalitionId, rows);
}

/** What a partner has neither given nor been excused from, the soonest first. */
export async function listUnanswered(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Request[]> {
  const rows = await reading.measureRequest.findMany({
    where: { coalitionId, partnerId, submittedAt: null, excusedAt: null },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: 200,
  });
  return withAll(reading, coalitionId, rows);
}

/** The requests of a measure's latest periods, of all partners or one. */
export async function findRequestOf(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; partnerId: PartnerId; key?: string },
): Promise<Request | null> {
  const { measureId, partnerId, key } = of;
  const rows = await reading.measureRequest.findMany({
    where: { coalitionId, measureId, partnerId, ...(key ? { period: { key } } : {}) },
    orderBy: { dueAt: 'desc' },
    take: 1,
  });
  const [found] = await withAll(reading, coalitionId, rows);
  return found ?? null;
}

export type Submission = {
  readonly requestId: RequestId;
  readonly version: number;
  readonly given: Given | null;
  readonly note: string;
  readonly link: string;
  readonly way: string;
  readonly memberId: MemberId | null;
  readonly at: Date;
};

type SubmissionRow = NonNullable<Awaited<ReturnType<Reading['measureSubmission']['findFirst']>>>;

const submissionOf = (row: SubmissionRow): Submission => ({
  ...row,
  requestId: row.requestId as RequestId,
  given: row.given as Given | null,
  memberId: row.memberId as MemberId | null,
});

/** The versions that count, by request. */
export async function mapCurrent(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly RequestId[],
): Promise<Map<RequestId, Submission>> {
  const rows = await reading.measureSubmission.findMany({
    where: { coalitionId, requestId: { in: [...ids] }, current: true },
  });
  return new Map(rows.map((row) => [row.requestId as RequestId, submissionOf(row)]));
}

/** Every version of one request, the first one first. */
export async function listVersions(
  reading: Reading,
  coalitionId: CoalitionId,
  requestId: RequestId,
): Promise<Submission[]> {
  const rows = await reading.measureSubmission.findMany({
    where: { coalitionId, requestId },
    orderBy: { version: 'asc' },
  });
  return rows.map(submissionOf);
}

export type Earlier = {
  readonly request: RequestId;
  readonly version: number;
  readonly key: string;
  readonly endsOn: LocalDate;
  readonly given: Given;
};

/** What a partner gave for a measure in periods that ended before a day, the latest first. */
export async function listBefore(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; partnerId: PartnerId; before: LocalDate; take: number },
): Promise<Earlier[]> {
  const { measureId, partnerId, before } = of;
  const rows = await reading.measureSubmission.findMany({
    where: {
      coalitionId,
      current: true,
      given: { not: Prisma.DbNull },
      request: { measureId, partnerId, period: { endsOn: { lt: before } } },
    },
    include: { request: { include: { period: { select: { key: true, endsOn: true } } } } },
    orderBy: { request: { period: { endsOn: 'desc' } } },
    take: of.take,
  });
  return rows.map(({ request, given, version }) => ({
    ...request.period,
    request: request.id as RequestId,
    version,
    given: given as unknown as Given,
  }));
}

type Last = Earlier & { readonly figure: Figure };

/** What the partner gave the last time before this request. */
export async function findLast(
  reading: Reading,
  coalitionId: CoalitionId,
  { id }: Request,
): Promise<Last | null> {
  return (await mapLast(reading, coalitionId, [id])).get(id) ?? null;
}

type LastRow = {
  for: RequestId;
  request: RequestId;
  version: number;
  key: string;
  endsOn: LocalDate;
  given: unknown;
};

/** The same for many requests: one statement. Those before which nothing was given are not in it. */
export async function mapLast(
  reading: Reading,
  coalitionId: CoalitionId,
  requests: readonly RequestId[],
): Promise<Map<RequestId, Last>> {
  if (requests.length === 0) return new Map();
  const rows = await reading.$queryRaw<LastRow[]>`
    select about."id" as "for", last.*
    from "MeasureRequest" about join "MeasurePeriod" here on here."id" = about."periodId"
    cross join lateral (
      select r."id" as "request", s."version", p."key", p."endsOn", s."given"
      from "MeasurePeriod" p
      join "MeasureRequest" r on r."periodId" = p."id" and r."partnerId" = about."partnerId"
      join "MeasureSubmission" s on s."requestId" = r."id" and s."current" and s."given" is not null
      where p."measureId" = about."measureId" and p."endsOn" < here."endsOn"
      order by p."endsOn" desc limit 1) last
    where about."coalitionId" = ${coalitionId}::uuid and about."id" = any(${[...requests]}::uuid[])`;
  return new Map(
    rows.map(({ for: about, given: stored, ...earlier }): [RequestId, Last] => {
      const given = stored as Given;
      return [about, { ...earlier, given, figure: given.figure }];
    }),
  );
}
