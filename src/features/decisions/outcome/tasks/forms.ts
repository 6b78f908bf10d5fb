import { type Answer, aside, mistaken, refused } from '../../../../core/answer.ts';
import { card, paragraph } from '../../../../core/card.ts';
import { defineButton, defineForm } from '../../../../core/command.ts';
import { optional } from '../../../../core/field.ts';
import { openForm } from '../../../../core/open-form.ts';
import type { Tools } from '../../../../core/ports.ts';
import { memberField } from '../../../../identity/fields.ts';
import { decisionView } from '../../decision/cards.ts';
import { mayWrite } from '../../decision/commands.ts';
import { type Decision, findDecision } from '../../decision/store.ts';
import { untilField } from '../../opening/fields.ts';
import { untilInstant } from '../../opening/forms.ts';
import type { By } from '../../voting/forms.ts';
import { say } from '../../words.ts';
import { assignPress, followedPress } from '../cards.ts';
import { assignFormPress } from './cards.ts';
import { askAndPlan, forgetPlans } from './jobs.ts';
import { findTask, recordAssigned, recordDone, type Task } from './store.ts';

/** A task and its decision; what to say instead when there is none. */
async function findTaskOf(
  tools: Tools,
  { coalition, reader }: By,
  id: string,
): Promise<{ task: Task; decision: Decision } | Answer> {
  const task = await findTask(tools.database, coalition.id, id);
  const decision = task && (await findDecision(tools.database, coalition.id, task.decisionId));
  return task && decision ? { task, decision } : refused('decisions.gone', say(reader, 'refused.gone'));
}

const notYours = ({ reader }: By) => refused('decisions.not-yours', say(reader, 'refused.not-yours'));

export const assignButton = defineButton({
  press: assignPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findTaskOf(tools, asked, payload.followUp);
    if ('answer' in found) return found;
    if (!mayWrite(found.decision, asked.member)) return notYours(asked);
    return { answer: 'form', form: openForm(assignForm, say, asked.reader, payload) };
  },
});

export const assignForm = defineForm({
  press: assignFormPress,
  answers: 'privately',
  by: 'member',
  fields: { who: memberField(), due: optional(untilField) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const found = await findTaskOf(tools, asked, payload.followUp);
    if ('answer' in found) return found;
    const { task, decision } = found;
    if (!mayWrite(decision, member)) return notYours(asked);
    const dueAt = values.due ? untilInstant(values.due, coalition, now) : null;
    if (dueAt && dueAt <= now) return mistaken(say(reader, 'refused.past'));
    const { who } = values;
    const assigned = await tools.write(async (writing) => {
      const to = { memberId: who.id, assignee: who.name, dueAt };
      if (!(await recordAssigned(writing, coalition.id, task.id, to))) return false;
      await askAndPlan(writing, tools, coalition, { task: task.id, byThemselves: who.id === member.id });
      return true;
    });
    if (!assigned) return refused('decisions.gone', say(reader, 'refused.gone'));
    return aside(card(paragraph(say(reader, 'follow-ups.assigned', { text: task.text, who: who.name }))));
  },
});

/** Whoever it was given to says that it is done; staff and who asked may too, and anybody while it is nobody's. */
export const followedButton = defineButton({
  press: followedPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findTaskOf(tools, asked, payload.followUp);
    if ('answer' in found) return found;
    const { task, decision } = found;
    const own = task.memberId === null || task.memberId === member.id;
    if (!own && !mayWrite(decision, member)) return notYours(asked);
    await tools.write(async (writing) => {
      await recordDone(writing, coalition.id, task.id);
      await forgetPlans(writing, tools, coalition.id, task.id);
      const { coalitionId, id: subject } = decision;
      await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
    });
    return aside(card(paragraph(say(reader, 'follow-ups.thanks', { text: task.text }))));
  },
});
