import { aside, refused } from '../../../core/answer.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { findSeat } from '../answering/forms.ts';
import {
  agendaPress,
  comingPress,
  meetingView,
  notComingPress,
  remindPress,
  whenText,
} from '../meeting/cards.ts';
import type { MeetingId } from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { warnIfAtRisk } from '../series/jobs.ts';
import { say } from '../words.ts';
import { agendaForm, remindForm } from './forms.ts';
import { tellOthers } from './jobs.ts';
import { recordRsvp } from './store.ts';

async function rsvp(tools: Tools, asked: By, meetingId: MeetingId, word: 'yes' | 'no') {
  const { coalition, reader } = asked;
  const found = await findSeat(tools, asked, meetingId);
  if ('answer' in found) return found;
  const { of, guest } = found;
  const kept = await tools.write(async (writing) => {
    if (!(await recordRsvp(writing, of, guest.id, word))) return false;
    await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
    if (word === 'yes') return true;
    if (of.small) await tellOthers(writing, tools, coalition, of, guest);
    else await warnIfAtRisk(writing, tools, coalition, of);
    return true;
  });
  if (!kept) return refused('meetings.begun', say(reader, 'refused.begun', { number: of.number }));
  const words = { guest: guest.name, when: { bold: whenText(of, of.timeZone, reader) } };
  return aside(card(paragraph(say(reader, `rsvp.${word}`, words)), note(say(reader, 'rsvp.until'))));
}

export const comingButton = defineButton({
  press: comingPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => rsvp(tools, asked, payload.meeting, 'yes'),
});

export const notComingButton = defineButton({
  press: notComingPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => rsvp(tools, asked, payload.meeting, 'no'),
});

export const agendaButton = defineButton({
  press: agendaPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    return { answer: 'form', form: openForm(agendaForm, say, asked.reader, payload) };
  },
});

export const remindButton = defineButton({
  press: remindPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    return { answer: 'form', form: openForm(remindForm, say, asked.reader, payload, { before: '30 min' }) };
  },
});
