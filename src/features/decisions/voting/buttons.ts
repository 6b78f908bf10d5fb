import { type Answer, aside, type OpenForm, refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { markKind } from '../counting/rules.ts';
import { marksPress, minePress, reasonedPress, votePress } from '../decision/cards.ts';
import { type Decision, type DecisionId, findDecision, findTally } from '../decision/store.ts';
import { say } from '../words.ts';
import { addReasonPress, ballotCard } from './cards.ts';
import { type By, findVoting, marksForm, nothingCast, reasonForm, vote } from './forms.ts';
import { markOfWord, marksText } from './rules.ts';
import { findBallot, findVoiceOf } from './store.ts';

/** One press, one answer. */
export const voteButton = defineButton({
  press: votePress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const mark = markOfWord(payload.mark);
    if (!mark) return refused('decisions.gone', say(asked.reader, 'refused.gone'));
    return vote(tools, asked, payload.decision, { mark, reason: '' });
  },
});

/** An answer that needs its reason first, such as an objection. */
export const reasonedButton = defineButton({
  press: reasonedPress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) => askReason(payload, asked, tools),
});

export const addReasonButton = defineButton({
  press: addReasonPress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) => askReason(payload, asked, tools),
});

async function askReason(
  payload: { decision: DecisionId; mark: string },
  asked: By,
  tools: Parameters<typeof findVoting>[0],
): Promise<Answer> {
  const found = await findVoting(tools, asked, payload.decision);
  if ('answer' in found) return found;
  const initial = { reason: found.ballot?.reason ?? '' };
  return { answer: 'form', form: openForm(reasonForm, say, asked.reader, payload, initial) };
}

export const marksButton = defineButton({
  press: marksPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findVoting(tools, asked, payload.decision);
    if ('answer' in found) return found;
    const { ballot } = found;
    const initial = { marks: ballot ? marksText(ballot.mark) : '', reason: ballot?.reason ?? '' };
    const form = openForm(marksForm, say, asked.reader, payload, initial);
    return { answer: 'form', form: withOptions(form, found.decision, asked) };
  },
});

/** The numbered options above the field in which they are ranked or given points. */
export function withOptions(form: OpenForm, of: Decision, { reader }: By): OpenForm {
  const kind = markKind(of.terms.rule);
  if (kind !== 'ranking' && kind !== 'points') return form;
  const { rule } = of.terms;
  const how = say.plain(reader, `marks.${kind}`, {
    most: rule.rule === 'score' ? rule.most : 0,
    dots: rule.rule === 'dots' ? rule.dots : 0,
  });
  const options = of.options.map((option, index) => `${index + 1}. ${option}`).join('\n');
  return { ...form, intro: `${how}\n${options}` };
}

/** What did we say? */
export const ownButton = defineButton({
  press: minePress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = await findDecision(tools.database, coalition.id, payload.decision);
    if (!of) return refused('decisions.gone', say(reader, 'refused.gone'));
    const voice = await findVoiceOf(tools.database, coalition.id, of.id, {
      partnerId: member.partner?.id ?? null,
      memberId: member.id,
    });
    const ballot = voice && (await findBallot(tools.database, coalition.id, voice.id));
    if (!voice || !ballot) return nothingCast(asked, of);
    const tally = await findTally(tools.database, coalition.id, of.id);
    return aside(ballotCard(of, voice, ballot, { tally, coalition, reader }));
  },
});
