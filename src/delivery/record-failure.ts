import type { PlatformError, PlatformTrouble } from '../core/errors.ts';
import type { CoalitionId, WorkspaceId } from '../core/ids.ts';
import type { Tools, Writing } from '../core/ports.ts';
import type { Claimed } from './claim-lane.ts';
import { calendarRef, groupAccounts } from './delivery.ts';
import { say } from './delivery-words.ts';
import { recordRedrawLater } from './record.ts';
import { recordWorkspaceLost } from './workspaces.ts';

/** Why a message or card was given up; `broken` is our own bug. */
type Failure = PlatformTrouble | 'broken';

/** What another message to the same person would meet as well. Everything else says nothing about them. */
const aboutPerson: readonly Failure[] = ['direct-messages-closed', 'gone'];

/** A card in a place that shut us out is tried this often: nobody tells us that we were let in again. */
const shutOutMs = 3_600_000;
/** Whoever on staff has seen to such a place hears of it again after this, if it is still shut. */
const tellAgainMs = 86_400_000;

/** Gives up on one message or card for now, and tells staff what they can mend. `trouble` null: our own bug. */
export async function recordFailure(
  tools: Tools,
  lane: Claimed,
  trouble: PlatformError | null,
): Promise<void> {
  await tools.write(async (writing) => {
    const workspaceId = lane.workspaceId as WorkspaceId;
    const { removedAt } = await writing.tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    // Where the bot is no longer, every platform has its own word for it, and none says anything of the place.
    const code = trouble && removedAt ? 'disconnected' : (trouble?.code ?? 'broken');
    if (code === 'disconnected') await recordWorkspaceLost(writing, tools.staffTasks, workspaceId);
    const { posting, outgoing } = lane;
    if (posting) return recordNotRedrawn(writing, tools, lane, posting, { code, trouble });
    if (outgoing) return recordUndelivered(writing, tools, lane, outgoing, { code, trouble });
  });
}

type Why = { readonly code: Failure; readonly trouble: PlatformError | null };

/** A card that may be redrawn later stays stale: hourly where a place shut us out, else when the workspace is back. */
async function recordNotRedrawn(
  writing: Writing,
  tools: Tools,
  lane: Claimed,
  posting: NonNullable<Claimed['posting']>,
  why: Why,
): Promise<void> {
  const { tx, now, realNow } = writing;
  if (why.code === 'disconnected') return;
  if (why.code !== 'not-allowed') {
    await tx.posting.update({ where: { id: posting.id }, data: { goneAt: now, stale: false } });
    return;
  }
  await recordRedrawLater(tx, posting.id, new Date(realNow.getTime() + shutOutMs));
  const task = taskFor(lane, why, 'card');
  if (!task) return;
  const { coalitionId, kind, subject } = task;
  const told = await tx.staffTask.findUnique({
    where: { coalitionId_kind_subject: { coalitionId, kind, subject } },
  });
  if (told?.doneAt && told.doneAt > new Date(now.getTime() - tellAgainMs)) return;
  await tools.staffTasks.open(writing, { ...task, text: await task.say(writing) });
}

async function recordUndelivered(
  writing: Writing,
  tools: Tools,
  lane: Claimed,
  outgoing: NonNullable<Claimed['outgoing']>,
  why: Why,
): Promise<void> {
  const { tx, now } = writing;
  const { code } = why;
  await tx.outgoing.update({ where: { id: outgoing.id }, data: { state: 'undeliverable', failure: code } });
  if (outgoing.memberId && aboutPerson.includes(code)) {
    await tx.account.updateMany({
      where: { workspaceId: lane.workspaceId, ref: lane.placeRef.slice(1) },
      data: { unreachableSince: now, unreachableWhy: code },
    });
  }
  if (outgoing.memberId || groupAccounts(lane.placeRef)) {
    await tools.outreach.settled(writing, { outgoingKey: outgoing.key, failure: code });
    return;
  }
  const task = taskFor(lane, why, 'message');
  if (task) await tools.staffTasks.open(writing, { ...task, text: await task.say(writing) });
}

/** What staff are told of a place; null where it is no place, or the whole workspace has a task of its own. */
function taskFor(lane: Claimed, { code, trouble }: Why, what: 'message' | 'card') {
  const { reader, placeRef, platform, workspaceId } = lane;
  if (code === 'disconnected' || placeRef.startsWith('@') || groupAccounts(placeRef)) return null;
  const coalitionId = lane.coalitionId as CoalitionId;
  if (placeRef === calendarRef) {
    const words = { missing: trouble?.missing ?? '', platform };
    const text = say(reader, code === 'not-allowed' ? 'calendar.not-allowed' : 'calendar.other', words);
    return { coalitionId, kind: 'calendar-unreachable', subject: lane.id, say: async () => text };
  }
  return {
    coalitionId,
    kind: 'place-unreachable',
    subject: lane.id,
    async say({ tx }: Writing) {
      const place = await tx.place.findFirst({ where: { workspaceId, ref: placeRef } });
      return say(reader, what === 'card' ? 'card.not-allowed' : `place.${code}`, {
        place: { place: placeRef, name: place?.name ?? placeRef },
        missing: trouble?.missing ?? 'none',
      });
    },
  };
}
