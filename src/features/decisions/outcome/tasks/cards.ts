import { buttons, type Card, card, heading, note, paragraph } from '../../../../core/card.ts';
import { press, id as pressId } from '../../../../core/press.ts';
import type { Reader } from '../../../../core/reader.ts';
import { instant } from '../../../../core/text.ts';
import { titleOf } from '../../decision/cards.ts';
import type { Decision } from '../../decision/store.ts';
import { say } from '../../words.ts';
import { doneButton, type FollowUpId } from '../cards.ts';
import type { Task } from './store.ts';

export const assignFormPress = press('decide.assign-form', { followUp: pressId<FollowUpId>() });

/** Asks somebody to do what follows from a decision, or reminds them, with one press to say that it is done. */
export function taskCard(of: Decision, task: Task, what: 'asked' | 'reminder', reader: Reader): Card {
  return card(
    heading(titleOf(of, reader)),
    paragraph(say(reader, `task-for-you.${what}`, { text: task.text })),
    task.dueAt && note(say(reader, 'follow-ups.due', { due: instant(task.dueAt, reader.timeZone) })),
    buttons({ ...doneButton(task, reader), look: 'primary' }),
  );
}
