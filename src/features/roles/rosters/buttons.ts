import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { cannotPress, closeRosterPress } from './cards.ts';
import { planAndTell, tellClosed } from './jobs.ts';
import { closeRoster, findDuty, recordCannot } from './store.ts';

const cannot = defineButton({
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

const endRoster = defineButton({
  press: closeRosterPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const closed = await tools.write(async (writing) => {
      const today = localDate(writing.now, coalition.timeZone);
      const ended = await closeRoster(writing, coalition.id, payload.roster, today);
      if (ended)
        await tellClosed(writing, tools, coalition, { roster: payload.roster, duties: ended.duties });
      return ended;
    });
    if (!closed) return refused('roles.roster-gone', say(reader, 'rosters.closed.before'));
    const { name, duties } = closed;
    return shown(card(paragraph(say(reader, 'rosters.closed', { name, count: duties.length }))));
  },
});

export const rosterButtons = [cannot, endRoster];
