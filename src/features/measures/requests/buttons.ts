import { shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { allPress } from './cards.ts';
import { showDue } from './commands.ts';

const all = defineButton({
  press: allPress,
  answers: 'privately',
  by: 'member',
  run: async ({ payload, asked, tools }) => shown(await showDue(asked, tools, payload.page)),
});

export const requestButtons = [all];
