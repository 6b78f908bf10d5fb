import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { say } from '../words.ts';
import { cannotPress } from './cards.ts';
import { planAndTell } from './jobs.ts';
import { findDuty, recordCannot } from './store.ts';

export const cannot = defineButton({
  press: cannotPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const passed = await tools.write(async (writing) => {
      const duty = await findDuty(writing.tx, coalition.id, payload.duty);
      if (!duty) return null;
      if (!(await recordCannot(writing, coalition.id, duty.id, member.partner.id))) return null;
      const roster = { id: duty.roster, name: duty.name };
      return { next: await planAndTell(writing, tools, coalition, roster, duty.heldOn) };
    });
    if (!passed) return refused('roles.duty-gone', say(reader, 'duty.gone'));
    const { next } = passed;
    const words = next
      ? say(reader, 'duty.passed', { partner: next.partnerName })
      : say(reader, 'duty.passed-nobody');
    return shown(card(paragraph(words)));
  },
});
