import { asJson } from '../../../core/as-json.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';

type OfRole = { readonly role: { readonly id: RoleId; readonly title: string } };

/** Everything in roles that hangs on one person. */
export type Held = {
  /** Seats that they hold for their organisation, and who steps in. */
  readonly terms: readonly (OfRole & {
    readonly term: TermId;
    readonly partner: PartnerId;
    readonly alternate: MemberId | null;
    readonly endsOn: string | null;
  })[];
  /** Seats for which they step in. */
  readonly stepsIn: readonly OfRole[];
  /** Where they wait, or are asked, for their organisation. */
  readonly waits: readonly (OfRole & { readonly partner: PartnerId })[];
  readonly asked: readonly (OfRole & { readonly partner: PartnerId; readonly offer: number })[];
  /** Roles in which they help newcomers or answer while nobody holds them. */
  readonly helps: readonly OfRole[];
  readonly rosters: readonly { readonly name: string }[];
};

export async function listHeldBy(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Held> {
  const withRole = { role: { select: { id: true, title: true } } };
  const ofRole = ({ role }: { role: { id: string; title: string } }) => ({
    role: { id: role.id as RoleId, title: role.title },
  });
  const [terms, stepsIn, waits, asked, helps, rosters] = await Promise.all([
    reading.roleTerm.findMany({ where: { coalitionId, memberId, current: true }, include: withRole }),
    reading.roleTerm.findMany({
      where: { coalitionId, alternateId: memberId, current: true },
      include: withRole,
    }),
    reading.roleWaiting.findMany({ where: { coalitionId, memberId }, include: withRole }),
    reading.roleSeatOffer.findMany({ where: { coalitionId, memberId, current: true }, include: withRole }),
    reading.role.findMany({
      where: {
        coalitionId,
        state: { in: ['open', 'proposed'] },
        OR: [{ buddyId: memberId }, { standInId: memberId }],
      },
      orderBy: { title: 'asc' },
    }),
    reading.rosterPartner.findMany({
      where: { coalitionId, memberId, roster: { nameKey: { not: null } } },
      include: { roster: { select: { name: true } } },
    }),
  ]);
  return {
    terms: terms.map((row) => ({
      ...ofRole(row),
      term: row.id as TermId,
      partner: row.partnerId as PartnerId,
      alternate: row.alternateId as MemberId | null,
      endsOn: row.endsOn,
    })),
    stepsIn: stepsIn.map(ofRole),
    waits: waits.map((row) => ({ ...ofRole(row), partner: row.partnerId as PartnerId })),
    asked: asked.map((row) => ({
      ...ofRole(row),
      partner: row.partnerId as PartnerId,
      offer: row.number,
    })),
    helps: helps.map((role) => ofRole({ role })),
    rosters: rosters.map(({ roster }) => ({ name: roster.name })),
  };
}

/** Open roles of which a partner holds, is offered or awaits a seat. */
export async function listTouched(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<RoleId[]> {
  const theirs = { some: { partnerId } };
  const current = { some: { partnerId, current: true } };
  const rows = await reading.role.findMany({
    where: {
      coalitionId,
      state: 'open',
      OR: [{ terms: current }, { seatOffers: current }, { line: theirs }],
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id as RoleId);
}

/** How many seats a partner holds. */
export async function countHeld(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<number> {
  return reading.roleTerm.count({ where: { coalitionId, partnerId, current: true } });
}

type Moved = {
  readonly partner: PartnerId;
  readonly from: MemberId;
  readonly to: MemberId;
  /** What they help with without standing for anybody. */
  readonly helps: boolean;
};

/** What one person holds for their organisation becomes another's of the same. Twice is the same as once. */
export async function recordMoved(
  { tx }: Writing,
  coalitionId: CoalitionId,
  { partner, from, to, helps }: Moved,
): Promise<void> {
  const own = { coalitionId, partnerId: partner, current: true };
  const where = { ...own, memberId: from };
  // Whoever stepped in for a seat does not step in for themselves.
  await tx.roleTerm.updateMany({
    where: { ...where, alternateId: to },
    data: { alternateId: null },
  });
  await tx.roleTerm.updateMany({ where, data: { memberId: to } });
  await tx.roleTerm.updateMany({
    where: { ...own, alternateId: from, memberId: to },
    data: { alternateId: null },
  });
  await tx.roleTerm.updateMany({ where: { ...own, alternateId: from }, data: { alternateId: to } });
  await recordLineMoved(tx, coalitionId, { partner, from, to });
  if (!helps) return;
  await tx.role.updateMany({ where: { coalitionId, buddyId: from }, data: { buddyId: to } });
  await tx.role.updateMany({ where: { coalitionId, standInId: from }, data: { standInId: to } });
}

/** What waits for an organisation is asked of another of its people. */
export async function recordLineMoved(
  tx: Writing['tx'],
  coalitionId: CoalitionId,
  { partner, from, to }: { partner: PartnerId; from: MemberId; to: MemberId | null },
): Promise<void> {
  const where = { coalitionId, partnerId: partner, memberId: from };
  const data = { memberId: to };
  await tx.roleWaiting.updateMany({ where, data });
  await tx.roleSeatOffer.updateMany({ where: { ...where, current: true }, data });
  await tx.rosterPartner.updateMany({ where, data });
}

/** The alternate of one seat does it from now on. */
export async function recordSteppedIn({ tx }: Writing, coalitionId: CoalitionId, term: TermId) {
  const row = await tx.roleTerm.findFirst({ where: { coalitionId, id: term, current: true } });
  if (!row?.alternateId) return;
  const data = { memberId: row.alternateId, alternateId: null };
  await tx.roleTerm.update({ where: { id: row.id }, data });
}

/** Takes somebody out of where they only help; the seats and waiting of their organisation stay as they are. */
export async function recordNoHelp({ tx }: Writing, coalitionId: CoalitionId, memberId: MemberId) {
  await tx.roleTerm.updateMany({
    where: { coalitionId, alternateId: memberId, current: true },
    data: { alternateId: null },
  });
  await tx.role.updateMany({ where: { coalitionId, buddyId: memberId }, data: { buddyId: null } });
  await tx.role.updateMany({ where: { coalitionId, standInId: memberId }, data: { standInId: null } });
}

/**
 * An organisation's seats whose person left and that nobody has taken over: of one person, or of all. Those whose
 * person was forgotten are always among them, as nothing says any more who that was.
 */
export async function listOrphaned(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { partner: PartnerId; from: MemberId | null },
): Promise<{ role: RoleId; term: TermId }[]> {
  return reading.$queryRaw<{ role: RoleId; term: TermId }[]>`
    select r."id" as "role", t."id" as "term"
    from "RoleTerm" t join "Role" r on r."id" = t."roleId"
    left join "Member" m on m."id" = t."memberId"
    where t."coalitionId" = ${coalitionId}::uuid and t."partnerId" = ${of.partner}::uuid and t."current"
      and (m."id" is null or (m."leftAt" is not null and coalesce(m."id" = ${of.from}::uuid, true)))
    order by lower(r."title")`;
}

export async function recordTakenOver(
  { tx }: Writing,
  coalitionId: CoalitionId,
  terms: readonly TermId[],
  memberId: MemberId,
): Promise<void> {
  await tx.roleTerm.updateMany({
    where: { coalitionId, id: { in: [...terms] }, current: true },
    data: { memberId },
  });
}

/** Everything in roles that names a member, as plain data. */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Record<string, unknown>> {
  const own = { coalitionId, memberId };
  const plain = {
    terms: await reading.roleTerm.findMany({
      where: { coalitionId, OR: [{ memberId }, { alternateId: memberId }] },
    }),
    seatOffers: await reading.roleSeatOffer.findMany({ where: own }),
    waiting: await reading.roleWaiting.findMany({ where: own }),
    work: await reading.roleWork.findMany({ where: { coalitionId, notedById: memberId } }),
    jobOffers: await reading.roleJobOffer.findMany({ where: own }),
    roles: await reading.role.findMany({
      where: {
        coalitionId,
        OR: [{ buddyId: memberId }, { standInId: memberId }, { proposedById: memberId }],
      },
      select: { title: true, state: true, buddyId: true, standInId: true, proposedById: true },
    }),
    rosters: await reading.rosterPartner.findMany({ where: own }),
    duties: await reading.rosterDuty.findMany({ where: own }),
  };
  return asJson(plain);
}

/** The history stays the organisation's; nothing of it leads to the person any more. */
export const forgetMember = (writing: Writing, coalitionId: CoalitionId, memberId: MemberId) =>
  replaceMember(writing, coalitionId, memberId, null);

/** What one member holds, waits for and did becomes another's. No key here names a person, so nothing can clash. */
export const moveMember = (writing: Writing, coalitionId: CoalitionId, from: MemberId, into: MemberId) =>
  replaceMember(writing, coalitionId, from, into);

/** Wherever roles name one person they name another, or nobody. */
async function replaceMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  by: MemberId | null,
): Promise<void> {
  const theirs = { where: { coalitionId, memberId: from }, data: { memberId: by } };
  await tx.roleTerm.updateMany(theirs);
  await tx.roleTerm.updateMany({ where: { coalitionId, alternateId: from }, data: { alternateId: by } });
  // Nobody steps in for themselves: whoever held a seat and stood in for it with two accounts holds it alone.
  if (by !== null) {
    const alone = { coalitionId, memberId: by, alternateId: by };
    await tx.roleTerm.updateMany({ where: alone, data: { alternateId: null } });
  }
  await tx.roleSeatOffer.updateMany(theirs);
  await tx.roleWaiting.updateMany(theirs);
  await tx.roleWork.updateMany({ where: { coalitionId, notedById: from }, data: { notedById: by } });
  await tx.roleJobOffer.updateMany(theirs);
  await tx.role.updateMany({ where: { coalitionId, buddyId: from }, data: { buddyId: by } });
  await tx.role.updateMany({ where: { coalitionId, standInId: from }, data: { standInId: by } });
  await tx.role.updateMany({ where: { coalitionId, proposedById: from }, data: { proposedById: by } });
  await tx.rosterPartner.updateMany(theirs);
  await tx.rosterDuty.updateMany(theirs);
}
