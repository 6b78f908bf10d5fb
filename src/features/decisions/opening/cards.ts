import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { agreedParts, endingSentence, titleOf } from '../decision/cards.ts';
import type { Decision, DecisionId } from '../decision/store.ts';
import type { TermsConflict } from '../terms/rules.ts';
import { say } from '../words.ts';

const decision = id<DecisionId>();
export const draftPress = press('decide.draft', { decision });
export const openPress = press('decide.open', { decision });
export const discardPress = press('decide.discard', { decision });
export const changeRulePress = press('decide.change-rule', { decision });
export const changeQuorumPress = press('decide.change-quorum', { decision });
export const changeVoicesPress = press('decide.change-voices', { decision });
export const changeViewPress = press('decide.change-view', { decision });
export const changeTimePress = press('decide.change-time', { decision });

/** What will be asked and by which rule, for whoever prepares it: nobody else sees it yet. */
export function draftCard(
  draft: Decision,
  scope: { conflict: TermsConflict | null; voices: number; coalition: Coalition; reader: Reader },
): Card {
  const { conflict, voices, coalition, reader } = scope;
  const button = (
    name: string,
    label: 'open' | 'discard' | 'rule' | 'quorum' | 'voices' | 'view' | 'time',
  ) => ({
    id: name,
    label: say.plain(reader, `draft.${label}`),
  });
  const payload = { decision: draft.id };
  return card(
    heading(say.plain(reader, 'draft.title', { question: draft.question })),
    draft.background !== '' && paragraph([draft.background]),
    draft.options.length > 0 &&
      list(
        draft.options.map((option) => [option]),
        true,
      ),
    ...agreedParts(draft, reader),
    paragraph(say(reader, 'draft.closes', { closes: instant(draft.closesAt, coalition.timeZone), voices })),
    draft.terms.reviewDays > 0 && note(say(reader, 'draft.review', { days: draft.terms.reviewDays })),
    conflict !== null && paragraph(say(reader, `conflict.${conflict}`)),
    buttons(
      conflict === null && { ...button(openPress.encode(payload), 'open'), look: 'primary' },
      button(changeRulePress.encode(payload), 'rule'),
      button(changeQuorumPress.encode(payload), 'quorum'),
      button(changeVoicesPress.encode(payload), 'voices'),
      button(changeViewPress.encode(payload), 'view'),
      button(changeTimePress.encode(payload), 'time'),
      { ...button(discardPress.encode(payload), 'discard'), look: 'danger' },
    ),
  );
}

export function openedCard(of: Decision, coalition: Coalition, reader: Reader): Card {
  return card(
    heading(titleOf(of, reader)),
    paragraph(say(reader, 'opened', { number: of.number })),
    note(endingSentence(of, coalition, reader)),
  );
}
