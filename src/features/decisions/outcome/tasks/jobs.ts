import type { TimedJob } from '../../../../core/command.ts';
import type { CoalitionId } from '../../../../core/ids.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import type { Coalition } from '../../../../core/who.ts';
import { findMember } from '../../../../identity/store.ts';
import { findDecision } from '../../decision/store.ts';
import { say } from '../../words.ts';
import type { FollowUpId } from '../cards.ts';
import { taskCard } from './cards.ts';
import { reminderAt } from './rules.ts';
import { findTask } from './store.ts';

const remindKind = 'decisions.follow-up';

/** Asks whoever a task was given to, and plans the one reminder. `byThemselves`: they know already. */
export async function askAndPlan(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { task: FollowUpId; byThemselves: boolean },
): Promise<void> {
  await forgetPlans(writing, tools, coalition.id, of.task);
  const task = await findTask(writing.tx, coalition.id, of.task);
  if (!task?.memberId || task.doneAt) return;
  if (!of.byThemselves) await reach(writing, tools, coalition, of.task, 'asked');
  if (!task.dueAt) return;
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: remindKind,
    subject: task.id,
    occurrence: occurrenceOf(task),
    dueAt: reminderAt(task.dueAt, writing.now),
  });
}

/** Takes back what has not been sent or has not happened yet: it is done, or somebody else's. */
export async function forgetPlans(
  writing: Writing,
  tools: Tools,
  coalitionId: CoalitionId,
  subject: FollowUpId,
): Promise<void> {
  await tools.timers.cancel(writing, { coalitionId, kind: remindKind, subject });
  await tools.outreach.takeBack(writing, {
    coalitionId,
    from: 'decisions',
    subjectPrefix: `follow-up:${subject}:`,
  });
}

export const remindOfTask: TimedJob = {
  kind: remindKind,
  run: ({ writing, coalition, subject, tools }) =>
    reach(writing, tools, coalition, subject as FollowUpId, 'reminder'),
};

async function reach(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  id: FollowUpId,
  what: 'asked' | 'reminder',
): Promise<void> {
  const task = await findTask(writing.tx, coalition.id, id);
  if (!task?.memberId || task.doneAt) return;
  const decision = await findDecision(writing.tx, coalition.id, task.decisionId);
  const reader = await findMember(writing.tx, coalition.id, task.memberId);
  if (!decision || !reader) return;
  await tools.outreach.reach(writing, {
    coalition,
    member: reader.id,
    kind: 'ask',
    from: 'decisions',
    subject: `follow-up:${id}:${what}:${occurrenceOf(task)}`,
    why: say(coalition, what === 'asked' ? 'why.task' : 'why.task-due'),
    card: taskCard(decision, task, what, reader),
  });
}

const occurrenceOf = ({ memberId, dueAt }: { memberId: string | null; dueAt: Date | null }) =>
  `${memberId}:${dueAt?.toISOString() ?? ''}`;
