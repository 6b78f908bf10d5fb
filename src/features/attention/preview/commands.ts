import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { memberField } from '../../../identity/fields.ts';
import { showPreview, showSent } from './buttons.ts';
import { everybody } from './cards.ts';

const usualDays = 7;

export const previewCommand = defineCommand({
  name: 'attention preview',
  answers: 'privately',
  by: 'backbone',
  options: { days: optional(wholeNumber({ least: 1, most: 14 })) },
  run: ({ options: { days = usualDays }, asked, tools }) => showPreview(asked, tools, { days, page: 0 }),
});

/** The same in looking back: what went out, to whom, when and why. */
export const sentCommand = defineCommand({
  name: 'attention sent',
  answers: 'privately',
  by: 'backbone',
  options: { member: optional(memberField()) },
  run: ({ options: { member }, asked, tools }) =>
    showSent(asked, tools, { member: member?.id ?? everybody, page: 0 }),
});
