import type { CoalitionId, MemberId, PartnerId, PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Prisma, Reading } from '../../../database.ts';
import type { Heard, WallTime } from '../../../time/say-when.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { type Closing, findMeeting, type Meeting, meetingOf } from '../meeting/store.ts';
import { type Hours, mostTook } from '../ranking/rules.ts';

export type Invitable = Hours & {
  readonly partnerId: PartnerId | null;
  readonly memberId: MemberId | null;
  readonly name: string;
  readonly sector: string;
};

const speaking = ['representative', 'alternate', 'backbone'];

/** Organisations that have somebody to speak for them, with the hours of whoever speaks first. */
export async function listInvitable(
  reading: Reading,
  coalition: Coalition,
  only: readonly PartnerId[] = [],
): Promise<Invitable[]> {
  const partners = await reading.partner.findMany({
    where: {
      coalitionId: coalition.id,
      leftAt: null,
      ...(only.length > 0 ? { id: { in: [...only] } } : {}),
      members: { some: { leftAt: null, standing: { in: speaking } } },
    },
    orderBy: { nameKey: 'asc' },
    select: {
      id: true,
      name: true,
      sector: true,
      members: {
        where: { leftAt: null, standing: { in: speaking } },
        orderBy: { joinedAt: 'asc' },
        select: { standing: true, timeZone: true, quietHoursStart: true, quietHoursEnd: true },
      },
    },
  });
  const took = await countHardHours(reading, coalition.id);
  return partners.map(({ id, name, sector, members }) => {
    const [first] = [...members].sort((a, b) => speaking.indexOf(a.standing) - speaking.indexOf(b.standing));
    return {
      partnerId: id as PartnerId,
      memberId: null,
      name,
      sector,
      timeZone: first?.timeZone ?? coalition.timeZone,
      quietStart: first?.quietHoursStart ?? coalition.quietHoursStart,
      quietEnd: first?.quietHoursEnd ?? coalition.quietHoursEnd,
      took: took.get(id) ?? 0,
    };
  });
}

/** How many of its last two meetings each organisation came to at a hard hour. */
async function countHardHours(reading: Reading, coalitionId: CoalitionId): Promise<Map<string, number>> {
  const rows = await reading.$queryRaw<{ partnerId: string; took: number }[]>`
    select "partnerId", count(*) filter (where "hardship" > 0)::int as "took" from (
      select g."partnerId", g."hardship",
        row_number() over (partition by g."partnerId" order by m."heldAt" desc) as "nth"
      from "MeetingGuest" g join "Meeting" m on m."id" = g."meetingId"
      where g."coalitionId" = ${coalitionId}::uuid and g."present" and g."hardship" is not null
        and g."partnerId" is not null and m."state" = 'held') recent
    where "nth" <= ${mostTook} group by "partnerId"`;
  return new Map(rows.map(({ partnerId, took }) => [partnerId, took]));
}

type DraftData = {
  readonly title: string;
  readonly why: string;
  readonly minutes: number;
  readonly place: string;
  readonly timeZone: string;
  readonly quorum: number;
  readonly closing: Closing;
  readonly deadline: Date;
  readonly objectionDays: number;
  readonly reminders: readonly number[];
  readonly typed: string;
  readonly doubts: readonly Heard[];
  readonly placeId: PlaceId | null;
  readonly small: boolean;
};

export async function openDraft(
  writing: Writing,
  coalitionId: CoalitionId,
  by: MemberId,
  draft: DraftData,
  times: readonly WallTime[],
): Promise<Meeting> {
  const { tx, now } = writing;
  const row = await tx.meeting.create({
    data: {
      ...draft,
      coalitionId,
      openedById: by,
      reminders: [...draft.reminders],
      doubts: draft.doubts as unknown as Prisma.InputJsonValue,
      draftedAt: now,
      changedAt: now,
    },
  });
  const meeting = meetingOf(row);
  await replaceSlots(writing, meeting, times);
  return meeting;
}

export type DraftChange = Partial<
  Pick<
    Meeting,
    | 'quorum'
    | 'spread'
    | 'closing'
    | 'deadline'
    | 'objectionDays'
    | 'timeZone'
    | 'typed'
    | 'doubts'
    | 'invitedIds'
    | 'requiredIds'
    | 'reminders'
  >
>;

/** Changes a draft and nothing else: what was sent has commands of its own. Null when it is no draft any more. */
export async function changeDraft(
  writing: Writing,
  draft: Meeting,
  change: DraftChange,
  times?: readonly WallTime[],
): Promise<Meeting | null> {
  const { id, coalitionId } = draft;
  const { doubts, invitedIds, requiredIds, reminders, ...plain } = change;
  const changed = await writing.tx.meeting.updateMany({
    where: { id, coalitionId, state: 'draft' },
    data: {
      ...plain,
      ...(doubts ? { doubts: doubts as unknown as Prisma.InputJsonValue } : {}),
      ...(invitedIds ? { invitedIds: [...invitedIds] } : {}),
      ...(requiredIds ? { requiredIds: [...requiredIds] } : {}),
      ...(reminders ? { reminders: [...reminders] } : {}),
    },
  });
  if (changed.count === 0) return null;
  const meeting = await findMeeting(writing.tx, coalitionId, id);
  if (meeting && times) await replaceSlots(writing, meeting, times);
  return meeting;
}

async function replaceSlots({ tx }: Writing, meeting: Meeting, times: readonly WallTime[]): Promise<void> {
  await tx.meetingSlot.deleteMany({ where: { meetingId: meeting.id, coalitionId: meeting.coalitionId } });
  await tx.meetingSlot.createMany({ data: times.map((time, index) => slotRow(meeting, time, index + 1)) });
}

/** A slot as it is stored: the wall clock is what was meant, the instant follows from it. */
export function slotRow(
  meeting: Pick<Meeting, 'id' | 'coalitionId' | 'minutes' | 'timeZone' | 'sectors'>,
  { date, time, minutes }: WallTime,
  position: number,
) {
  return {
    coalitionId: meeting.coalitionId,
    meetingId: meeting.id,
    position,
    date,
    time,
    minutes: minutes ?? meeting.minutes,
    startsAt: atWallClock(date, time ?? '00:00', meeting.timeZone),
    sameKey: `${date} ${time ?? ''}`,
    sectorIn: meeting.sectors.map(() => 0),
  };
}

export async function removeDraft({ tx }: Writing, { coalitionId, id }: Meeting): Promise<void> {
  await tx.meeting.deleteMany({ where: { id, coalitionId, state: 'draft' } });
}

export async function listDrafts(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { by?: MemberId; most: number },
): Promise<Meeting[]> {
  const rows = await reading.meeting.findMany({
    where: { coalitionId, state: 'draft', small: false, ...(of.by ? { openedById: of.by } : {}) },
    orderBy: { draftedAt: 'desc' },
    take: of.most,
  });
  return rows.map(meetingOf);
}

/**
 * Sends a draft: freezes who is invited and gives it its number. Null when it is no draft any more, so that
 * sending twice sends once.
 */
export async function sendDraft(
  writing: Writing,
  draft: Pick<Meeting, 'id' | 'coalitionId' | 'requiredIds'>,
  guests: readonly Invitable[],
  state: 'polling' | 'confirmed' = 'polling',
): Promise<Meeting | null> {
  const { tx, now } = writing;
  const { id, coalitionId } = draft;
  const taken = await tx.meeting.updateMany({
    where: { id, coalitionId, state: 'draft' },
    data: { state, sentAt: now },
  });
  if (taken.count === 0) return null;
  const sectors = [...new Set(guests.map(({ sector }) => sector).filter((sector) => sector !== ''))].sort();
  const number = await takeNumber(writing, coalitionId);
  await tx.meeting.update({ where: { id }, data: { number, sectors, guestCount: guests.length } });
  await tx.meetingSlot.updateMany({
    where: { meetingId: id, coalitionId },
    data: { sectorIn: sectors.map(() => 0) },
  });
  await tx.meetingGuest.createMany({
    data: guests.map((guest) => ({
      ...guest,
      coalitionId,
      meetingId: id,
      required: guest.partnerId !== null && draft.requiredIds.includes(guest.partnerId),
    })),
  });
  return findMeeting(tx, coalitionId, id);
}

async function takeNumber({ tx }: Writing, coalitionId: CoalitionId): Promise<number> {
  const book = await tx.meetingBook.upsert({
    where: { coalitionId },
    create: { coalitionId, lastNumber: 1 },
    update: { lastNumber: { increment: 1 } },
  });
  return book.lastNumber;
}

/** What holds for all meetings of a coalition. */
export async function findBook(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<{ objectionDays: number; reminders: readonly number[] }> {
  const row = await reading.meetingBook.findUnique({ where: { coalitionId } });
  return row ?? { objectionDays: 0, reminders: [1440, 60] };
}

export async function recordBook(
  { tx }: Writing,
  coalitionId: CoalitionId,
  book: { objectionDays: number; reminders: readonly number[] },
): Promise<void> {
  const data = { objectionDays: book.objectionDays, reminders: [...book.reminders] };
  await tx.meetingBook.upsert({ where: { coalitionId }, create: { coalitionId, ...data }, update: data });
}

/** Organisations by their names as typed; what is not found comes back as it was typed. */
export async function listPartnersNamed(
  reading: Reading,
  coalitionId: CoalitionId,
  keys: readonly string[],
): Promise<{ id: PartnerId; nameKey: string; name: string }[]> {
  const rows = await reading.partner.findMany({
    where: { coalitionId, leftAt: null, nameKey: { in: [...keys] } },
    select: { id: true, nameKey: true, name: true },
  });
  return rows.map((row) => ({ ...row, id: row.id as PartnerId }));
}

export async function listNamesOf(
  reading: Reading,
  coalitionId: CoalitionId,
  ids: readonly PartnerId[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await reading.partner.findMany({
    where: { coalitionId, id: { in: [...ids] } },
    orderBy: { nameKey: 'asc' },
    select: { name: true },
  });
  return rows.map(({ name }) => name);
}
