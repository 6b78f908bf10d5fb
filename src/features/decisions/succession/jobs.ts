import type { Feature } from '../../../core/command.ts';
import { findMember } from '../../../identity/store.ts';
import { decisionView } from '../decision/cards.ts';
import { findDecision } from '../decision/store.ts';
import { nudgeOne } from '../nudging/jobs.ts';
import { askAndPlan } from '../outcome/tasks/jobs.ts';
import { say } from '../words.ts';
import { countTasks, listOpenVoices, moveBallots, moveDecider, moveTasks } from './store.ts';

/** What somebody would hand over here. */
export const held: NonNullable<Feature['adds']['held']> = async ({ coalition, member, tools, reader }) => {
  const { database } = tools;
  const votes = member.partner ? (await listOpenVoices(database, coalition.id, member.partner.id)).length : 0;
  const tasks = await countTasks(database, coalition.id, member.id);
  return [
    ...(votes > 0 ? [say(reader, 'held.votes', { votes })] : []),
    ...(tasks > 0 ? [say(reader, 'held.tasks', { tasks })] : []),
  ];
};

/** Votes in open decisions, what follows from closed ones, and questions that were theirs to decide. */
export const handedOver: NonNullable<Feature['adds']['handedOver']> = async (scope) => {
  const { coalition, partnerId, from, elsewhere, writing, tools } = scope;
  const coalitionId = coalition.id;
  const to = await findMember(writing.tx, coalitionId, scope.to);
  if (!to) return;
  await moveBallots(writing, coalitionId, { partnerId, from, to: to.id });
  // Neither says for whom they were taken on; whoever is still here does them.
  const deciders = elsewhere ? [] : await moveDecider(writing, coalitionId, { from, to });
  const tasks = elsewhere ? [] : await moveTasks(writing, coalitionId, { from, to });
  for (const subject of deciders) {
    await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
  }
  for (const task of tasks) await askAndPlan(writing, tools, coalition, { task, byThemselves: false });
  for (const { id, answered } of await listOpenVoices(writing.tx, coalitionId, partnerId)) {
    const before = { coalitionId, from: 'decisions', subjectPrefix: `${id}:nudge`, members: [from] };
    // Their new organisation may have a voice in the same decision.
    if (!elsewhere) await tools.outreach.takeBack(writing, before);
    const decision = answered ? null : await findDecision(writing.tx, coalitionId, id);
    if (decision && decision.closesAt > writing.now)
      await nudgeOne(writing, tools, coalition, decision, to, 'handed-over');
  }
};
