import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { MeasureId } from '../definition/rules.ts';
import type { Planned } from './rules.ts';

type Open = Planned & { readonly measureId: MeasureId; readonly partnerId: PartnerId };

/** What is still to happen about requests that are not answered, of some partners or of all; locked until the end. */
export async function lockPlanned(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partners?: readonly PartnerId[],
): Promise<Open[]> {
  return tx.$queryRaw<Open[]>`
    select "id", "measureId", "partnerId", "timeZone", "dueAt", "lateAt", "lockAt", "nextAt"
    from "MeasureRequest"
    where "coalitionId" = ${coalitionId}::uuid and "submittedAt" is null and "excusedAt" is null
      and ("nextAt" is not null or "lateAt" > ${now} or "lockAt" > ${now})
      and (${partners === undefined} or "partnerId" = any(${[...(partners ?? [])]}::uuid[]))
    order by "id" for update`;
}

export async function recordPlanned(
  { tx }: Writing,
  coalitionId: CoalitionId,
  planned: readonly Planned[],
): Promise<void> {
  await tx.$executeRaw`
    update "MeasureRequest" r set "timeZone" = p."timeZone", "dueAt" = p."dueAt", "lateAt" = p."lateAt",
      "lockAt" = p."lockAt", "nextAt" = p."nextAt"
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as p("id" uuid, "timeZone" text,
      "dueAt" timestamptz, "lateAt" timestamptz, "lockAt" timestamptz, "nextAt" timestamptz)
    where r."coalitionId" = ${coalitionId}::uuid and r."id" = p."id"`;
}

type PlannedTimer = {
  readonly kind: string;
  readonly subject: string;
  readonly occurrence: string;
  readonly dueAt: Date;
};

/** What has not happened yet of some kinds. */
export const listTimers = (
  { tx }: Writing,
  coalitionId: CoalitionId,
  kinds: readonly string[],
): Promise<PlannedTimer[]> =>
  tx.timer.findMany({
    where: { coalitionId, kind: { in: [...kinds] }, doneAt: null },
    select: { kind: true, subject: true, occurrence: true, dueAt: true },
  });
