import { type Answer, aside, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton, defineForm } from '../../../core/command.ts';
import { listOf, optional, paragraph as paragraphField } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import { decisionView } from '../decision/cards.ts';
import { mayWrite } from '../decision/commands.ts';
import { type Decision, type DecisionId, findDecision } from '../decision/store.ts';
import type { By } from '../voting/forms.ts';
import { say } from '../words.ts';
import { correctPress, statePress } from './cards.ts';
import { findCorrectable, recordCorrection, recordStatement } from './store.ts';

const decision = id<DecisionId>();

/** A closed decision that this member may put into words: staff, who asked, and who decides on advice. */
async function findClosed(tools: Tools, asked: By, decisionId: DecisionId): Promise<Decision | Answer> {
  const { coalition, member, reader } = asked;
  const of = await findDecision(tools.database, coalition.id, decisionId);
  if (of?.state !== 'closed') return refused('decisions.gone', say(reader, 'refused.gone'));
  const { rule } = of.terms;
  if (rule.rule === 'advice' && rule.decider === member.id) return of;
  return mayWrite(of, member) ? of : refused('decisions.not-yours', say(reader, 'refused.not-yours'));
}

export const stateButton = defineButton({
  press: statePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const of = await findClosed(tools, asked, payload.decision);
    if ('answer' in of) return of;
    const initial = { statement: of.statement, tasks: of.followUps.map(({ text }) => text).join('\n') };
    return { answer: 'form', form: openForm(statementForm, say, asked.reader, payload, initial) };
  },
});

export const statementForm = defineForm({
  press: press('decide.statement', { decision }),
  answers: 'privately',
  by: 'member',
  fields: {
    statement: paragraphField({ max: 1000 }),
    tasks: optional(listOf({ most: 8, each: 120 })),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = await findClosed(tools, asked, payload.decision);
    if ('answer' in of) return of;
    const { rule } = of.terms;
    const decided = rule.rule === 'advice';
    // On advice the one named member decides: nobody else's words are the decision.
    if (decided && rule.decider !== member.id)
      return refused('decisions.decider', say(reader, 'refused.decider', { decider: rule.deciderName }));
    await tools.write(async (writing) => {
      await recordStatement(writing, of, {
        statement: values.statement,
        followUps: values.tasks ?? [],
        decided,
      });
      if (decided) {
        const task = { coalitionId: coalition.id, kind: 'decisions.heard', subject: of.id };
        await tools.staffTasks.close(writing, task);
      }
      const { coalitionId, id: subject } = of;
      await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
    });
    return aside(card(paragraph(say(reader, 'statement.kept', { number: of.number }))));
  },
});

export const correctButton = defineButton({
  press: correctPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const of = await findClosed(tools, asked, payload.decision);
    if ('answer' in of) return of;
    return { answer: 'form', form: openForm(correctionForm, say, asked.reader, payload) };
  },
});

export const correctionForm = defineForm({
  press: press('decide.correction', { decision }),
  answers: 'privately',
  by: 'member',
  fields: { text: paragraphField({ max: 600 }) },
  async submit({ payload, values, asked, tools }) {
    const of = await findClosed(tools, asked, payload.decision);
    if ('answer' in of) return of;
    const { position } = await tools.write(async (writing) =>
      recordCorrection(writing, of, {
        text: values.text,
        supersedes: await findCorrectable(writing, of),
      }),
    );
    return aside(
      card(paragraph(say(asked.reader, 'correction.kept', { entry: position, number: of.number }))),
    );
  },
});
