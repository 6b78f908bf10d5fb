import { refused } from '../../core/answer.ts';
import { defineCommand } from '../../core/command.ts';
import { openForm } from '../../core/open-form.ts';
import { setupForm } from './forms.ts';
import { say } from './words.ts';

export const setup = defineCommand({
  name: 'coalition setup',
  answers: 'with-form',
  by: 'anyone',
  async run({ asked }) {
    const { coalition, reader } = asked;
    if (coalition)
      return refused('directory.already-set-up', say(reader, 'setup.already', { name: coalition.name }));
    const form = openForm(setupForm, say, reader, {}, { zone: reader.timeZone, language: 'en' });
    return { answer: 'form', form };
  },
});
