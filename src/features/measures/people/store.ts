import { asJson } from '../../../core/as-json.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { RequestId } from '../requests/rules.ts';

/** Everything here that names a member, as plain data. */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Record<string, unknown>> {
  const own = { coalitionId, memberId };
  const plain = {
    submissions: await reading.measureSubmission.findMany({ where: own }),
    reminders: await reading.measureReminder.findMany({ where: own }),
    contacts: await reading.measureContact.findMany({ where: own }),
    asks: await reading.measureAsk.findMany({
      where: { coalitionId, OR: [{ memberId }, { answeredById: memberId }] },
    }),
    drafts: await reading.measureDraft.findMany({ where: own }),
    excused: await reading.measureRequest.findMany({ where: { coalitionId, excusedById: memberId } }),
    uses: await reading.measureUse.findMany({ where: { coalitionId, notedById: memberId } }),
    measures: await reading.measure.findMany({
      where: { coalitionId, madeById: memberId },
      select: { name: true, madeAt: true },
    }),
    tokens: await reading.measureToken.findMany({
      where: { coalitionId, madeById: memberId },
      select: { name: true, madeAt: true, revokedAt: true },
    }),
  };
  return asJson(plain);
}

/** The figures stay the partner's; nothing here leads to the person any more. */
export async function forgetMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<void> {
  const own = { where: { coalitionId, memberId } };
  const nobody = { data: { memberId: null } };
  await tx.measureSubmission.updateMany({ ...own, ...nobody });
  await tx.measureReminder.updateMany({ ...own, ...nobody });
  await tx.measureAsk.updateMany({ ...own, ...nobody });
  await tx.measureContact.deleteMany(own);
  await tx.measureDraft.deleteMany(own);
  await renameStaff(tx, coalitionId, memberId, null);
}

/** What one member did becomes another's. */
export async function moveMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<void> {
  const theirs = { where: { coalitionId, memberId: from }, data: { memberId: into } };
  await tx.measureSubmission.updateMany(theirs);
  await tx.measureReminder.updateMany(theirs);
  await tx.measureAsk.updateMany(theirs);
  // Keyed by measure and partner: naming the one or the other is naming one person now.
  await tx.measureContact.updateMany(theirs);
  await tx.measureDraft.updateMany(theirs);
  await renameStaff(tx, coalitionId, from, into);
}

async function renameStaff(
  tx: Writing['tx'],
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId | null,
): Promise<void> {
  await tx.measureAsk.updateMany({
    where: { coalitionId, answeredById: from },
    data: { answeredById: into },
  });
  await tx.measureRequest.updateMany({
    where: { coalitionId, excusedById: from },
    data: { excusedById: into },
  });
  await tx.measureUse.updateMany({ where: { coalitionId, notedById: from }, data: { notedById: into } });
  await tx.measure.updateMany({ where: { coalitionId, madeById: from }, data: { madeById: into } });
  await tx.measureToken.updateMany({ where: { coalitionId, madeById: from }, data: { madeById: into } });
}

/** The next one asked is whoever speaks for the partner. Returns of how many measures. */
export async function dropContacts(
  { tx }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<number> {
  return (await tx.measureContact.deleteMany({ where: { coalitionId, memberId } })).count;
}

/** Of how many measures somebody is the one who is asked. */
export const countNamed = (reading: Reading, coalitionId: CoalitionId, memberId: MemberId): Promise<number> =>
  reading.measureContact.count({ where: { coalitionId, memberId } });

/** Whoever takes over at a partner is asked where the other was. */
export async function moveContacts(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: { partnerId: PartnerId; from: MemberId; to: MemberId },
): Promise<void> {
  const { partnerId, from, to } = of;
  await tx.measureContact.updateMany({
    where: { coalitionId, partnerId, memberId: from },
    data: { memberId: to, since: now },
  });
}

/** It reports nothing any more: whatever is open is excused, what was given stays. */
export async function endPartner(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<RequestId[]> {
  const open = await tx.measureRequest.updateManyAndReturn({
    where: { coalitionId, partnerId, submittedAt: null, excusedAt: null },
    data: { excusedAt: now, excuse: '', nextAt: null },
    select: { id: true },
  });
  await tx.measureReporter.deleteMany({ where: { coalitionId, partnerId } });
  await tx.measureContact.deleteMany({ where: { coalitionId, partnerId } });
  return open.map(({ id }) => id as RequestId);
}

/** What a partner was due to give since a moment, and has given, in time or not. */
export async function countGiven(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  of: { since: Date; now: Date },
): Promise<{ done: number; of: number }> {
  const due = { coalitionId, partnerId, excusedAt: null, dueAt: { gte: of.since, lte: of.now } };
  const done = await reading.measureRequest.count({ where: { ...due, submittedAt: { not: null } } });
  return { done, of: await reading.measureRequest.count({ where: due }) };
}
