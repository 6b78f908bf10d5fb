import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { showConcerns } from './buttons.ts';
import { raiseForm, threadForm } from './forms.ts';

/** A form, because a command as typed would stand in the platform's history with the words in it. */
const concern = defineCommand({
  name: 'checkin concern',
  answers: 'with-form',
  by: 'member',
  run: async ({ asked }) => ({
    answer: 'form',
    form: openForm(raiseForm, say, asked.reader, {}, { how: 'named' }),
  }),
});

const thread = defineCommand({
  name: 'checkin thread',
  answers: 'with-form',
  by: 'member',
  run: async ({ asked }) => ({ answer: 'form', form: openForm(threadForm, say, asked.reader, {}) }),
});

const concerns = defineCommand({
  name: 'checkin concerns',
  answers: 'privately',
  by: 'member',
  run: ({ asked, tools }) => showConcerns(asked, tools, 0),
});

export const concernCommands = [concern, thread, concerns];
