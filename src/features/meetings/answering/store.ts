import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import type { WallTime } from '../../../time/say-when.ts';
import {
  type Guest,
  guestOf,
  type Meeting,
  meetingOf,
  type Slot,
  type SlotId,
  slotOf,
} from '../meeting/store.ts';
import { slotRow } from '../proposing/store.ts';
import { hardshipOf } from '../ranking/rules.ts';
import type { SlotAnswer } from './rules.ts';

type Answered =
  | {
      readonly answered: 'counted';
      /** Whether this guest had not said anything before. */
      readonly first: boolean;
      readonly meeting: Meeting;
    }
  | { readonly answered: 'again' }
  | { readonly answered: 'late' };

export async function listAnswersOf(
  reading: Reading,
  coalitionId: CoalitionId,
  guest: Pick<Guest, 'id'>,
): Promise<Map<SlotId, SlotAnswer>> {
  const rows = await reading.meetingAnswer.findMany({ where: { guestId: guest.id, coalitionId } });
  return new Map(rows.map(({ slotId, answer }) => [slotId as SlotId, answer as SlotAnswer]));
}

/** Guests by what they said to one slot. */
export async function listGuestsSaying(
  reading: Reading,
  of: Meeting,
  slotId: SlotId,
): Promise<{ guest: Guest; answer: SlotAnswer | null }[]> {
  const rows = await reading.meetingGuest.findMany({
    where: { meetingId: of.id, coalitionId: of.coalitionId },
    include: { answers: { where: { slotId } } },
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => ({
    guest: guestOf(row),
    answer: (row.answers[0]?.answer ?? null) as SlotAnswer | null,
  }));
}

/**
 * Takes what one guest says to some slots and moves the totals by the difference: so an answer costs the same
 * however many organisations have answered before. The guest's row is locked first, then slots in their order,
 * the meeting last and only while it is open, so that an answer meets the close exactly once. `late` means that
 * what was written must not stand: the caller gives the transaction up.
 */
export async function recordAnswers(
  writing: Writing,
  of: Meeting,
  guestId: Guest['id'],
  said: ReadonlyMap<SlotId, SlotAnswer>,
  by: MemberId,
): Promise<Answered> {
  const { tx, now } = writing;
  const { coalitionId } = of;
  await tx.$queryRaw`select 1 as "locked" from "MeetingGuest" where "id" = ${guestId}::uuid for update`;
  const row = await tx.meetingGuest.findFirst({ where: { id: guestId, coalitionId, meetingId: of.id } });
  if (!row) return { answered: 'late' };
  const guest = guestOf(row);
  const rows = await tx.meetingSlot.findMany({
    where: { meetingId: of.id, coalitionId, id: { in: [...said.keys()] } },
    orderBy: { position: 'asc' },
  });
  const before = await listAnswersOf(tx, coalitionId, guest);
  let fresh = 0;
  let changes = 0;
  for (const slot of rows.map(slotOf)) {
    const after = said.get(slot.id);
    const earlier = before.get(slot.id) ?? null;
    if (!after || after === earlier) continue;
    changes += 1;
    if (earlier === null && slot.suggestedBy === '') fresh += 1;
    await moveTotals(writing, of, guest, slot, earlier, after);
  }
  const first = row.answeredAt === null;
  if (changes === 0 && !guest.lookAgain) return { answered: 'again' };
  const asked = await tx.meetingSlot.count({ where: { meetingId: of.id, coalitionId, suggestedBy: '' } });
  const answerCount = guest.answerCount + fresh;
  const completed = answerCount >= asked && guest.answerCount < asked;
  await tx.meetingGuest.update({
    where: { id: guest.id },
    data: { answerCount, lookAgain: false, answeredById: by, ...(first ? { answeredAt: now } : {}) },
  });
  const [meeting] = await tx.meeting.updateManyAndReturn({
    where: { id: of.id, coalitionId, state: 'polling', deadline: { gt: now } },
    data: {
      answered: { increment: Number(first) },
      complete: { increment: Number(completed) },
      lookingAgain: { decrement: Number(guest.lookAgain) },
    },
  });
  return meeting ? { answered: 'counted', first, meeting: meetingOf(meeting) } : { answered: 'late' };
}

async function moveTotals(
  { tx }: Writing,
  of: Meeting,
  guest: Guest,
  slot: Slot,
  before: SlotAnswer | null,
  after: SlotAnswer,
): Promise<void> {
  const { coalitionId } = of;
  const cost = hardshipOf(guest, slot);
  const can = (answer: SlotAnswer | null) => Number(answer === 'yes' || answer === 'maybe');
  const moved = can(after) - can(before);
  const is = (answer: SlotAnswer) => Number(after === answer) - Number(before === answer);
  const sector = of.sectors.indexOf(guest.sector) + 1;
  await tx.$executeRaw`
    update "MeetingSlot" set
      "yes" = "yes" + ${is('yes')}, "maybe" = "maybe" + ${is('maybe')}, "no" = "no" + ${is('no')},
      "requiredIn" = "requiredIn" + ${guest.required ? moved : 0},
      "hardship" = "hardship" + ${moved * cost}
    where "id" = ${slot.id}::uuid and "coalitionId" = ${coalitionId}::uuid`;
  if (sector > 0 && moved !== 0)
    await tx.$executeRaw`
      update "MeetingSlot" set "sectorIn"[${sector}::int] = "sectorIn"[${sector}::int] + ${moved}
      where "id" = ${slot.id}::uuid and "coalitionId" = ${coalitionId}::uuid`;
  const data = { answer: after, hardship: can(after) * cost };
  await tx.meetingAnswer.upsert({
    where: { guestId_slotId: { guestId: guest.id, slotId: slot.id } },
    create: { ...data, guestId: guest.id, slotId: slot.id, coalitionId, meetingId: of.id },
    update: data,
  });
}

/** Adds a slot that somebody suggests. The same time twice is one slot: null when it is there already. */
export async function addSlot(
  { tx }: Writing,
  of: Meeting,
  time: WallTime,
  suggestedBy: string,
): Promise<Slot | null> {
  await tx.$queryRaw`select 1 as "locked" from "Meeting" where "id" = ${of.id}::uuid for update`;
  const last = await tx.meetingSlot.findFirst({
    where: { meetingId: of.id, coalitionId: of.coalitionId },
    orderBy: { position: 'desc' },
  });
  const [row] = await tx.meetingSlot.createManyAndReturn({
    data: { ...slotRow(of, time, (last?.position ?? 0) + 1), suggestedBy },
    skipDuplicates: true,
  });
  return row ? slotOf(row) : null;
}

export async function recordStandIn(
  { tx }: Writing,
  coalitionId: CoalitionId,
  guestId: Guest['id'],
  standIn: string,
): Promise<void> {
  await tx.meetingGuest.updateMany({ where: { id: guestId, coalitionId }, data: { standIn } });
}

/** Everybody who may have been asked for a guest. */
export async function listAskedFor(
  reading: Reading,
  coalitionId: CoalitionId,
  { partnerId, memberId }: Pick<Guest, 'partnerId' | 'memberId'>,
): Promise<MemberId[]> {
  if (memberId !== null) return [memberId];
  const rows = await reading.member.findMany({ where: { coalitionId, partnerId }, select: { id: true } });
  return rows.map(({ id }) => id as MemberId);
}

/** Polls that this member's seat has not answered yet, soonest deadline first. */
export async function listWaitingFor(
  reading: Reading,
  coalitionId: CoalitionId,
  member: Pick<Member, 'id' | 'partner'>,
): Promise<Meeting[]> {
  const partnerId = member.partner?.id;
  const rows = await reading.meeting.findMany({
    where: {
      coalitionId,
      state: 'polling',
      guests: {
        some: {
          answeredAt: null,
          OR: [{ memberId: member.id }, ...(partnerId ? [{ partnerId }] : [])],
        },
      },
    },
    orderBy: { deadline: 'asc' },
    take: 10,
  });
  return rows.map(meetingOf);
}

/** Corrects the zone: the wall clock stays, what was said stays, and whoever said it is to look again. */
export async function recordZone(
  { tx, now }: Writing,
  of: Meeting,
  timeZone: string,
  startsAt: (slot: Pick<Slot, 'date' | 'time'>) => Date,
): Promise<number> {
  const { id, coalitionId } = of;
  const rows = await tx.meetingSlot.findMany({ where: { meetingId: id, coalitionId } });
  for (const row of rows) {
    await tx.meetingSlot.update({ where: { id: row.id }, data: { startsAt: startsAt(row) } });
  }
  const { count } = await tx.meetingGuest.updateMany({
    where: { meetingId: id, coalitionId, answeredAt: { not: null } },
    data: { lookAgain: true },
  });
  await tx.meeting.updateMany({
    where: { id, coalitionId },
    data: { timeZone, lookingAgain: count, changedAt: now },
  });
  return count;
}
