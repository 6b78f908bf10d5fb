import { buttons, type CardButton, list, note, type Part } from '../../../core/card.ts';
import type { Id } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Decision, DecisionId, FollowUp } from '../decision/store.ts';
import { say } from '../words.ts';

export type FollowUpId = Id<'follow-up'>;
const decision = id<DecisionId>();
const followUp = id<FollowUpId>();
export const statePress = press('decide.state', { decision });
export const correctPress = press('decide.correct', { decision });
export const followedPress = press('decide.followed', { followUp });
export const assignPress = press('decide.assign', { followUp });

/** How many follow-up tasks get buttons on one card. */
const mostButtons = 5;

/** What is to be done because of a decision, by whom and until when, and what has been. */
export function doneParts(of: Decision, mayAssign: boolean, reader: Reader): Part[] {
  if (of.followUps.length === 0) return [];
  const left = of.followUps.filter(({ done }) => !done).slice(0, mostButtons);
  return [
    note(say(reader, 'follow-ups.title')),
    list(of.followUps.map((each) => followUpLine(each, reader))),
    left.length > 0 && buttons(...left.map((each) => doneButton(each, reader))),
    left.length > 0 && mayAssign && buttons(...left.map((each) => assignButton(each, reader))),
  ].filter((part) => part !== false);
}

function followUpLine({ text, done, assignee, dueAt }: FollowUp, reader: Reader): Text {
  if (done) return say(reader, 'follow-ups.done', { text });
  const who = assignee === '' ? [text] : say(reader, 'follow-ups.by', { text, who: assignee });
  if (dueAt === null) return who;
  return [...who, ' ', ...say(reader, 'follow-ups.due', { due: instant(dueAt, reader.timeZone) })];
}

export function doneButton({ id: of, text }: Pick<FollowUp, 'id' | 'text'>, reader: Reader): CardButton {
  return {
    id: followedPress.encode({ followUp: of as FollowUpId }),
    label: say.plain(reader, 'button.followed', { text: shortened(text, 50) }),
  };
}

function assignButton({ id: of, text }: FollowUp, reader: Reader): CardButton {
  return {
    id: assignPress.encode({ followUp: of as FollowUpId }),
    label: say.plain(reader, 'button.assign', { text: shortened(text, 50) }),
  };
}
