import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { concernsCard } from './cards.ts';
import { raiseForm, threadForm } from './forms.ts';
import { threadsOf } from './rules.ts';
import { findBox, listConcernsTo } from './store.ts';

const listed = 20;

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
  async run({ asked: { coalition, member, reader }, tools }) {
    const named = await listConcernsTo(tools.database, coalition.id, member.id, listed);
    const secret = threadsOf(await findBox(tools.database, coalition.id), member.id);
    return shown(concernsCard(reader, { named, secret }));
  },
});

export const concernCommands = [concern, thread, concerns];
