import { buttons, type Card, card, heading, paragraph } from '../../../core/card.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { titleOf } from '../decision/cards.ts';
import type { Decision, DecisionId } from '../decision/store.ts';
import { say } from '../words.ts';

export const undoSpokenPress = press('decide.undo-spoken', { decision: id<DecisionId>() });

/** Tells an organisation what was logged in its name, with the way to undo it. */
export function spokenCard(
  of: Decision,
  said: { voice: string; mark: string; staff: string },
  reader: Reader,
): Card {
  const undo = { id: undoSpokenPress.encode({ decision: of.id }), label: say.plain(reader, 'spoken.undo') };
  return card(heading(titleOf(of, reader)), paragraph(say(reader, 'spoken.told', said)), buttons(undo));
}
