import { asJson } from '../../../core/as-json.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { Prisma, type Reading } from '../../../database.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { VersionId } from '../versions/rules.ts';
import type { Signature } from './rules.ts';

type SignatureRow = Signature & {
  readonly id: string;
  readonly signedAt: Date;
  readonly memberId: MemberId | null;
  readonly memberName: string;
};

/** A partner's latest signature under a version. */
export async function findSignature(
  reading: Reading,
  coalitionId: CoalitionId,
  versionId: VersionId,
  partnerId: PartnerId,
): Promise<SignatureRow | null> {
  const row = await reading.agreementSignature.findFirst({
    where: { coalitionId, versionId, partnerId },
    orderBy: { round: 'desc' },
  });
  if (!row) return null;
  const member =
    row.memberId && (await reading.member.findFirst({ where: { coalitionId, id: row.memberId } }));
  return { ...row, memberId: row.memberId as MemberId | null, memberName: member ? member.name : '' };
}

/** Whether a partner signed a version before this one. */
export async function hasSignedBefore(
  reading: Reading,
  coalitionId: CoalitionId,
  versionId: VersionId,
  partnerId: PartnerId,
): Promise<boolean> {
  const where = { coalitionId, partnerId, versionId: { not: versionId } };
  return (await reading.agreementSignature.count({ where })) > 0;
}

/** Null when somebody else of the partner signed this round in the same moment. */
export async function recordSignature(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: {
    versionId: VersionId;
    partnerId: PartnerId;
    memberId: MemberId;
    round: number;
    renewsOn: LocalDate | null;
  },
): Promise<string | null> {
  const made = await tx.agreementSignature.createManyAndReturn({
    data: { coalitionId, ...of, signedAt: now },
    skipDuplicates: true,
  });
  return made[0]?.id ?? null;
}

type Renewal = {
  readonly partnerId: PartnerId;
  readonly partner: string;
  readonly version: VersionId;
  readonly renewsOn: LocalDate;
};

/** A signature under the version in force that is still the partner's latest; else there is nothing to renew. */
export async function findRenewal(
  reading: Reading,
  coalitionId: CoalitionId,
  id: string,
): Promise<Renewal | null> {
  const rows = await reading.$queryRaw<Renewal[]>`
    select s."partnerId", p."name" as "partner", s."versionId" as "version", s."renewsOn"
    from "AgreementSignature" s join "AgreementVersion" v on v."id" = s."versionId" and v."live" = false
    join "Partner" p on p."id" = s."partnerId" and p."leftAt" is null
    where s."id" = ${id}::uuid and s."coalitionId" = ${coalitionId}::uuid and s."renewsOn" is not null
      and not exists (select from "AgreementSignature" later where later."versionId" = s."versionId"
        and later."partnerId" = s."partnerId" and later."round" > s."round")`;
  return rows[0] ?? null;
}

export type Signer = {
  readonly partnerId: PartnerId;
  readonly partner: string;
  /** Null where nobody signed, or who did asked to be forgotten. */
  readonly member: string | null;
  readonly signedAt: Date | null;
  readonly renewsOn: LocalDate | null;
};

/** Partners that have signed a version and it holds, or those that have not. */
export async function listSigners(
  reading: Reading,
  coalitionId: CoalitionId,
  versionId: VersionId,
  of: { signed: boolean; today: LocalDate; skip: number; take: number },
): Promise<{ signers: Signer[]; total: number }> {
  const holds = Prisma.sql`s."id" is not null and (s."renewsOn" is null or s."renewsOn" >= ${of.today})`;
  const rows = await reading.$queryRaw<(Signer & { total: number })[]>`
    select p."id" as "partnerId", p."name" as "partner", m."name" as "member", s."signedAt", s."renewsOn",
      count(*) over ()::int as "total"
    from "Partner" p
    left join lateral (
      select * from "AgreementSignature" s where s."versionId" = ${versionId}::uuid and s."partnerId" = p."id"
      order by s."round" desc limit 1
    ) s on true
    left join "Member" m on m."id" = s."memberId"
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null and (${holds}) = ${of.signed}
    order by lower(p."name") limit ${of.take} offset ${of.skip}`;
  return { signers: rows.map(({ total: _, ...signer }) => signer), total: rows[0]?.total ?? 0 };
}

/** Partners in order of id, with whoever speaks for each first; for asking them one batch after the other. */
export async function listToAsk(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { after: string | null; take: number },
): Promise<{ partnerId: PartnerId; partner: string; memberId: MemberId | null }[]> {
  const after = of.after === null ? Prisma.empty : Prisma.sql`and p."id" > ${of.after}::uuid`;
  return reading.$queryRaw<{ partnerId: PartnerId; partner: string; memberId: MemberId | null }[]>`
    select p."id" as "partnerId", p."name" as "partner", m."id" as "memberId"
    from "Partner" p left join lateral (
      select "id" from "Member" m where m."coalitionId" = p."coalitionId" and m."partnerId" = p."id"
        and m."leftAt" is null and m."standing" in ('representative', 'alternate', 'backbone')
      order by m."standing" = 'representative' desc, m."joinedAt" limit 1
    ) m on true
    where p."coalitionId" = ${coalitionId}::uuid and p."leftAt" is null ${after}
    order by p."id" limit ${of.take}`;
}

/** How many partners a new version is sent to, and how many have nobody to send it to. */
export async function countToAsk(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<{ partners: number; unreached: number }> {
  const voices = { leftAt: null, standing: { in: ['representative', 'alternate', 'backbone'] } };
  const where = { coalitionId, leftAt: null };
  const partners = await reading.partner.count({ where: { ...where, members: { some: voices } } });
  const unreached = await reading.partner.count({ where: { ...where, members: { none: voices } } });
  return { partners, unreached };
}

/** Everything in the agreement that names a member, as plain data. */
export async function listStored(
  reading: Reading,
  coalitionId: CoalitionId,
  memberId: MemberId,
): Promise<Record<string, unknown>> {
  const own = { coalitionId, memberId };
  const plain = {
    signatures: await reading.agreementSignature.findMany({ where: own }),
    comments: await reading.agreementComment.findMany({ where: own }),
    drafted: await reading.agreementVersion.findMany({
      where: { coalitionId, OR: [{ draftedById: memberId }, { adoptedById: memberId }] },
      select: { number: true, draftedAt: true, adoptedAt: true },
    }),
  };
  return asJson(plain);
}

/** The partner's signatures and the words of comments stay; who wrote them does not. */
export const forgetMember = (writing: Writing, coalitionId: CoalitionId, memberId: MemberId) =>
  replaceMember(writing, coalitionId, memberId, null);

/** What one member drafted, said and signed becomes another's. Signatures are keyed by partner: none can clash. */
export const moveMember = (writing: Writing, coalitionId: CoalitionId, from: MemberId, into: MemberId) =>
  replaceMember(writing, coalitionId, from, into);

/** Wherever the agreement names one person it names another, or nobody. */
async function replaceMember(
  { tx }: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  by: MemberId | null,
): Promise<void> {
  const theirs = { where: { coalitionId, memberId: from }, data: { memberId: by } };
  await tx.agreementSignature.updateMany(theirs);
  await tx.agreementComment.updateMany(theirs);
  const drafted = { coalitionId, draftedById: from };
  await tx.agreementVersion.updateMany({ where: drafted, data: { draftedById: by } });
  const adopted = { coalitionId, adoptedById: from };
  await tx.agreementVersion.updateMany({ where: adopted, data: { adoptedById: by } });
}
