import type { Asked } from '../../../core/asked.ts';
import type { Writing } from '../../../core/ports.ts';

/** Opens a coalition for a workspace that has none, with whoever asked as its first backbone staff. */
export async function openCoalition(
  { tx, now }: Writing,
  asked: Asked,
  of: { name: string; zone: string; language: string },
): Promise<{ ok: true } | { ok: false; name: string }> {
  const { platform, workspaceRef: ref, workspaceName, account } = asked;
  const coalition = await tx.coalition.create({
    data: { name: of.name, timeZone: of.zone, language: of.language, createdAt: now },
  });
  const claimed = await tx.workspace.createManyAndReturn({
    data: { coalitionId: coalition.id, platform, ref, name: workspaceName, createdAt: now },
    skipDuplicates: true,
  });
  const workspace = claimed[0];
  if (!workspace) {
    // Somebody else was first, by seconds or by years: the workspace is theirs, and ours is taken back.
    await tx.coalition.delete({ where: { id: coalition.id } });
    const theirs = await tx.workspace.findUniqueOrThrow({
      where: { platform_ref: { platform, ref } },
      include: { coalition: true },
    });
    return { ok: false, name: theirs.coalition.name };
  }
  const member = await tx.member.create({
    data: {
      coalitionId: coalition.id,
      name: account.name,
      standing: 'backbone',
      language: of.language,
      timeZone: of.zone,
      joinedAt: now,
    },
  });
  await tx.account.create({
    data: {
      coalitionId: coalition.id,
      workspaceId: workspace.id,
      memberId: member.id,
      ref: account.ref,
      name: account.name,
    },
  });
  return { ok: true };
}
