import { createHash, randomBytes } from 'node:crypto';
import type { Asked } from '../../../../core/asked.ts';
import { type CoalitionId, type Id, type MemberId, newId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import { codeFrom, codeLetters, codeMinutes, foldCode, triesAnHour } from './rules.ts';

export type LinkCodeId = Id<'link-code'>;
export type LinkKind = 'workspace' | 'account';
export type LinkCode = {
  readonly id: LinkCodeId;
  readonly coalitionId: CoalitionId;
  readonly memberId: MemberId;
};
/** Why a code cannot be used. `other-kind`: it is right, and for the other command. */
export type CodeTrouble = 'wrong' | 'used' | 'expired' | 'other-kind';

const hourMs = 3_600_000;

/** Makes a code and keeps its hash; what it returns is shown once and cannot be found again. */
export async function makeLinkCode(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  kind: LinkKind,
): Promise<string> {
  const typed = codeFrom(randomBytes(codeLetters));
  const fresh = {
    id: newId<LinkCodeId>(),
    hash: hashOf(typed),
    expiresAt: new Date(now.getTime() + codeMinutes * 60_000),
    ...{ usedAt: null, heldBy: null },
  };
  await tx.linkCode.upsert({
    where: { memberId_kind: { memberId, kind } },
    create: { ...fresh, coalitionId, memberId, kind },
    update: fresh,
  });
  return typed;
}

/** Reads the code that was typed. Whoever types it at the same moment waits until this transaction ends. */
export async function lockCode(
  { tx, now }: Writing,
  typed: string,
  kind: LinkKind,
): Promise<LinkCode | CodeTrouble> {
  const hash = hashOf(typed);
  await tx.$queryRaw`select 1 as "one" from "LinkCode" where "hash" = ${hash} for update`;
  const row = await tx.linkCode.findUnique({ where: { hash } });
  if (!row) return 'wrong';
  if (row.kind !== kind) return 'other-kind';
  if (row.usedAt) return 'used';
  return row.expiresAt <= now ? 'expired' : codeOf(row);
}

/** The same for a code that this account has typed already and was asked about. */
export async function lockHeldCode(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: LinkCodeId,
  account: string,
): Promise<LinkCode | CodeTrouble> {
  await tx.$queryRaw`select 1 as "one" from "LinkCode" where "id" = ${id}::uuid for update`;
  const row = await tx.linkCode.findFirst({ where: { id, coalitionId, kind: 'account', heldBy: account } });
  if (!row) return 'wrong';
  if (row.usedAt) return 'used';
  return row.expiresAt <= now ? 'expired' : codeOf(row);
}

/** After `lockCode`: remembers who may now say that the two members are one person. */
export async function holdCode({ tx }: Writing, id: LinkCodeId, account: string): Promise<void> {
  await tx.linkCode.update({ where: { id }, data: { heldBy: account } });
}

/** After `lockCode`: the code is spent. */
export async function spendCode({ tx, now }: Writing, id: LinkCodeId): Promise<void> {
  await tx.linkCode.update({ where: { id }, data: { usedAt: now } });
}

/** Takes one of the tries that an account has in an hour; `left` are the ones after it. */
export async function takeTry(
  { tx, now }: Writing,
  account: string,
): Promise<{ ok: true; left: number } | { ok: false; againAt: Date }> {
  const old = new Date(now.getTime() - hourMs);
  await tx.linkTries.deleteMany({ where: { since: { lte: old } } });
  const taken = await tx.$queryRaw<{ count: number }[]>`
    insert into "LinkTries" as tries ("account", "count", "since") values (${account}, 1, ${now})
    on conflict ("account") do update set "count" = tries."count" + 1 where tries."count" < ${triesAnHour}
    returning "count"`;
  const [row] = taken;
  if (row) return { ok: true, left: triesAnHour - row.count };
  const { since } = await tx.linkTries.findUniqueOrThrow({ where: { account } });
  return { ok: false, againAt: new Date(since.getTime() + hourMs) };
}

/** The code was right: it does not count. */
export async function giveTryBack({ tx }: Writing, account: string): Promise<void> {
  await tx.linkTries.update({ where: { account }, data: { count: { decrement: 1 } } });
}

/** How an account is counted, whether or not its workspace belongs to a coalition. */
export function accountKey({ platform, workspaceRef, account }: Asked): string {
  return `${platform}:${workspaceRef}/${account.ref}`;
}

const hashOf = (typed: string) => createHash('sha256').update(foldCode(typed)).digest('hex');

function codeOf({
  id,
  coalitionId,
  memberId,
}: {
  id: string;
  coalitionId: string;
  memberId: string;
}): LinkCode {
  return {
    id: id as LinkCodeId,
    coalitionId: coalitionId as CoalitionId,
    memberId: memberId as MemberId,
  };
}
