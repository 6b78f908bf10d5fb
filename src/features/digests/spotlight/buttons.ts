import { refused, shown } from '../../../core/answer.ts';
import { card, heading } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { PersonError } from '../../../core/errors.ts';
import { openForm } from '../../../core/open-form.ts';
import { lockSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { approvePress, consentParts, consentPress, declinePress, editPress, postponePress } from './cards.ts';
import { answerTurn, wordsForm } from './forms.ts';
import { planAsking } from './jobs.ts';
import { hasSomething } from './rules.ts';
import { closeTurn, findOpenTurn, findTurn, recordConsent, recordWords } from './store.ts';

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

const postpone = defineButton({
  press: postponePress,
  answers: 'by-updating',
  by: 'voice',
  run({ payload, asked, tools }) {
    return answerTurn(payload.turn, asked, tools, async (writing, turn, schedule) => {
      await closeTurn(writing, asked.coalition.id, turn.id, 'postponed', { by: asked.member.id });
      await planAsking(writing, asked.coalition, schedule, tools);
    });
  },
});

const decline = defineButton({
  press: declinePress,
  answers: 'by-updating',
  by: 'voice',
  run({ payload, asked, tools }) {
    return answerTurn(payload.turn, asked, tools, async (writing, turn, schedule) => {
      await closeTurn(writing, asked.coalition.id, turn.id, 'declined', { by: asked.member.id });
      await planAsking(writing, asked.coalition, schedule, tools);
    });
  },
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
      const turn = await findOpenTurn(writing.tx, coalition.id);
      if (consents || !schedule || turn?.partnerId !== partner.id) return;
      await closeTurn(writing, coalition.id, turn.id, 'withdrawn', { by: member.id });
      await planAsking(writing, coalition, schedule, tools);
    });
    const title = heading(say.plain(reader, 'spotlight.title'));
    return shown(card(title, ...consentParts(partner.name, consents, reader)));
  },
});

export const spotlightButtons = [edit, approve, postpone, decline, consent];
