import { type Answer, refused } from '../../../core/answer.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { findPlaceHere } from '../../../identity/place-here.ts';
import { proposalPreset } from '../charter/rules.ts';
import { mayOpen } from '../charter/store.ts';
import { type DecisionId, type DecisionState, findDecision, openDraft } from '../decision/store.ts';
import { daysAhead, showDraft, untilInstant } from '../opening/forms.ts';
import { longestBackground, longestQuestion } from '../opening/rules.ts';
import { findBook } from '../register/store.ts';
import { presetRule, usualTerms } from '../terms/rules.ts';
import type { By } from '../voting/forms.ts';
import { say } from '../words.ts';

/** How long a proposal from another feature stays open unless its preview is changed. */
const usualDays = 14;

/**
 * Prepares a decision on something of another feature, by the coalition's own rule, and shows its preview: whoever
 * asked may change it and opens it. `adds.decided` tells how it ended.
 * @param alongside what is written in the same transaction; false takes everything back
 */
export async function propose(
  asked: By,
  tools: Tools,
  of: { question: string; background: string },
  alongside: (writing: Writing, decision: DecisionId) => Promise<boolean>,
): Promise<Answer | null> {
  const { coalition, member, reader, now } = asked;
  const refusal = await mayOpen(tools, asked, null);
  if (refusal) return refusal;
  const placeId = await findPlaceHere(asked, tools);
  if (!placeId) return refused('decisions.no-place', say(reader, 'refused.no-place-here'));
  const { charter } = await findBook(tools.database, coalition.id);
  const preset = proposalPreset(charter);
  if (!preset) return refused('decisions.no-yes-rule', say(reader, 'refused.no-yes-rule'));
  const draft = await tools
    .write(async (writing) => {
      const made = await openDraft(writing, coalition.id, member.id, {
        question: shortened(of.question, longestQuestion),
        background: shortened(of.background, longestBackground),
        options: [],
        terms: usualTerms(presetRule(preset, { id: member.id, name: member.name })),
        closesAt: untilInstant(daysAhead(usualDays, { coalition, now }), coalition),
        placeId,
      });
      if (!made || !(await alongside(writing, made.id))) throw new TakenBack();
      return made;
    })
    .catch((error: unknown) => {
      if (error instanceof TakenBack) return null;
      throw error;
    });
  return draft && showDraft(draft, asked, tools);
}

class TakenBack extends Error {}

/** How a decision stands, for the feature that it is about. Null when its draft was thrown away. */
export async function findStanding(
  reading: Reading,
  coalition: Pick<Coalition, 'id'>,
  id: string,
): Promise<{ number: number; state: DecisionState; passed: boolean } | null> {
  const found = await findDecision(reading, coalition.id, id as DecisionId);
  if (!found) return null;
  return { number: found.number, state: found.state, passed: found.result?.ending === 'passed' };
}
