import { type Answer, aside, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton, defineCommand } from '../../../core/command.ts';
import { PersonError } from '../../../core/errors.ts';
import { optional, text, wholeNumber } from '../../../core/field.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { instant } from '../../../core/text.ts';
import { listVoices } from '../../../identity/store.ts';
import type { Mark } from '../counting/ballots/rules.ts';
import { fits, markKind } from '../counting/rules.ts';
import { decisionView, keyLabel } from '../decision/cards.ts';
import { type Decision, findDecisionNumbered } from '../decision/store.ts';
import { markText } from '../voting/cards.ts';
import { recordVote } from '../voting/casting/store.ts';
import { afterVote, type By, findVoting, lateWords } from '../voting/forms.ts';
import { markOfWord, needsReason, parseMarks, tallyKeys } from '../voting/rules.ts';
import { listVoicesIn, removeSpoken } from '../voting/store.ts';
import { say } from '../words.ts';
import { spokenCard, undoSpokenPress } from './cards.ts';

/** So long before the close a person still has time to see that their organisation's answer is wrong. */
const leastToUndoMs = 4 * 3_600_000;

/** Logs what an organisation said in a meeting. It is told, and its own word always stands over this. */
export const spoken = defineCommand({
  name: 'decide spoken',
  answers: 'privately',
  by: 'backbone',
  options: {
    decision: wholeNumber({ least: 1 }),
    partner: text({ max: 80 }),
    answer: text({ max: 100 }),
    reason: optional(text({ max: 500 })),
  },
  async run({ options, asked, tools }): Promise<Answer> {
    const { coalition, member, reader, now } = asked;
    const number = options.decision;
    const of = await findDecisionNumbered(tools.database, coalition.id, number);
    if (of?.state !== 'open' || of.closesAt <= now)
      return refused('decisions.not-open', say(reader, 'refused.not-open', { number }));
    if (of.terms.anonymous) return refused('decisions.secret', say(reader, 'refused.spoken-secret'));
    const wanted = options.partner.toLowerCase();
    const voice = (await listVoicesIn(tools.database, of)).find(({ name }) => name.toLowerCase() === wanted);
    if (!voice?.partnerId)
      return refused('decisions.no-partner', say(reader, 'refused.no-partner', { name: options.partner }));
    const mark = markSaid(options.answer, of, asked);
    if (!mark || !fits(mark, of.terms.rule, of.options.length)) {
      const answers = tallyKeys(of.terms.rule, of.options.length).map((key) => keyLabel(key, of, reader));
      return refused('decisions.mark', say(reader, 'refused.answer', { answers: answers.join(', ') }));
    }
    const reason = options.reason ?? '';
    if (needsReason(mark, of.terms) && reason === '')
      return refused('decisions.reason', say(reader, 'refused.reason'));

    const speakers = await listVoices(tools.database, coalition.id, voice.partnerId as PartnerId);
    const voted = await tools.write(async (writing) => {
      const result = await recordVote(writing, of, voice, {
        mark,
        reason,
        by: member.id,
        primary: false,
        spoken: true,
      });
      if (result.voted === 'late') throw new PersonError('decisions.late', lateWords(of, asked));
      if (result.voted !== 'counted') return result;
      await afterVote(writing, tools, of, voice, {
        answered: result.tally.answered,
        changed: true,
        first: result.replaced === null,
      });
      for (const speaker of speakers) {
        const said = { voice: voice.name, mark: markText(mark, of, speaker), staff: member.name };
        await tools.outreach.reach(writing, {
          coalition,
          member: speaker.id,
          kind: 'neutral',
          from: 'decisions',
          // What is logged anew takes the place of what still waits.
          subject: `${of.id}:spoken:${voice.partnerId}#${now.toISOString()}`,
          why: say(coalition, 'why.spoken'),
          card: spokenCard(of, said, speaker),
          urgent: say(speaker, 'spoken.urgent', { until: instant(of.closesAt, speaker.timeZone) }),
          canWaitUntil: new Date(of.closesAt.getTime() - leastToUndoMs),
        });
      }
      return result;
    });
    if (voted.voted === 'moved') return refused('decisions.moved', say(reader, 'refused.moved'));
    if (voted.voted === 'overruled')
      return refused('decisions.spoke', say(reader, 'refused.spoke', { voice: voice.name }));
    const said = { voice: voice.name, mark: markText(mark, of, reader) };
    return aside(card(paragraph(say(reader, 'spoken.logged', said))));
  },
});

/** The answer by its name on the card, an option's number, or a ranking as people type it. */
function markSaid(typed: string, of: Decision, { reader }: By): Mark | null {
  const { rule } = of.terms;
  const kind = markKind(rule);
  if (kind === 'ranking' || kind === 'points') return parseMarks(typed, rule, of.options.length);
  const wanted = typed.trim().toLowerCase();
  const key = tallyKeys(rule, of.options.length).find(
    (each) => each === wanted || keyLabel(each, of, reader).toLowerCase() === wanted,
  );
  return key === undefined ? null : markOfWord(key);
}

export const undoSpoken = defineButton({
  press: undoSpokenPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }): Promise<Answer> {
    const found = await findVoting(tools, asked, payload.decision);
    if ('answer' in found) return found;
    const { decision, voice } = found;
    const undone = await tools.write(async (writing) => {
      if (!(await removeSpoken(writing, decision, voice))) return false;
      const { coalitionId, id: subject } = decision;
      await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
      return true;
    });
    const { reader } = asked;
    const said = { number: decision.number, voice: voice.name };
    return {
      answer: 'card',
      card: card(paragraph(say(reader, undone ? 'spoken.undone' : 'spoken.nothing', said))),
    };
  },
});
