import { defineButton } from '../../../core/command.ts';
import { promiseDonePress } from './cards.ts';
import { showHistory } from './commands.ts';
import { promiseTask } from './jobs.ts';
import { closePromise } from './store.ts';

export const promiseDone = defineButton({
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
