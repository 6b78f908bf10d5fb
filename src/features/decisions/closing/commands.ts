import { type Answer, aside, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { text, wholeNumber } from '../../../core/field.ts';
import { decisionView } from '../decision/cards.ts';
import { findDecisionNumbered } from '../decision/store.ts';
import { cancelNudges } from '../nudging/jobs.ts';
import { say } from '../words.ts';
import { closeDecision, closeKind } from './jobs.ts';
import { lockOpenTally, recordWithdrawal } from './store.ts';

const which = { decision: wholeNumber({ least: 1 }), reason: text({ max: 300 }) };

/** Closes early. The reason stands on the record beside the outcome. */
export const closeCommand = defineCommand({
  name: 'decide close',
  answers: 'privately',
  by: 'backbone',
  options: which,
  async run({ options, asked, tools }): Promise<Answer> {
    const { coalition, reader } = asked;
    const number = options.decision;
    const decision = await findDecisionNumbered(tools.database, coalition.id, number);
    if (decision?.state !== 'open')
      return refused('decisions.not-open', say(reader, 'refused.not-open', { number }));
    const closed = await tools.write((writing) =>
      closeDecision(writing, coalition, decision, { by: 'staff', why: options.reason }, tools),
    );
    if (!closed) return refused('decisions.not-open', say(reader, 'refused.not-open', { number }));
    return aside(card(paragraph(say(reader, 'closed-early', { number }))));
  },
});

/** Takes a question back without an outcome: nothing that was cast is told or kept on the record. */
export const withdraw = defineCommand({
  name: 'decide withdraw',
  answers: 'privately',
  by: 'backbone',
  options: which,
  async run({ options, asked, tools }): Promise<Answer> {
    const { coalition, reader } = asked;
    const number = options.decision;
    const decision = await findDecisionNumbered(tools.database, coalition.id, number);
    const gone = refused('decisions.not-open', say(reader, 'refused.not-open', { number }));
    if (decision?.state !== 'open') return gone;
    const withdrawn = await tools.write(async (writing) => {
      if (!(await lockOpenTally(writing, decision))) return false;
      await recordWithdrawal(writing, decision, options.reason);
      await cancelNudges(writing, tools, decision);
      const { coalitionId, id: subject } = decision;
      await tools.timers.cancel(writing, { coalitionId, kind: closeKind, subject });
      const subjectPrefix = `${decision.id}:nudge#`;
      await tools.outreach.takeBack(writing, { coalitionId, from: 'decisions', subjectPrefix });
      await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
      return true;
    });
    return withdrawn ? aside(card(paragraph(say(reader, 'withdrawn', { number })))) : gone;
  },
});
