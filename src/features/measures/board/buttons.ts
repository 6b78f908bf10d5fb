import { refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { findMeasure } from '../definition/store.ts';
import { say } from '../words.ts';
import { boardAllPress, boardPress, previewPress } from './cards.ts';
import { showBoard, showBoardOf, showPreview } from './commands.ts';

const turn = defineButton({
  press: boardAllPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => showBoard(asked, tools, Math.max(0, payload.page)),
});

const names = defineButton({
  press: boardPress,
  answers: 'privately',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const measure = await findMeasure(tools.database, asked.coalition.id, payload.measure);
    return measure
      ? showBoardOf(asked, tools, measure)
      : refused('measures.gone', say(asked.reader, 'refused.gone'));
  },
});

const preview = defineButton({
  press: previewPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const measure = await findMeasure(tools.database, asked.coalition.id, payload.measure);
    return measure
      ? showPreview(asked, tools, measure, Math.max(0, payload.page))
      : refused('measures.gone', say(asked.reader, 'refused.gone'));
  },
});

export const boardButtons = [turn, names, preview];
