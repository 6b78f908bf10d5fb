import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import { Prisma, type Reading } from '../../../database.ts';
import { memberOf } from '../../../identity/store.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { MeasureId } from '../definition/rules.ts';
import type { RequestId, Step } from '../requests/rules.ts';
import { listRequests, type Request } from '../requests/store.ts';

/** One worker at a time asks a coalition's people, so that nobody gets two cards where one would do. */
export async function lockReminding({ tx }: Writing, coalitionId: CoalitionId): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`measures ${coalitionId}`}, 0))::text`;
}

/** Rows in which a batch of partners is looked for. */
const rowsRead = 300;

/** The requests of a few partners whose next step is due, locked until the transaction ends. */
export async function lockDue(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partners: number,
): Promise<Request[]> {
  // Only as much of what is due is read as one batch takes: on a morning on which everything is due, that is little
  // of it.
  const first = await tx.$queryRaw<{ partnerId: PartnerId }[]>`
    select "partnerId" from "MeasureRequest" where "coalitionId" = ${coalitionId}::uuid and "nextAt" <= ${now}
    order by "nextAt", "partnerId" limit ${rowsRead}`;
  const chosen = [...new Set(first.map(({ partnerId }) => partnerId))].slice(0, partners);
  if (chosen.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: RequestId }[]>`
    select "id" from "MeasureRequest" where "coalitionId" = ${coalitionId}::uuid and "nextAt" <= ${now}
      and "partnerId" in (${Prisma.join(chosen.map((each) => Prisma.sql`${each}::uuid`))})
    order by "id" for update`;
  return listRequests(
    tx,
    coalitionId,
    rows.map(({ id }) => id),
  );
}

/** When the next step of any request is due; null when none is. */
export async function findNextStep(reading: Reading, coalitionId: CoalitionId): Promise<Date | null> {
  const row = await reading.measureRequest.findFirst({
    where: { coalitionId, nextAt: { not: null } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  });
  return row?.nextAt ?? null;
}

export type People = {
  /** Who is asked first, then whoever else speaks for the partner. */
  of(measure: MeasureId, partner: PartnerId): Member[];
};

/** Who can be asked at each of some partners: three statements, however many they are. */
export async function mapPeople(
  reading: Reading,
  coalitionId: CoalitionId,
  partners: readonly PartnerId[],
): Promise<People> {
  const partnerIds = { in: [...partners] };
  const contacts = await reading.measureContact.findMany({ where: { coalitionId, partnerId: partnerIds } });
  const rows = await reading.member.findMany({
    where: {
      coalitionId,
      partnerId: partnerIds,
      leftAt: null,
      OR: [
        { standing: { in: ['representative', 'alternate', 'backbone'] } },
        { id: { in: contacts.map(({ memberId }) => memberId) } },
      ],
    },
    include: {
      partner: { select: { id: true, name: true, leftAt: true } },
      accounts: { take: 1, orderBy: { id: 'asc' } },
    },
    orderBy: { joinedAt: 'asc' },
  });
  const members = rows.map(memberOf);
  const named = new Map(contacts.map((each) => [`${each.measureId} ${each.partnerId}`, each.memberId]));
  const order = ['representative', 'alternate', 'backbone'];
  return {
    of(measure, partner) {
      const asked = named.get(`${measure} ${partner}`);
      const here = members.filter((member) => member.partner?.id === partner);
      const voices = here
        .filter(({ standing, id }) => order.includes(standing) && id !== asked)
        .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
      return [...here.filter(({ id }) => id === asked), ...voices];
    },
  };
}

export async function recordStep(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: RequestId,
  of: { step: Step; on: LocalDate; nextAt: Date | null },
): Promise<void> {
  const data = { step: of.step, steppedOn: of.on, nextAt: of.nextAt };
  await tx.measureRequest.updateMany({ where: { coalitionId, id }, data });
}

/** Nothing is asked any more, or not before another moment. */
export async function recordNext(
  { tx }: Writing,
  coalitionId: CoalitionId,
  ids: readonly RequestId[],
  nextAt: Date | null,
): Promise<void> {
  await tx.measureRequest.updateMany({ where: { coalitionId, id: { in: [...ids] } }, data: { nextAt } });
}

/** A step of asking, or that a request was passed on to somebody, who hears of it once. */
export type ReminderStep = Step | 'reopened' | `passed-on-${number}`;

/** Returns the reminders that were not there before. */
export async function recordReminders(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { memberId: MemberId; message: string; asked: readonly { request: RequestId; step: ReminderStep }[] },
): Promise<number> {
  if (of.asked.length === 0) return 0;
  const { count } = await tx.measureReminder.createMany({
    data: of.asked.map(({ request, step }) => ({
      ...{ coalitionId, requestId: request, step, memberId: of.memberId, message: of.message, at: now },
    })),
    skipDuplicates: true,
  });
  return count;
}

/** How often a request was passed on to a colleague so far. */
export async function countPassedOn(
  reading: Reading,
  coalitionId: CoalitionId,
  requestId: RequestId,
): Promise<number> {
  const where = { coalitionId, requestId, step: { startsWith: 'passed-on' } };
  return reading.measureReminder.count({ where });
}

/** The reminders that stood in messages which were taken back now stand in another, to this person. */
export async function moveReminders(
  { tx }: Writing,
  coalitionId: CoalitionId,
  { from, message, to }: { from: readonly string[]; message: string; to: MemberId },
): Promise<void> {
  if (from.length === 0) return;
  await tx.measureReminder.updateMany({
    where: { coalitionId, message: { in: [...from] } },
    data: { message, memberId: to },
  });
}

/** What a message reminds of: each request with the latest step that stands in it. */
export async function listReminded(
  reading: Reading,
  coalitionId: CoalitionId,
  message: string,
): Promise<{ request: RequestId; step: ReminderStep }[]> {
  const rows = await reading.measureReminder.findMany({
    where: { coalitionId, message },
    orderBy: { at: 'asc' },
    select: { requestId: true, step: true },
  });
  const latest = new Map(rows.map(({ requestId, step }) => [requestId as RequestId, step as ReminderStep]));
  return [...latest].map(([request, step]) => ({ request, step }));
}

/** Everybody who was reminded of some requests. */
export async function listRemindedMembers(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { requests?: readonly RequestId[]; measureId?: MeasureId },
): Promise<MemberId[]> {
  const rows = await reading.measureReminder.findMany({
    where: {
      coalitionId,
      memberId: { not: null },
      ...(of.requests ? { requestId: { in: [...of.requests] } } : {}),
      ...(of.measureId ? { request: { measureId: of.measureId } } : {}),
    },
    distinct: ['memberId'],
    select: { memberId: true },
  });
  return rows.map(({ memberId }) => memberId as MemberId);
}

export type Track = { readonly asked: number; readonly given: number; readonly onTime: number };

/** How a partner did with a measure so far, for whoever talks with it. */
export async function findTrack(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { measureId: MeasureId; partnerId: PartnerId; now: Date },
): Promise<Track> {
  const rows = await reading.$queryRaw<Track[]>(Prisma.sql`
    select count(*)::int as "asked", count("submittedAt")::int as "given",
      (count(*) filter (where "submittedAt" < "lateAt"))::int as "onTime"
    from "MeasureRequest" where "coalitionId" = ${coalitionId}::uuid and "measureId" = ${of.measureId}::uuid
      and "partnerId" = ${of.partnerId}::uuid and "dueAt" < ${of.now} and "excusedAt" is null`);
  return rows[0] ?? { asked: 0, given: 0, onTime: 0 };
}
