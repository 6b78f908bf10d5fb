import { shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import { taskDonePress, tasksCard, tasksShown } from './cards.ts';
import { closeStaffTask, listStaffTasks } from './store.ts';

export const taskDone = defineButton({
  press: taskDonePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    await tools.write((writing) => closeStaffTask(writing, asked.coalition.id, payload.task));
    return showTasks(asked, tools);
  },
});

export async function showTasks(asked: AskedBy<'backbone'>, tools: Tools) {
  const { tasks, total } = await listStaffTasks(tools.database, asked.coalition.id, tasksShown);
  return shown(tasksCard(tasks, total, asked.reader));
}
