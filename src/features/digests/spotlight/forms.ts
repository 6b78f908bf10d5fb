import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import { lockSchedule, type Schedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { turnCard, wordsPress } from './cards.ts';
import { findTurn, longestAnswer, recordWords, type Turn, type TurnId } from './store.ts';

const answer = paragraph({ max: longestAnswer });

/** The four questions. */
export const wordsForm = defineForm({
  press: wordsPress,
  answers: 'by-updating',
  by: 'voice',
  fields: {
    working: answer,
    fits: optional(answer),
    needs: optional(answer),
    offers: optional(answer),
  },
  async submit({ payload, values, asked, tools }) {
    const { working, fits = '', needs = '', offers = '' } = values;
    return answerTurn(payload.turn, asked, tools, async (writing, turn) => {
      await recordWords(writing, asked.coalition.id, turn.id, asked.member.id, {
        working,
        fits,
        needs,
        offers,
      });
      const subject = `spotlight:${turn.id}`;
      const { coalition, member } = asked;
      await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
    });
  },
});

/**
 * Lets a partner's voice answer its open turn, and shows where the turn stands afterwards. A turn that is over
 * stays as it is, and the card says what became of it.
 */
export async function answerTurn(
  turnId: TurnId,
  asked: AskedBy<'voice'>,
  tools: Tools,
  act: (writing: Writing, turn: Turn, schedule: Schedule) => Promise<void>,
): Promise<Answer> {
  const { coalition, member, reader, now } = asked;
  const result = await tools.write(async (writing) => {
    const schedule = await lockSchedule(writing, coalition.id);
    const turn = await findTurn(writing.tx, coalition.id, turnId);
    if (!schedule || !turn) return 'gone';
    if (turn.partnerId !== member.partner.id) return 'not-theirs';
    const isOpen = turn.state === 'asked' || turn.state === 'approved' || turn.state === 'own-card';
    if (isOpen) await act(writing, turn, schedule);
    const after = await findTurn(writing.tx, coalition.id, turnId);
    return after
      ? { after, schedule, late: isOpen && turn.state !== 'approved' && turn.answerBy < now }
      : 'gone';
  });
  if (result === 'gone') return refused('digests.no-turn', say(reader, 'turn.gone'));
  if (result === 'not-theirs') return refused('digests.not-yours', say(reader, 'turn.not-yours'));
  const { after, schedule, late } = result;
  const deadline = instant(after.answerBy, coalition.timeZone);
  const tookIt = late && after.state === 'approved';
  const notice = tookIt ? say(reader, 'turn.after-deadline', { deadline }) : null;
  return shown(turnCard(after, schedule, coalition, reader, notice));
}
