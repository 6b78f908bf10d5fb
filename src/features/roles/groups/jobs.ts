import { type Upkeep, upkeepOf } from '../../../core/command.ts';
import { PlatformError } from '../../../core/errors.ts';
import type { Groups } from '../../../core/groups.ts';
import type { CoalitionId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { isDuplicate } from '../../../database.ts';
import { getCoalition } from '../../../identity/store.ts';
import type { RoleId } from '../catalogue/rules.ts';
import { say } from '../words.ts';
import { sayMend } from './cards.ts';
import { nextToAdd, type RoleGroup, type RoleGroupId, type StepProblem, stepsFor } from './rules.ts';
import {
  findGroup,
  hasChanged,
  letGroupGo,
  listGroups,
  listOutOfStep,
  listWanted,
  recordAdding,
  recordChanged,
  recordFound,
  recordRemoving,
  recordStep,
  removeGroup,
  takeGroup,
} from './store.ts';

const kind = 'roles.groups';
const groupTask = 'role-group';

/** Accounts changed in one go: a platform takes about one a second, and others wait for the worker too. */
const mostAtOnce = 10;
const mostGroups = 200;
/** When something only staff can mend is looked at again by itself. */
const lookAgainMs = 15 * 60_000;
const busyMs = 30_000;
/** Longer than one go takes; a worker that died holds a group no longer. */
const takenMs = 60_000;
/** When it is tried again to put in whoever is not in the workspace yet. */
const awayMs = 60 * 60_000;

/** Who sits in a role has changed: its groups are looked at as soon as that is committed. */
export async function wakeGroups(writing: Writing, coalitionId: CoalitionId, roleId: RoleId): Promise<void> {
  for (const { id } of await listGroups(writing.tx, coalitionId, roleId)) writing.wake(upkeepOf(kind, id));
}

export const groupUpkeep: Upkeep = {
  kind,
  listDue: ({ database }, realNow) => listOutOfStep(database, realNow, mostGroups),

  async run(id, { tools, groups, realNow }) {
    const groupId = id as RoleGroupId;
    const known = await findGroup(tools.database, groupId);
    const platform = known && groups.get(known.platform);
    // A worker that does not speak with this platform leaves it to one that does.
    if (!platform) return;
    const until = new Date(realNow.getTime() + takenMs);
    // Whoever has it looks at the end whether something has changed meanwhile.
    if (!(await tools.write((writing) => takeGroup(writing, groupId, realNow, until)))) return;
    // As it stands now that nobody else is at it.
    const group = await findGroup(tools.database, groupId);
    if (!group) return;
    const state = await bring(tools, platform, group, realNow);
    await tools.write(async (writing) => {
      await letGroupGo(writing, groupId);
      if (state === 'ended') await removeGroup(writing, group.coalitionId, group.id);
      else await recordStep(writing, group.id, state);
      await tellStaff(writing, tools, group, state === 'ended' ? null : state.problem);
      if (state === 'ended') return;
      // More than one go, or somebody took or gave back a seat meanwhile.
      const isBehind = state.problem === null && (await hasChanged(writing.tx, groupId));
      if (state.again || isBehind) writing.wake(upkeepOf(kind, groupId));
    });
  },
};

type State = { problem: StepProblem | null; waitUntil: Date | null; again?: boolean };
const stopped = (problem: StepProblem, realNow: Date): State => ({
  problem,
  waitUntil: new Date(realNow.getTime() + lookAgainMs),
});

/** One go at bringing a group in step. Every part of it may be done twice. */
async function bring(
  tools: Tools,
  platform: Groups,
  group: RoleGroup,
  realNow: Date,
): Promise<State | 'ended'> {
  // Nothing of ours is in it, so the platform need not be asked.
  if (group.ended && group.kept.every(({ byHand }) => byHand)) return 'ended';
  try {
    const found = await platform.find(group.workspaceRef, group.ref ?? group.name);
    if ('problem' in found) {
      // A group that is gone holds nobody.
      return group.ended && found.problem === 'unknown' ? 'ended' : stopped(found.problem, realNow);
    }
    await tools.write((writing) => recordFound(writing, group.id, found));
    return await change(tools, platform, group, found.ref, realNow);
  } catch (error) {
    if (isDuplicate(error)) return stopped('taken', realNow);
    if (!(error instanceof PlatformError)) throw error;
    if (error.code === 'busy' || error.code === 'no-answer') {
      const waitUntil = new Date(realNow.getTime() + (error.retryAfterMs ?? busyMs));
      return { problem: group.problem, waitUntil };
    }
    return stopped(error.code === 'not-allowed' ? 'not-allowed' : 'away', realNow);
  }
}

async function change(
  tools: Tools,
  platform: Groups,
  group: RoleGroup,
  ref: string,
  realNow: Date,
): Promise<State | 'ended'> {
  const { workspaceRef, id } = group;
  const steps = stepsFor(await listWanted(tools.database, id), group.kept);
  const turn = Math.floor(realNow.getTime() / awayMs);
  const add = nextToAdd(steps.add, group.kept, { turn, most: mostAtOnce });
  const remove = steps.remove.slice(0, mostAtOnce);
  const unknown = add.filter((each) => !group.kept.some((kept) => kept.ref === each));
  const present = unknown.length > 0 ? await platform.listIn(workspaceRef, ref, unknown) : new Set<string>();
  await tools.write(async (writing) => {
    await recordAdding(writing, group, unknown, present);
    await recordRemoving(writing, id, remove);
  });
  const absent = add.filter((each) => !present.has(each));
  const away =
    absent.length + remove.length > 0
      ? await platform.change(workspaceRef, ref, { add: absent, remove })
      : [];
  const added = absent.filter((each) => !away.includes(each));
  const removed = [...remove, ...steps.release];
  await tools.write((writing) => recordChanged(writing, id, { added, removed }));
  // With somebody away the others wait for the next turn, or the same ones would be tried without end.
  const more = steps.add.length > add.length && away.length === 0;
  const again = more || steps.remove.length > remove.length;
  const waitUntil = away.length > 0 ? new Date(realNow.getTime() + awayMs) : null;
  return group.ended && !again ? 'ended' : { problem: null, waitUntil, again };
}

async function tellStaff(
  writing: Writing,
  tools: Tools,
  group: RoleGroup,
  problem: StepProblem | null,
): Promise<void> {
  const { coalitionId } = group;
  const task = { coalitionId, kind: groupTask, subject: group.id };
  if (problem === null) return tools.staffTasks.close(writing, task);
  const coalition = await getCoalition(writing.tx, coalitionId);
  const values = { title: group.role.title, name: group.name, workspace: group.workspace };
  const text = say(coalition, 'task.group', { ...values, mend: sayMend(coalition, group, problem) });
  return tools.staffTasks.open(writing, { ...task, text });
}
