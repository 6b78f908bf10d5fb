import { type CoalitionId, type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { memberOf } from '../../../identity/store.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { MeasureId } from '../definition/rules.ts';
import type { RequestId, Step } from '../requests/rules.ts';
import { type Request, type RequestRow, withAll } from '../requests/store.ts';

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
  const rows = await tx.$queryRaw<RequestRow[]>`
    select * from "MeasureRequest" where "coalitionId" = ${coalitionId}::uuid and "nextAt" <= ${now}
      and "partnerId" = any(${chosen}::uuid[])
    order by "id" for update`;
  return withAll(tx, coalitionId, rows);
}

type BeingAsked = {
  readonly id: RequestId;
  readonly measureId: MeasureId;
  readonly partnerId: PartnerId;
};

/** What some partners have heard of and are still asked for. */
export async function listBeingAsked(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partners: readonly PartnerId[],
): Promise<BeingAsked[]> {
  return tx.$queryRaw<BeingAsked[]>`
    select "id", "measureId", "partnerId" from "MeasureRequest"
    where "coalitionId" = ${coalitionId}::uuid and "partnerId" = any(${[...partners]}::uuid[])
      and "nextAt" is not null and "step" is not null and ("lockAt" is null or "lockAt" > ${now})`;
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
  const byPartner = new Map<string, Member[]>();
  for (const row of rows) {
    const partnerId = row.partnerId ?? '';
    const known = byPartner.get(partnerId);
    if (known) known.push(memberOf(row));
    else byPartner.set(partnerId, [memberOf(row)]);
  }
  const named = new Map(contacts.map((each) => [`${each.measureId} ${each.partnerId}`, each.memberId]));
  const order = ['representative', 'alternate', 'backbone'];
  return {
    of(measure, partner) {
      const asked = named.get(`${measure} ${partner}`);
      const here = byPartner.get(partner) ?? [];
      const voices = here
        .filter(({ standing, id }) => order.includes(standing) && id !== asked)
        .sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
      return [...here.filter(({ id }) => id === asked), ...voices];
    },
  };
}

export type StepTaken = {
  readonly id: RequestId;
  /** Null where no step was taken. */
  readonly step: Step | null;
  readonly on: LocalDate | null;
  readonly nextAt: Date | null;
};

/** What was done about each of some requests, and when they are looked at again: one statement. */
export async function recordSteps(
  { tx }: Writing,
  coalitionId: CoalitionId,
  taken: readonly StepTaken[],
): Promise<void> {
  if (taken.length === 0) return;
  await tx.$executeRaw`
    update "MeasureRequest" r set "nextAt" = t."nextAt", "step" = coalesce(t."step", r."step"),
      "steppedOn" = coalesce(t."on", r."steppedOn")
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb)
      as t("id" uuid, "step" text, "on" text, "nextAt" timestamptz)
    where r."coalitionId" = ${coalitionId}::uuid and r."id" = t."id"`;
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

/** A card for one person: what it newly asks for, and the messages whose reminders it takes over. */
type NewMessage = {
  readonly message: string;
  readonly memberId: MemberId;
  readonly asked: readonly { readonly request: RequestId; readonly step: ReminderStep }[];
  readonly takesOver: readonly string[];
};

/** Writes down what stands in which message. */
export async function recordReminders(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  messages: readonly NewMessage[],
): Promise<void> {
  await moveReminders(tx, coalitionId, messages);
  const rows = messages.flatMap(({ message, memberId, asked }) =>
    asked.map(({ request, step }) => ({ id: newId(), request, step, memberId, message })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into "MeasureReminder" ("id", "coalitionId", "requestId", "step", "memberId", "message", "at")
    select "id", ${coalitionId}::uuid, "request", "step", "memberId", "message", ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("id" uuid, "request" uuid, "step" text, "memberId" uuid, "message" text)
    on conflict do nothing`;
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

/** The reminders that stood in messages which were taken back now stand in others, to whoever these are for. */
async function moveReminders(
  tx: Writing['tx'],
  coalitionId: CoalitionId,
  messages: readonly NewMessage[],
): Promise<void> {
  const moves = messages.flatMap(({ message, memberId, takesOver }) =>
    takesOver.map((from) => ({ from, message, memberId })),
  );
  if (moves.length === 0) return;
  await tx.$executeRaw`
    update "MeasureReminder" r set "message" = m."message", "memberId" = m."memberId"
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
      as m("from" text, "message" text, "memberId" uuid)
    where r."coalitionId" = ${coalitionId}::uuid and r."message" = m."from"`;
}

/** What messages remind of: in each, every request with the latest step that stands in it. */
export async function mapReminded(
  reading: Reading,
  coalitionId: CoalitionId,
  messages: readonly string[],
): Promise<Map<string, Map<RequestId, ReminderStep>>> {
  if (messages.length === 0) return new Map();
  const rows = await reading.measureReminder.findMany({
    where: { coalitionId, message: { in: [...messages] } },
    orderBy: { at: 'asc' },
    select: { message: true, requestId: true, step: true },
  });
  const found = new Map<string, Map<RequestId, ReminderStep>>();
  for (const { message, requestId, step } of rows) {
    const steps = found.get(message) ?? new Map<RequestId, ReminderStep>();
    found.set(message, steps.set(requestId as RequestId, step as ReminderStep));
  }
  return found;
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

/** How partners did so far with the measures of some requests, by request: for whoever talks with them. */
export async function mapTracks(
  { tx, now }: Pick<Writing, 'tx' | 'now'>,
  coalitionId: CoalitionId,
  requests: readonly RequestId[],
): Promise<Map<RequestId, Track>> {
  const rows = await tx.$queryRaw<(Track & { id: RequestId })[]>`
    select about."id", count(*)::int as "asked", count(r."submittedAt")::int as "given",
      (count(*) filter (where r."submittedAt" < r."lateAt"))::int as "onTime"
    from "MeasureRequest" about join "MeasureRequest" r on r."coalitionId" = about."coalitionId"
      and r."partnerId" = about."partnerId" and r."measureId" = about."measureId" and r."dueAt" < ${now}
      and r."excusedAt" is null
    where about."coalitionId" = ${coalitionId}::uuid and about."id" = any(${[...requests]}::uuid[])
    group by about."id"`;
  return new Map(rows.map(({ id, ...track }) => [id, track]));
}
