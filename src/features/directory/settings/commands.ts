import { defineCommand } from '../../../core/command.ts';
import { showSettings } from './forms.ts';

export const settingsCommand = defineCommand({
  name: 'coalition settings',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showSettings(asked, tools, false),
});
