import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { paragraph } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import { findSchedule, lockSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { announcementCard, writePress } from './cards.ts';
import { type AnnouncementId, findAnnouncement, recordText } from './store.ts';

/** In UTF-16 units: several fit into one digest. */
export const announcementText = paragraph({ max: 600 });

/** What an author changes until it goes out. */
export const writeForm = defineForm({
  press: writePress,
  answers: 'by-updating',
  by: 'member',
  fields: { text: announcementText },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findAnnouncement(tools.database, coalition.id, payload.announcement);
    if (!found) return refused('digests.no-announcement', say(reader, 'announcement.gone'));
    if (found.memberId !== member.id) {
      return refused('digests.not-author', say(reader, 'announcement.not-author'));
    }
    await tools.write(async (writing) => {
      await lockSchedule(writing, coalition.id);
      await recordText(writing, coalition.id, payload.announcement, values.text);
    });
    return showAnnouncement(payload.announcement, asked, tools);
  },
});

/** One announcement as it stands now: told meanwhile, the card says so. */
export async function showAnnouncement(
  id: AnnouncementId,
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
): Promise<Answer> {
  const found = await findAnnouncement(tools.database, coalition.id, id);
  if (!found || (found.memberId !== member.id && member.standing !== 'backbone')) {
    return refused('digests.no-announcement', say(reader, 'announcement.gone'));
  }
  const schedule = await findSchedule(tools.database, coalition.id);
  const when =
    schedule && !schedule.stopped
      ? say(reader, 'announcement.when', { due: instant(schedule.issue.dueAt, coalition.timeZone) })
      : say(reader, 'announcement.when-unknown');
  return shown(announcementCard(found, member, when, reader));
}
