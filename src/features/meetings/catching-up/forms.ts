import { type Answer, aside, mistaken, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { paragraph as paragraphField } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import { instant } from '../../../core/text.ts';
import { findMember } from '../../../identity/store.ts';
import { findSeat } from '../answering/forms.ts';
import { minutesView } from '../holding/cards.ts';
import { readerOf } from '../meeting/cards.ts';
import { longestItem, recordItem } from '../meeting/items/store.ts';
import { findGuest, type Guest, type GuestId, type Meeting } from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { say } from '../words.ts';

/** A held meeting and the seat of an organisation for which whoever asks may speak. */
export async function findMissed(
  tools: Tools,
  asked: By,
  guestId: GuestId,
): Promise<{ of: Meeting; guest: Guest } | Answer> {
  const { coalition, reader } = asked;
  const guest = await findGuest(tools.database, coalition.id, guestId);
  if (!guest) return refused('meetings.gone', say(reader, 'refused.gone'));
  const found = await findSeat(tools, asked, guest.meetingId);
  if ('answer' in found) return found;
  if (found.guest.id !== guest.id || found.of.state !== 'held')
    return refused('meetings.gone', say(reader, 'refused.gone'));
  return found;
}

/** A late objection: on the record of the meeting, and told to whoever ran it. */
export const objectionForm = defineForm({
  press: press('meet.objection', { guest: id<GuestId>() }),
  answers: 'privately',
  by: 'member',
  fields: { why: paragraphField({ max: longestItem }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const found = await findMissed(tools, asked, payload.guest);
    if ('answer' in found) return found;
    const { of, guest } = found;
    if (!of.objectionsUntil || of.objectionsUntil <= now) {
      const until = of.objectionsUntil ? instant(of.objectionsUntil, coalition.timeZone) : '';
      return refused('meetings.objection-late', say(reader, 'refused.objection-late', { until }));
    }
    const kept = await tools.write(async (writing) => {
      const item = await recordItem(writing, of, {
        ...{ kind: 'objection', text: values.why, dueOn: null },
        ...{ partnerId: guest.partnerId, byId: member.id },
      });
      if (!item) return false;
      const reply = { coalitionId: coalition.id, member, subject: `meeting:${of.id}:objection` };
      await tools.contacts.recordReply(writing, reply);
      const words = { guest: guest.name, number: of.number, title: of.title, why: values.why };
      await tools.staffTasks.open(writing, {
        coalitionId: coalition.id,
        kind: 'meetings.objection',
        subject: `${of.id} ${guest.id}`,
        text: say(readerOf(coalition), 'task.objection', words),
      });
      const opener = await findMember(writing.tx, coalition.id, of.openedById);
      if (opener)
        await tools.outreach.reach(writing, {
          coalition,
          member: opener.id,
          kind: 'neutral',
          from: 'meetings',
          subject: `${of.id}:objection:${item.id}`,
          why: say(coalition, 'why.objection'),
          card: card(paragraph(say(opener, 'task.objection', words))),
        });
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: minutesView, subject: of.id });
      return true;
    });
    if (!kept) return mistaken(say(reader, 'problem.full'));
    return aside(card(paragraph(say(reader, 'objection.kept', { title: of.title }))));
  },
});
