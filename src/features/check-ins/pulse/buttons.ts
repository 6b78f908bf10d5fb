import { refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { answerPress, answersPress, secretPress } from './cards.ts';
import { showRound } from './commands.ts';
import { answerForm, findHearer, secretForm } from './forms.ts';
import { isRoundClosed } from './store.ts';

/** The form names who reads what is for one person alone, so that nobody writes to somebody they did not mean. */
const answerPulse = defineButton({
  press: answerPress,
  answers: 'with-form',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const hearer = await findHearer(tools.database, coalition.id, member.partner.id);
    const form = openForm(answerForm, say, reader, payload, { how: 'private' });
    const intro = hearer ? say.plain(reader, 'pulse.read-by', { name: hearer.name }) : form.intro;
    return { answer: 'form', form: { ...form, intro } };
  },
});

const answerSecretly = defineButton({
  press: secretPress,
  answers: 'with-form',
  by: 'voice',
  async run({ payload, asked: { coalition, reader }, tools }) {
    if (await isRoundClosed(tools.database, coalition.id, payload.round))
      return refused('check-ins.closed', say(reader, 'pulse.closed', { concern: code('/checkin concern') }));
    return { answer: 'form', form: openForm(secretForm, say, reader, payload) };
  },
});

const turnAnswers = defineButton({
  press: answersPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => showRound(asked, tools, payload),
});

export const pulseButtons = [answerPulse, answerSecretly, turnAnswers];
