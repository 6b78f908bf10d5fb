import type { CoalitionId, Id, MemberId, PartnerId, PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import type { Heard } from '../../../time/say-when.ts';
import type { LocalDate, LocalTime } from '../../../time/wall-clock.ts';

export type MeetingId = Id<'meeting'>;
export type SlotId = Id<'meeting-slot'>;
export type GuestId = Id<'meeting-guest'>;
export type SeriesId = Id<'meeting-series'>;
const meetingStates = ['draft', 'polling', 'choosing', 'confirmed', 'held', 'cancelled'] as const;
type MeetingState = (typeof meetingStates)[number];
export const closings = ['deadline', 'answered', 'rule'] as const;
export type Closing = (typeof closings)[number];

export type Meeting = {
  readonly id: MeetingId;
  readonly coalitionId: CoalitionId;
  /** 0 while it is a draft. */
  readonly number: number;
  readonly title: string;
  readonly why: string;
  readonly minutes: number;
  readonly place: string;
  readonly timeZone: string;
  readonly state: MeetingState;
  readonly small: boolean;
  readonly quorum: number;
  readonly spread: boolean;
  readonly closing: Closing;
  readonly deadline: Date;
  readonly objectionDays: number;
  readonly reminders: readonly number[];
  readonly typed: string;
  readonly doubts: readonly Heard[];
  readonly invitedIds: readonly PartnerId[];
  readonly requiredIds: readonly PartnerId[];
  readonly sectors: readonly string[];
  readonly guestCount: number;
  readonly answered: number;
  readonly complete: number;
  readonly lookingAgain: number;
  readonly date: LocalDate | null;
  readonly time: LocalTime | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly sequence: number;
  readonly changedAt: Date;
  readonly openedById: MemberId;
  readonly placeId: PlaceId | null;
  readonly seriesId: SeriesId | null;
  readonly occurrence: LocalDate | null;
  readonly sentAt: Date | null;
  readonly heldAt: Date | null;
  readonly objectionsUntil: Date | null;
  readonly whyCancelled: string;
};

export type Slot = {
  readonly id: SlotId;
  readonly meetingId: MeetingId;
  readonly position: number;
  readonly date: LocalDate;
  readonly time: LocalTime | null;
  readonly minutes: number;
  readonly startsAt: Date;
  readonly suggestedBy: string;
  readonly yes: number;
  readonly maybe: number;
  readonly no: number;
  readonly requiredIn: number;
  readonly sectorIn: readonly number[];
  readonly hardship: number;
};

export type Guest = {
  readonly id: GuestId;
  readonly partnerId: PartnerId | null;
  readonly memberId: MemberId | null;
  readonly name: string;
  readonly sector: string;
  readonly required: boolean;
  readonly timeZone: string;
  readonly quietStart: LocalTime;
  readonly quietEnd: LocalTime;
  readonly took: number;
  readonly answerCount: number;
  readonly lookAgain: boolean;
  readonly answeredById: MemberId | null;
  readonly standIn: string;
  readonly rsvp: Rsvp;
  readonly present: boolean;
  readonly caughtUpAt: Date | null;
};
export type Rsvp = 'yes' | 'no' | '';

export async function findMeeting(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MeetingId,
): Promise<Meeting | null> {
  const row = await reading.meeting.findFirst({ where: { id, coalitionId } });
  return row && meetingOf(row);
}

export async function findMeetingNumbered(
  reading: Reading,
  coalitionId: CoalitionId,
  number: number,
): Promise<Meeting | null> {
  const row = await reading.meeting.findFirst({ where: { number, coalitionId } });
  return row && meetingOf(row);
}

/** Held for the rest of the transaction, so that two who would change it come one after the other. */
export async function lockMeeting(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: MeetingId,
): Promise<Meeting | null> {
  await tx.$queryRaw`select 1 as "locked" from "Meeting" where "id" = ${id}::uuid for update`;
  return findMeeting(tx, coalitionId, id);
}

/** Soonest first. Small ones belong to those who are in them and stand in no list. */
export async function listMeetings(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { states: readonly MeetingState[]; most: number; latestFirst?: boolean },
): Promise<Meeting[]> {
  const order = of.latestFirst ? 'desc' : 'asc';
  const rows = await reading.meeting.findMany({
    where: { coalitionId, small: false, state: { in: [...of.states] } },
    orderBy: [{ startsAt: { sort: order, nulls: 'last' } }, { deadline: order }],
    take: of.most,
  });
  return rows.map(meetingOf);
}

export async function listMeetingsBetween(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { state: 'confirmed'; since: Date; until: Date } | { state: 'held'; since: Date; until: Date },
): Promise<Meeting[]> {
  const between = { gt: of.since, lte: of.until };
  const rows = await reading.meeting.findMany({
    where: {
      coalitionId,
      small: false,
      state: of.state,
      ...(of.state === 'held' ? { heldAt: between } : { startsAt: between }),
    },
    orderBy: { startsAt: 'asc' },
    take: 50,
  });
  return rows.map(meetingOf);
}

export async function listSlots(reading: Reading, of: Meeting): Promise<Slot[]> {
  const rows = await reading.meetingSlot.findMany({
    where: { meetingId: of.id, coalitionId: of.coalitionId },
    orderBy: { position: 'asc' },
  });
  return rows.map(slotOf);
}

/** Those that can still be taken. */
export async function listSlotsAhead(reading: Reading, of: Meeting, now: Date): Promise<Slot[]> {
  return (await listSlots(reading, of)).filter(({ startsAt }) => startsAt > now);
}

export async function findSlot(reading: Reading, coalitionId: CoalitionId, id: SlotId): Promise<Slot | null> {
  const row = await reading.meetingSlot.findFirst({ where: { id, coalitionId } });
  return row && slotOf(row);
}

export async function listGuests(
  reading: Reading,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  only: { silent?: boolean; present?: boolean; rsvp?: Rsvp; lookAgain?: boolean } = {},
): Promise<Guest[]> {
  const { silent, ...plain } = only;
  const rows = await reading.meetingGuest.findMany({
    where: {
      meetingId: of.id,
      coalitionId: of.coalitionId,
      ...plain,
      ...(silent ? { answeredAt: null } : {}),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(guestOf);
}

/** The seat that this member may answer for: their organisation's, or in a small meeting their own. */
export async function findGuestOf(
  reading: Reading,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  member: Pick<Member, 'id' | 'partner'>,
): Promise<Guest | null> {
  const partnerId = member.partner?.id;
  const row = await reading.meetingGuest.findFirst({
    where: {
      meetingId: of.id,
      coalitionId: of.coalitionId,
      OR: [{ memberId: member.id }, ...(partnerId ? [{ partnerId, memberId: null }] : [])],
    },
  });
  return row && guestOf(row);
}

export async function findGuest(
  reading: Reading,
  coalitionId: CoalitionId,
  id: GuestId,
): Promise<(Guest & { meetingId: MeetingId }) | null> {
  const row = await reading.meetingGuest.findFirst({ where: { id, coalitionId } });
  return row && { ...guestOf(row), meetingId: row.meetingId as MeetingId };
}

export async function countGuests(
  reading: Reading,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  only: { rsvp?: Rsvp; present?: boolean; required?: boolean },
): Promise<number> {
  return reading.meetingGuest.count({
    where: { meetingId: of.id, coalitionId: of.coalitionId, ...only },
  });
}

/** Changes what is no total: nothing here moves a count. */
export async function changeMeeting(
  { tx, now }: Writing,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  change: Partial<Pick<Meeting, 'state' | 'deadline' | 'timeZone' | 'place' | 'whyCancelled'>> & {
    date?: LocalDate;
    time?: LocalTime | null;
    startsAt?: Date;
    endsAt?: Date;
    raise?: boolean;
    heldAt?: Date;
    objectionsUntil?: Date | null;
  },
): Promise<void> {
  const { raise, ...data } = change;
  await tx.meeting.updateMany({
    where: { id: of.id, coalitionId: of.coalitionId },
    data: { ...data, changedAt: now, ...(raise ? { sequence: { increment: 1 } } : {}) },
  });
}

type Row = NonNullable<Awaited<ReturnType<Reading['meeting']['findFirst']>>>;

export function meetingOf(row: Row): Meeting {
  return {
    ...row,
    id: row.id as MeetingId,
    coalitionId: row.coalitionId as CoalitionId,
    number: row.number ?? 0,
    state: row.state as MeetingState,
    closing: row.closing as Closing,
    doubts: row.doubts as unknown as Heard[],
    invitedIds: row.invitedIds as PartnerId[],
    requiredIds: row.requiredIds as PartnerId[],
    openedById: row.openedById as MemberId,
    placeId: row.placeId as PlaceId | null,
    seriesId: row.seriesId as SeriesId | null,
  };
}

export function slotOf(row: NonNullable<Awaited<ReturnType<Reading['meetingSlot']['findFirst']>>>): Slot {
  return { ...row, id: row.id as SlotId, meetingId: row.meetingId as MeetingId };
}

export function guestOf(row: NonNullable<Awaited<ReturnType<Reading['meetingGuest']['findFirst']>>>): Guest {
  return {
    ...row,
    id: row.id as GuestId,
    partnerId: row.partnerId as PartnerId | null,
    memberId: row.memberId as MemberId | null,
    answeredById: row.answeredById as MemberId | null,
    rsvp: row.rsvp as Rsvp,
  };
}
