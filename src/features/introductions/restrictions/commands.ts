import { defineCommand } from '../../../core/command.ts';
import { showRules } from './forms.ts';

export const rules = defineCommand({
  name: 'intros rules',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    return showRules(tools, asked.coalition, asked.reader);
  },
});
