import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { answerPress, secretPress } from './cards.ts';
import { answerForm, secretForm } from './forms.ts';

const answerPulse = defineButton({
  press: answerPress,
  answers: 'with-form',
  by: 'voice',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(answerForm, say, asked.reader, payload, { how: 'private' }),
  }),
});

const answerSecretly = defineButton({
  press: secretPress,
  answers: 'with-form',
  by: 'voice',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(secretForm, say, asked.reader, payload),
  }),
});

export const pulseButtons = [answerPulse, answerSecretly];
