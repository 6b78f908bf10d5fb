import { aside, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { sayDate } from '../../../core/plain-text.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { roleView } from '../catalogue/cards.ts';
import { cancelTerm, setTerm } from '../seats/jobs.ts';
import { say } from '../words.ts';
import { hoursPress, renewPress, workPress } from './cards.ts';
import { hoursForm, noteWork } from './forms.ts';
import { renewedUntil } from './rules.ts';
import { findTerm, recordRenewal } from './store.ts';

const work = defineButton({
  press: workPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const day = localDate(asked.now, asked.coalition.timeZone);
    const partner = asked.member.partner;
    const noted = await noteWork(asked, tools, { role: payload.role, partner, day, minutes: null });
    // Beside the role's card, so that its other buttons stay at hand.
    return noted.answer === 'card' ? aside(noted.card) : noted;
  },
});

const hours = defineButton({
  press: hoursPress,
  answers: 'with-form',
  by: 'voice',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(hoursForm, say, asked.reader, payload),
  }),
});

const renew = defineButton({
  press: renewPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const term = await findTerm(tools.database, coalition.id, payload.term);
    if (!term || term.partnerId !== member.partner.id) {
      return refused('roles.not-held', say(reader, 'renew.not-held'));
    }
    const { role } = term;
    const today = localDate(asked.now, coalition.timeZone);
    const until = role.termMonths === null ? null : renewedUntil(payload.ends, today, role.termMonths);
    const renewed = await tools.write(async (writing) => {
      const old = { id: term.id, endsOn: payload.ends };
      if (!(await recordRenewal(writing, coalition.id, old, until))) return false;
      await cancelTerm(writing, tools, coalition.id, term.id);
      if (until !== null) await setTerm(writing, tools, coalition, { id: term.id, endsOn: until });
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: roleView, subject: role.id });
      return true;
    });
    const ends = renewed ? until : term.endsOn;
    const words = ends
      ? say(reader, renewed ? 'renew.done' : 'renew.before', {
          title: role.title,
          date: sayDate(reader, ends),
        })
      : say(reader, 'renew.open-ended', { title: role.title });
    return shown(card(paragraph(words)));
  },
});

export const termButtons = [work, hours, renew];
