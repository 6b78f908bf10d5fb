import type { PlatformName } from '../core/who.ts';
import type { Reading } from '../database.ts';

/**
 * The workspace that a direct message belongs to, on a platform that does not say: the one from which a
 * message behind it was sent; else the one where this person was last reached. Null when they are in none.
 * A wrong guess shows nobody's rows: what a button leads to is looked up within the coalition.
 */
export async function findDirectWorkspace(
  reading: Reading,
  of: { platform: PlatformName; messageRefs: readonly string[]; accountRef: string },
): Promise<{ ref: string; name: string } | null> {
  const { platform, messageRefs, accountRef } = of;
  const accounts = await reading.account.findMany({
    where: { ref: accountRef, workspace: { platform, removedAt: null } },
    include: { workspace: true },
    orderBy: [{ reachedAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
  });
  if (accounts.length > 1 && messageRefs.length > 0) {
    const posting = await reading.posting.findFirst({
      where: {
        messageRef: { in: [...messageRefs] },
        lane: {
          placeRef: `@${accountRef}`,
          workspaceId: { in: accounts.map(({ workspaceId }) => workspaceId) },
        },
      },
      include: { lane: true },
    });
    const sender = accounts.find(({ workspaceId }) => workspaceId === posting?.lane.workspaceId);
    if (sender) return sender.workspace;
  }
  return accounts[0]?.workspace ?? null;
}
