import { type Answer, type OpenForm, refused, secretly } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { PersonError } from '../../../core/errors.ts';
import { optional, paragraph as paragraphField, text } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import { id, press } from '../../../core/press.ts';
import { code as codeText } from '../../../core/text.ts';
import type { Mark } from '../counting/ballots/rules.ts';
import { fits, markKind, positionsOf } from '../counting/rules.ts';
import { keyLabel, titleOf } from '../decision/cards.ts';
import { type Decision, type DecisionId, findDecisionNumbered } from '../decision/store.ts';
import { closedBody } from '../register/rules.ts';
import { listEntries } from '../register/store.ts';
import { withOptions } from '../voting/buttons.ts';
import { markText } from '../voting/cards.ts';
import { afterVote, type By, findVoting, lateWords, longestReason } from '../voting/forms.ts';
import { markOfWord, needsReason, parseMarks } from '../voting/rules.ts';
import { say } from '../words.ts';
import { findIn, parseCode, urnKey } from './rules.ts';
import { changeBallot, dropBallot, findUrn } from './store.ts';

/**
 * A secret ballot. Everything travels in the form's fields: no button says what was chosen, nothing that was
 * typed is kept as a draft, and the answer with the receipt code is shown once.
 */
export const secretForm = defineForm({
  press: press('decide.secret-ballot', { decision: id<DecisionId>() }),
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: {
    answer: text({ max: 200 }),
    reason: optional(paragraphField({ max: longestReason })),
    code: optional(text({ max: 40 })),
  },
  async submit({ payload, values, asked, tools }) {
    const { member, reader } = asked;
    const found = await findVoting(tools, asked, payload.decision);
    if ('answer' in found) return found;
    const { decision: of, voice } = found;
    const mark = markIn(values.answer, of);
    if (!of.terms.anonymous || !mark || !fits(mark, of.terms.rule, of.options.length))
      return refused('decisions.mark', say(reader, 'refused.mark', { options: of.options.length }));
    const wanted = needsReason(mark, of.terms);
    const reason = of.terms.reasons === 'off' && !wanted ? '' : (values.reason ?? '');
    if (wanted && reason === '') return refused('decisions.reason', say(reader, 'refused.reason'));

    const code = values.code === undefined ? undefined : parseCode(values.code);
    if (code === null) return refused('decisions.code', say(reader, 'refused.code'));
    const dropped = await tools.write(async (writing) => {
      const result =
        code === undefined
          ? await dropBallot(writing, of, voice, { mark, reason, by: member.id })
          : await changeBallot(writing, of, { code, mark, reason });
      if (result.dropped === 'late') throw new PersonError('decisions.late', lateWords(of, asked));
      if (result.dropped === 'counted')
        await afterVote(writing, tools, of, voice, {
          answered: result.answered,
          changed: true,
          first: true,
        });
      return result;
    });
    switch (dropped.dropped) {
      case 'counted':
        return secretly(
          card(
            heading(titleOf(of, reader)),
            paragraph(say(reader, 'secret.counted', { code: codeText(dropped.code) })),
            note(say(reader, 'secret.keep', { number: of.number })),
          ),
        );
      case 'changed':
        return secretly(card(heading(titleOf(of, reader)), paragraph(say(reader, 'secret.changed'))));
      case 'moved':
        return refused('decisions.moved', say(reader, 'refused.moved'));
      case 'answered-before':
        return refused('decisions.answered', say(reader, 'refused.answered', { voice: voice.name }));
      default:
        return refused('decisions.code', say(reader, 'refused.code'));
    }
  },
});

function markIn(typed: string, of: Decision): Mark | null {
  const kind = markKind(of.terms.rule);
  if (kind === 'ranking' || kind === 'points') return parseMarks(typed, of.terms.rule, of.options.length);
  return markOfWord(typed.trim());
}

/** The form with this decision's own answers to choose from. */
export function openSecretForm(of: Decision, asked: By): OpenForm {
  const { reader } = asked;
  const form = openForm(secretForm, say, reader, { decision: of.id });
  const kind = markKind(of.terms.rule);
  if (kind === 'ranking' || kind === 'points') return withOptions(form, of, asked);
  const words =
    kind === 'option' ? of.options.map((_, option) => String(option)) : positionsOf(of.terms.rule);
  const choices = [...words, 'abstain'].map((value) => ({ value, label: keyLabel(value, of, reader) }));
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.name === 'answer' ? { ...field, kind: 'choice', choices } : field,
    ),
  };
}

/** Whether a ballot is in the urn, or on the record, asked by nothing but its code. */
export const receiptForm = defineForm({
  press: press('decide.receipt', {}),
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: { number: text({ max: 10 }), code: text({ max: 40 }) },
  async submit({ values, asked, tools }): Promise<Answer> {
    const { coalition, reader } = asked;
    const number = Number(/\d+/.exec(values.number)?.[0] ?? 0);
    const of = await findDecisionNumbered(tools.database, coalition.id, number);
    const code = parseCode(values.code);
    if (!of?.terms.anonymous || code === null) return refused('decisions.code', say(reader, 'refused.code'));
    const mark = await findMark(of, code);
    if (!mark) return refused('decisions.code', say(reader, 'refused.code'));
    const said = { number, mark: markText(mark, of, reader) };
    return secretly(
      card(paragraph(say(reader, of.state === 'open' ? 'receipt.in' : 'receipt.counted', said))),
    );

    async function findMark(decision: Decision, held: string): Promise<Mark | null> {
      if (decision.state === 'open') {
        return findIn(await findUrn(tools.database, decision), decision.id, held);
      }
      const entries = await listEntries(tools.database, coalition.id, { decisionId: decision.id });
      const closed = entries.find((entry) => entry.kind === 'closed');
      const body = closed && closedBody.safeParse(JSON.parse(closed.body));
      const key = urnKey('ballot', decision.id, held);
      return (body?.success && body.data.ballots.find((ballot) => ballot.of === key)?.mark) || null;
    }
  },
});
