import { defineButton } from '../../../core/command.ts';
import { duePress } from './cards.ts';
import { showDue } from './commands.ts';

const turnDue = defineButton({
  press: duePress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) =>
    showDue(asked, tools, { mine: payload.mine === 'yes', page: payload.page }),
});

export const careButtons = [turnDue];
