import { defineCommand } from '../../../core/command.ts';
import { askToLeave } from './buttons.ts';

export const leaveCommand = defineCommand({
  name: 'coalition leave',
  answers: 'privately',
  by: 'member',
  run: ({ asked, tools }) => askToLeave(asked, tools),
});
