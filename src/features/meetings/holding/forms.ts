import { type Answer, aside, mistaken, refused } from '../../../core/answer.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField, text } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import { dateField } from '../../../time/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { listDutiesOn } from '../../roles/feature.ts';
import { mayRun } from '../choosing/buttons.ts';
import { rollOpensMs, rosterNames } from '../confirmed/rules.ts';
import { longestItem, recordItem } from '../meeting/items/store.ts';
import { findMeeting, type Meeting, type MeetingId } from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { listPartnersNamed } from '../proposing/store.ts';
import { say } from '../words.ts';

/** A meeting that has begun, and that whoever asks may write for; or what to tell them instead. */
export async function findBegun(tools: Tools, asked: By, meetingId: MeetingId): Promise<Meeting | Answer> {
  const { coalition, member, reader, now } = asked;
  const of = await findMeeting(tools.database, coalition.id, meetingId);
  if (!of || of.state === 'draft') return refused('meetings.gone', say(reader, 'refused.gone'));
  if (of.state !== 'confirmed' || !of.startsAt)
    return refused(`meetings.${of.state}`, say(reader, `refused.state.${of.state}`, { number: of.number }));
  if (of.startsAt.getTime() - rollOpensMs > now.getTime())
    return refused('meetings.not-begun', say(reader, 'refused.not-begun', { number: of.number }));
  if (mayRun(of, member) || (await isOnDuty(tools, asked, of))) return of;
  return refused('meetings.not-writer', say(reader, 'refused.not-writer'));
}

async function isOnDuty(tools: Tools, { coalition, member }: By, of: Meeting): Promise<boolean> {
  if (!of.date || !member.partner) return false;
  const duties = await listDutiesOn(tools.database, coalition.id, of.date, rosterNames);
  return duties.some(({ partner }) => partner === member.partner?.id);
}

export const noteForm = defineForm({
  press: press('meet.note-text', { meeting: id<MeetingId>() }),
  answers: 'privately',
  by: 'member',
  fields: {
    kind: choice(['decision', 'action', 'note'], 'note-kind'),
    text: paragraphField({ max: longestItem - 100 }),
    who: optional(text({ max: 80 })),
    due: optional(dateField({ least: ({ coalition, now }) => localDate(now, coalition?.timeZone ?? 'UTC') })),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = await findBegun(tools, asked, payload.meeting);
    if ('answer' in of) return of;
    let partner: { id: PartnerId; name: string } | null = null;
    if (values.who) {
      const [found] = await listPartnersNamed(tools.database, coalition.id, [foldName(values.who)]);
      if (!found) return mistaken(say(reader, 'problem.partner', { got: values.who }));
      partner = found;
    }
    const words = partner && values.kind === 'action' ? `${partner.name}: ${values.text}` : values.text;
    const item = await tools.write((writing) =>
      recordItem(writing, of, {
        ...{ kind: values.kind, text: words, dueOn: values.due ?? null },
        ...{ partnerId: partner?.id ?? null, byId: member.id },
      }),
    );
    if (!item) return mistaken(say(reader, 'problem.full'));
    return aside(
      card(
        paragraph(say(reader, 'note.kept', { text: words })),
        note(say(reader, 'note.next', { number: of.number })),
      ),
    );
  },
});
