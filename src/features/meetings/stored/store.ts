import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { type Guest, guestOf, type Meeting, meetingOf } from '../meeting/store.ts';

/** In the place of a member who asked to be forgotten: no member has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Everything stored about a member here. */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Record<string, unknown>> {
  const proposed = await reading.meeting.findMany({
    where: { coalitionId, openedById: memberId },
    select: { number: true, title: true, draftedAt: true },
  });
  const answered = await reading.meetingGuest.findMany({
    where: { coalitionId, OR: [{ answeredById: memberId }, { memberId }] },
    include: { meeting: { select: { number: true, title: true } }, answers: { include: { slot: true } } },
  });
  const wrote = await reading.meetingItem.findMany({
    where: { coalitionId, byId: memberId },
    select: { kind: true, text: true, at: true },
  });
  const wishes = await reading.meetingReminder.findMany({ where: { coalitionId, memberId } });
  const series = await reading.meetingSeries.findMany({
    where: { coalitionId, openedById: memberId },
    select: { number: true, title: true },
  });
  return {
    proposed: proposed.map((each) => ({ ...each, draftedAt: each.draftedAt.toISOString() })),
    series,
    answered: answered.map(({ meeting, name, answers, standIn, rsvp }) => ({
      meeting: meeting.number,
      title: meeting.title,
      for: name,
      comesInstead: standIn,
      rsvp,
      answers: answers.map(({ answer, slot }) => ({ date: slot.date, time: slot.time, answer })),
    })),
    wrote: wrote.map((each) => ({ ...each, at: each.at.toISOString() })),
    remindedBefore: wishes.map(({ minutes }) => minutes),
  };
}

/** Meetings that a member proposed and that still need somebody to run them. */
export async function countRun(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  const state = { in: ['polling', 'choosing', 'confirmed'] };
  return reading.meeting.count({ where: { coalitionId, openedById: memberId, state } });
}

/**
 * What one member proposed, answered, wrote and wished becomes another's. Where both have a seat of their own in a
 * small meeting, the seat of `from` stays under an id that nobody answers for.
 */
export async function moveMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  await tx.meeting.updateMany({ where: { coalitionId, openedById: from }, data: { openedById: into } });
  await tx.meetingSeries.updateMany({ where: { coalitionId, openedById: from }, data: { openedById: into } });
  await tx.meetingItem.updateMany({ where: { coalitionId, byId: from }, data: { byId: into } });
  for (const key of ['answeredById', 'caughtUpById'] as const) {
    await tx.meetingGuest.updateMany({ where: { coalitionId, [key]: from }, data: { [key]: into } });
  }
  const seats = await tx.meetingGuest.findMany({ where: { coalitionId, memberId: into } });
  await tx.meetingGuest.updateMany({
    where: { coalitionId, memberId: from, meetingId: { notIn: seats.map(({ meetingId }) => meetingId) } },
    data: { memberId: into },
  });
  const wishes = await tx.meetingReminder.findMany({ where: { coalitionId, memberId: into } });
  await tx.meetingReminder.updateMany({
    where: { coalitionId, memberId: from, meetingId: { notIn: wishes.map(({ meetingId }) => meetingId) } },
    data: { memberId: into },
  });
  await tx.meetingReminder.deleteMany({ where: { coalitionId, memberId: from } });
}

/** Removes a member's words and name. What an organisation answered stays, because it is the organisation's. */
export async function forgetMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  await tx.meeting.updateMany({ where: { coalitionId, openedById: memberId }, data: { openedById: nobody } });
  await tx.meetingSeries.updateMany({
    where: { coalitionId, openedById: memberId },
    data: { openedById: nobody },
  });
  // Decisions and actions are the meeting's; what somebody put on the agenda or objected are their own words.
  await tx.meetingItem.updateMany({
    where: { coalitionId, byId: memberId, kind: { in: ['agenda', 'objection'] } },
    data: { byId: null, text: '–' },
  });
  await tx.meetingItem.updateMany({ where: { coalitionId, byId: memberId }, data: { byId: null } });
  await tx.meetingGuest.updateMany({
    where: { coalitionId, answeredById: memberId },
    data: { answeredById: null, standIn: '' },
  });
  await tx.meetingGuest.updateMany({
    where: { coalitionId, caughtUpById: memberId },
    data: { caughtUpById: null },
  });
  await tx.meetingGuest.updateMany({ where: { coalitionId, memberId }, data: { memberId: null, name: '–' } });
  await tx.meetingReminder.deleteMany({ where: { coalitionId, memberId } });
}

/** Where an organisation is invited to something that has not been held. */
export async function listOpenSeats(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<{ of: Meeting; guest: Guest }[]> {
  const rows = await reading.meetingGuest.findMany({
    where: { coalitionId, partnerId, meeting: { state: { in: ['polling', 'choosing', 'confirmed'] } } },
    include: { meeting: true },
  });
  return rows.map((row) => ({ of: meetingOf(row.meeting), guest: guestOf(row) }));
}

/** Takes a seat away, its answers and whatever they added to the totals. */
export async function removeSeat({ tx }: Writing, of: Meeting, guest: Guest): Promise<void> {
  const { id: meetingId, coalitionId } = of;
  await tx.$queryRaw`select 1 as "locked" from "MeetingGuest" where "id" = ${guest.id}::uuid for update`;
  const sector = of.sectors.indexOf(guest.sector) + 1;
  await tx.$executeRaw`
    update "MeetingSlot" s set
      "yes" = s."yes" - (a."answer" = 'yes')::int,
      "maybe" = s."maybe" - (a."answer" = 'maybe')::int,
      "no" = s."no" - (a."answer" = 'no')::int,
      "requiredIn" = s."requiredIn" - (a."answer" <> 'no' and ${guest.required})::int,
      "hardship" = s."hardship" - a."hardship",
      "sectorIn" = array(
        select c - (at = ${sector} and a."answer" <> 'no')::int
        from unnest(s."sectorIn") with ordinality as each_(c, at) order by at)
    from "MeetingAnswer" a
    where a."slotId" = s."id" and a."guestId" = ${guest.id}::uuid and s."coalitionId" = ${coalitionId}::uuid`;
  const row = await tx.meetingGuest.findFirst({ where: { id: guest.id, coalitionId } });
  if (!row) return;
  const asked = await tx.meetingSlot.count({ where: { meetingId, coalitionId, suggestedBy: '' } });
  await tx.meetingGuest.deleteMany({ where: { id: guest.id, coalitionId } });
  await tx.meeting.updateMany({
    where: { id: meetingId, coalitionId },
    data: {
      guestCount: { decrement: 1 },
      answered: { decrement: Number(row.answeredAt !== null) },
      complete: { decrement: Number(row.answerCount >= asked && asked > 0) },
      lookingAgain: { decrement: Number(row.lookAgain) },
    },
  });
  await tx.meeting.updateMany({
    where: { id: meetingId, coalitionId, quorum: { gt: Math.max(0, of.guestCount - 1) } },
    data: { quorum: Math.max(0, of.guestCount - 1) },
  });
}
