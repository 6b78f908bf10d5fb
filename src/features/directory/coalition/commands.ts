import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { helpCard } from './cards.ts';
import { setupForm } from './forms.ts';

export const setupCommand = defineCommand({
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

export const helpCommand = defineCommand({
  name: 'coalition help',
  bare: true,
  answers: 'privately',
  by: 'anyone',
  async run({ asked, tools }) {
    const { member, reader } = asked;
    const hasCoalition = asked.coalition !== null;
    return shown(helpCard({ features: tools.features(), member, hasCoalition, page: 0 }, reader));
  },
});
