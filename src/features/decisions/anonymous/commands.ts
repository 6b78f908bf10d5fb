import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { receiptForm } from './forms.ts';

/** A form, because a command as typed would stand in the platform's history with the code in it. */
export const receipt = defineCommand({
  name: 'decide receipt',
  answers: 'with-form',
  by: 'member',
  async run({ asked }) {
    return { answer: 'form', form: openForm(receiptForm, say, asked.reader, {}) };
  },
});
