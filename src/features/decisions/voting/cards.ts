import { buttons, type Card, card, heading, note, paragraph } from '../../../core/card.ts';
import { id, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Mark } from '../counting/ballots/rules.ts';
import { keyLabel, mayShowTotals, tallyPart, titleOf } from '../decision/cards.ts';
import type { Decision, DecisionId, Tally } from '../decision/store.ts';
import { say } from '../words.ts';
import { marksText, wordOfMark } from './rules.ts';
import type { CastBallot, Voice } from './store.ts';

const decision = id<DecisionId>();
export const addReasonPress = press('decide.reason', { decision, mark: word });

/** What somebody's voice says now, told to them alone. */
export function ballotCard(
  of: Decision,
  voice: Voice,
  ballot: Pick<CastBallot, 'mark' | 'reason'>,
  scope: { tally: Tally | null; coalition: Coalition; reader: Reader },
): Card {
  const { tally, coalition, reader } = scope;
  const closes = instant(of.closesAt, coalition.timeZone);
  const said = markText(ballot.mark, of, reader);
  const mark = wordOfMark(ballot.mark);
  const mayAdd = of.state === 'open' && of.terms.reasons !== 'off' && mark !== null && ballot.reason === '';
  return card(
    heading(titleOf(of, reader)),
    paragraph(say(reader, 'voted', { voice: voice.name, mark: said })),
    ballot.reason !== '' && paragraph(say(reader, 'voted.reason', { reason: ballot.reason })),
    of.state === 'open' && note(say(reader, 'voted.until', { closes })),
    mayShowTotals(of, 'voter') && tallyPart(of, tally, reader),
    mayAdd &&
      buttons({
        id: addReasonPress.encode({ decision: of.id, mark }),
        label: say.plain(reader, 'button.reason'),
      }),
  );
}

/** What a ballot says, in the words of its card. */
export function markText(mark: Mark, of: Decision, reader: Reader): string {
  const word = wordOfMark(mark);
  return word === null ? marksText(mark) : keyLabel(word, of, reader);
}
