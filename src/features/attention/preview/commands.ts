import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { showPreview } from './buttons.ts';

const usualDays = 7;

export const previewCommand = defineCommand({
  name: 'attention preview',
  answers: 'privately',
  by: 'backbone',
  options: { days: optional(wholeNumber({ least: 1, most: 14 })) },
  run: ({ options: { days = usualDays }, asked, tools }) => showPreview(asked, tools, { days, page: 0 }),
});
