import { defineCommand } from '../../../core/command.ts';
import { showTasks } from './buttons.ts';

export const tasksCommand = defineCommand({
  name: 'coalition tasks',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showTasks(asked, tools),
});
