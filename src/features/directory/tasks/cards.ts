import { buttons, type Card, card, heading, note, paragraph } from '../../../core/card.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { StaffTask, StaffTaskId } from './store.ts';

export const taskDonePress = press('coalition.task-done', { task: id<StaffTaskId>() });

/** The oldest come first, and the next ones follow as these are done. */
export const tasksShown = 6;

export function tasksCard(tasks: readonly StaffTask[], total: number, reader: Reader): Card {
  const title = heading(say.plain(reader, 'tasks.title'));
  if (tasks.length === 0) return card(title, paragraph(say(reader, 'tasks.none')));
  const each = tasks.flatMap((task) => [
    paragraph([...task.text, ' (', instant(task.openedAt, reader.timeZone, 'date'), ')']),
    buttons({ id: taskDonePress.encode({ task: task.id }), label: say.plain(reader, 'tasks.done') }),
  ]);
  const rest = total - tasks.length;
  return card(title, ...each, rest > 0 && note(say(reader, 'tasks.more', { rest })));
}
