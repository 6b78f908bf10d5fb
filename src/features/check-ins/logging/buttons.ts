import { defineButton } from '../../../core/command.ts';
import { promiseDonePress, readAllPress } from './cards.ts';
import { showAll, showHistory } from './commands.ts';
import { promiseTask } from './jobs.ts';
import { closePromise } from './store.ts';

const promiseDone = defineButton({
  press: promiseDonePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const coalitionId = asked.coalition.id;
    await tools.write(async (writing) => {
      await closePromise(writing, coalitionId, payload.promise);
      await tools.staffTasks.close(writing, { coalitionId, kind: promiseTask, subject: payload.promise });
    });
    return showHistory(asked, tools, payload.partner);
  },
});

const readAll = defineButton({
  press: readAllPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => showAll(asked, tools, payload),
});

export const loggingButtons = [promiseDone, readAll];
