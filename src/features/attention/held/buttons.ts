import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { findPartner } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { heldCard, heldShown, sendAnywayPress } from './cards.ts';
import { listHeld } from './store.ts';

/** Staff send what was held knowingly; who did is kept with every message. */
export const sendAnyway = defineButton({
  press: sendAnywayPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner = await findPartner(tools.database, coalition.id, payload.partner);
    const of = { coalitionId: coalition.id, partnerId: payload.partner, by: member.id };
    const count = await tools.write((writing) => tools.outreach.release(writing, of));
    if (count === 0 || !partner) return refused('attention.not-held', say(reader, 'held.gone'));
    const { shown: left, total } = await listHeld(tools.database, coalition.id, heldShown);
    const said = paragraph(say(reader, 'held.sent', { count, partner: partner.name }));
    return shown(total === 0 ? card(said) : card(said, ...heldCard(reader, left, total).parts));
  },
});
