import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { type Decision, type DecisionId, findDecision, openDraft } from '../decision/store.ts';
import { say } from '../words.ts';

const reviewKind = 'decisions.review';
/** How long a question that is asked again stays open, unless its draft says otherwise. */
const reviewOpenMs = 7 * 86_400_000;

export async function setReview(
  writing: Writing,
  tools: Tools,
  { coalitionId, id: subject }: Decision,
  dueAt: Date,
): Promise<void> {
  await tools.timers.set(writing, { coalitionId, kind: reviewKind, subject, occurrence: 'review', dueAt });
}

/** Asks the question again: a draft with the same terms, and a task for staff to open it. */
export const review: TimedJob = {
  kind: reviewKind,
  async run({ writing, coalition, subject, tools }) {
    const decision = await findDecision(writing.tx, coalition.id, subject as DecisionId);
    if (decision?.state !== 'closed') return;
    const { question, background, options, terms, number } = decision;
    const draft = await openDraft(writing, coalition.id, decision.openedById, {
      question,
      background,
      options,
      terms,
      closesAt: new Date(writing.now.getTime() + reviewOpenMs),
      revisesId: decision.id,
      placeId: decision.placeId,
    });
    if (!draft) return;
    await tools.staffTasks.open(writing, {
      coalitionId: coalition.id,
      kind: 'decisions.review',
      subject: decision.id,
      text: say(coalition, 'task.review', { number, question }),
    });
  },
};
