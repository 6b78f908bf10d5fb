import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { boxPress, replyPress } from './cards.ts';
import { boxForm, replyForm } from './forms.ts';

const replyButton = defineButton({
  press: replyPress,
  answers: 'with-form',
  by: 'member',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(replyForm, say, asked.reader, payload),
  }),
});

const boxButton = defineButton({
  press: boxPress,
  answers: 'with-form',
  by: 'member',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(boxForm, say, asked.reader, payload),
  }),
});

export const concernButtons = [replyButton, boxButton];
