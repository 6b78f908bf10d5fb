import type { Asked } from '../core/asked.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import type { Text } from '../core/text.ts';
import { groupAccounts } from './delivery.ts';
import { say } from './delivery-words.ts';

/** `file`: the words stand, and what was to come with them does not. */
export type Lost = 'answer' | 'file';

/**
 * What somebody asked for has not reached them by any way: staff hear of it. Nothing is written for whoever is in no
 * coalition, as there is nobody to hear.
 */
export async function recordLost(tools: Tools, asked: Asked | null, lost: Lost): Promise<void> {
  if (!asked?.coalition) return;
  const { coalition, member, account, platform } = asked;
  const who = member ? { member: member.id as MemberId, name: member.name } : account.name;
  const task = {
    coalitionId: coalition.id,
    kind: `${lost}-lost`,
    subject: member?.id ?? account.ref,
    text: say(coalition, `lost.${lost}`, { member: who, platform }),
  };
  await tools.write((writing) => tools.staffTasks.open(writing, task));
}

/** The same for the file of a message that was queued and stands. */
export async function recordLostFile(tools: Tools, outgoingId: string): Promise<void> {
  await tools.write(async (writing) => {
    const { tx } = writing;
    const outgoing = await tx.outgoing.findUnique({ where: { id: outgoingId }, include: { lane: true } });
    if (!outgoing) return;
    const { coalitionId, memberId, lane } = outgoing;
    const coalition = await tx.coalition.findUniqueOrThrow({ where: { id: coalitionId } });
    const { platform } = await tx.workspace.findUniqueOrThrow({ where: { id: lane.workspaceId } });
    const where = { workspaceId: lane.workspaceId, ref: lane.placeRef };
    const place = await tx.place.findFirst({ where });
    const member = memberId && (await tx.member.findUnique({ where: { id: memberId } }));
    let text: Text = say(coalition, 'lost.file.place', {
      place: { place: lane.placeRef, name: place?.name ?? lane.placeRef },
      platform,
    });
    if (groupAccounts(lane.placeRef)) text = say(coalition, 'lost.file.together', { platform });
    if (member)
      text = say(coalition, 'lost.file', {
        member: { member: member.id as MemberId, name: member.name },
        platform,
      });
    await tools.staffTasks.open(writing, {
      coalitionId: coalitionId as CoalitionId,
      kind: 'file-lost',
      subject: member ? member.id : lane.id,
      text,
    });
  });
}
