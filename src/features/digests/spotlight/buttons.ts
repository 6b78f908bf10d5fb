import { refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, heading } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { PersonError } from '../../../core/errors.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { lockSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { approvePress, consentParts, consentPress, declinePress, editPress, postponePress } from './cards.ts';
import { answerTurn, wordsForm } from './forms.ts';
import { askLater, planAsking } from './jobs.ts';
import { hasSomething } from './rules.ts';
import { closeTurn, findOpenTurn, findTurn, recordConsent, recordWords, type TurnId } from './store.ts';

const edit = defineButton({
  press: editPress,
  answers: 'with-form',
  by: 'voice',
  async run({ payload, asked: { coalition, member, reader }, tools }) {
    const turn = await findTurn(tools.database, coalition.id, payload.turn);
    if (!turn) return refused('digests.no-turn', say(reader, 'turn.gone'));
    if (turn.partnerId !== member.partner.id) {
      return refused('digests.not-yours', say(reader, 'turn.not-yours'));
    }
    return { answer: 'form', form: openForm(wordsForm, say, reader, payload, turn.words) };
  },
});

const approve = defineButton({
  press: approvePress,
  answers: 'by-updating',
  by: 'voice',
  run({ payload, asked, tools }) {
    return answerTurn(payload.turn, asked, tools, async (writing, turn) => {
      // Whoever approves has seen either the words or, after the deadline, the card.
      const words = turn.state === 'own-card' ? turn.ownCard : turn.words;
      if (!hasSomething(words)) throw new PersonError('digests.no-words', say(asked.reader, 'turn.no-words'));
      await recordWords(writing, asked.coalition.id, turn.id, asked.member.id, words);
    });
  },
});

/** The next partner is asked instead. */
const pass = (turn: TurnId, asked: AskedBy<'voice'>, tools: Tools, how: 'postponed' | 'declined') =>
  answerTurn(turn, asked, tools, async (writing, open, schedule) => {
    await closeTurn(writing, asked.coalition.id, open.id, how, { by: asked.member.id });
    await planAsking(writing, asked.coalition, schedule, tools);
  });

const postpone = defineButton({
  press: postponePress,
  answers: 'by-updating',
  by: 'voice',
  run: ({ payload, asked, tools }) => pass(payload.turn, asked, tools, 'postponed'),
});

const decline = defineButton({
  press: declinePress,
  answers: 'by-updating',
  by: 'voice',
  run: ({ payload, asked, tools }) => pass(payload.turn, asked, tools, 'declined'),
});

/** Whether a partner wants to be in the spotlight at all; its own word, taken back as easily as given. */
const consent = defineButton({
  press: consentPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked: { coalition, member, reader }, tools }) {
    const consents = payload.consent === 'yes';
    const { partner } = member;
    await tools.write(async (writing) => {
      const schedule = await lockSchedule(writing, coalition.id);
      await recordConsent(writing, coalition.id, partner.id, consents);
      if (consents) return askLater(writing, coalition, tools);
      const turn = await findOpenTurn(writing.tx, coalition.id);
      if (!schedule || turn?.partnerId !== partner.id) return;
      await closeTurn(writing, coalition.id, turn.id, 'withdrawn', { by: member.id });
      await planAsking(writing, coalition, schedule, tools);
    });
    const title = heading(say.plain(reader, 'spotlight.title'));
    return shown(card(title, ...consentParts(partner.name, consents, reader)));
  },
});

export const spotlightButtons = [edit, approve, postpone, decline, consent];
