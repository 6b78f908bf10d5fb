import { aside, mistaken, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { problem, refined, text } from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import { findSeat } from '../answering/forms.ts';
import { meetingView } from '../meeting/cards.ts';
import { longestItem, recordItem } from '../meeting/items/store.ts';
import type { MeetingId } from '../meeting/store.ts';
import { parseBefore } from '../proposing/rules.ts';
import { say } from '../words.ts';
import { armWish } from './jobs.ts';
import { recordWish } from './store.ts';

const meeting = id<MeetingId>();

/** Something for the agenda, by whoever is invited. */
export const agendaForm = defineForm({
  press: press('meet.agenda-item', { meeting }),
  answers: 'privately',
  by: 'member',
  fields: { item: text({ max: longestItem }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const { of, guest } = found;
    if (of.state === 'held' || of.state === 'cancelled')
      return refused(`meetings.${of.state}`, say(reader, `refused.state.${of.state}`, { number: of.number }));
    const item = await tools.write(async (writing) => {
      const made = await recordItem(writing, of, {
        ...{ kind: 'agenda', text: `${values.item} (${guest.name})`, dueOn: null },
        ...{ partnerId: guest.partnerId, byId: member.id },
      });
      const reply = { coalitionId: coalition.id, member, subject: `meeting:${of.id}:agenda` };
      if (made) await tools.contacts.recordReply(writing, reply);
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
      return made;
    });
    if (!item) return mistaken(say(reader, 'problem.full'));
    return aside(card(paragraph(say(reader, 'agenda.kept', { title: of.title }))));
  },
});

const beforeField = refined(
  text({ max: 20 }),
  (typed) => parseBefore(typed) ?? problem('problem.before', { got: shortened(typed, 20) }),
);

export const remindForm = defineForm({
  press: press('meet.remind-me', { meeting }),
  answers: 'privately',
  by: 'member',
  fields: { before: beforeField },
  async submit({ payload, values, asked, tools }) {
    const { member, reader, now } = asked;
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const { of } = found;
    if (of.state !== 'confirmed' || !of.startsAt)
      return refused('meetings.gone', say(reader, 'refused.gone'));
    if (of.startsAt.getTime() - values.before * 60_000 <= now.getTime())
      return mistaken(say(reader, 'problem.before-past'));
    await tools.write(async (writing) => {
      const wish = { memberId: member.id, minutes: values.before };
      await recordWish(writing, of, wish);
      await armWish(writing, tools, of, wish);
    });
    return aside(card(paragraph(say(reader, 'remind.kept', { minutes: values.before }))));
  },
});
