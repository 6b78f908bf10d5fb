import { defineCommand } from '../../../core/command.ts';
import { optional } from '../../../core/field.ts';
import { memberField } from '../../../identity/fields.ts';
import { roleField } from '../catalogue/fields.ts';
import { giveBackSeat, takeSeat } from './buttons.ts';
import { handOverField, passSeat } from './forms.ts';

const take = defineCommand({
  name: 'roles take',
  answers: 'privately',
  by: 'voice',
  options: { role: roleField() },
  run: ({ options, asked, tools }) => takeSeat(asked, tools, options.role.id, 'own'),
});

const release = defineCommand({
  name: 'roles release',
  answers: 'privately',
  by: 'voice',
  options: { role: roleField(), note: optional(handOverField()) },
  run: ({ options, asked, tools }) => giveBackSeat(asked, tools, options.role.id, 'own', options.note),
});

const pass = defineCommand({
  name: 'roles pass',
  answers: 'privately',
  by: 'voice',
  options: { role: roleField(), to: memberField(), note: optional(handOverField()) },
  run: ({ options, asked, tools }) => passSeat(asked, tools, options.role.id, options.to, options.note ?? ''),
});

export const seatCommands = [take, release, pass];
