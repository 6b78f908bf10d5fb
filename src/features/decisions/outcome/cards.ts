import { buttons, list, note, type Part } from '../../../core/card.ts';
import type { Id } from '../../../core/ids.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Decision, DecisionId } from '../decision/store.ts';
import { say } from '../words.ts';

export type FollowUpId = Id<'follow-up'>;
const decision = id<DecisionId>();
export const statePress = press('decide.state', { decision });
export const correctPress = press('decide.correct', { decision });
export const followedPress = press('decide.followed', { followUp: id<FollowUpId>() });

/** What is to be done because of a decision, and what has been. */
export function doneParts(of: Decision, reader: Reader): Part[] {
  if (of.followUps.length === 0) return [];
  const left = of.followUps.filter(({ done }) => !done);
  return [
    note(say(reader, 'follow-ups.title')),
    list(
      of.followUps.map(({ text, done }) =>
        say(reader, done ? 'follow-ups.done' : 'follow-ups.open', { text }),
      ),
    ),
    ...(left.length === 0
      ? []
      : [
          buttons(
            ...left.slice(0, 5).map(({ id: followUp, text }) => ({
              id: followedPress.encode({ followUp: followUp as FollowUpId }),
              label: say.plain(reader, 'button.followed', { text: text.slice(0, 50) }),
            })),
          ),
        ]),
  ];
}
