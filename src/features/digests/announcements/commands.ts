import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { speaksForPartner } from '../../../core/who.ts';
import { lockSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { waitingCard } from './cards.ts';
import { announcementText, showAnnouncement } from './forms.ts';
import { listWaiting, openAnnouncement } from './store.ts';

export const announce = defineCommand({
  name: 'digest announce',
  answers: 'privately',
  by: 'member',
  options: { text: announcementText },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner = speaksForPartner(member) ? member.partner : null;
    if (!partner && member.standing !== 'backbone') {
      return refused('digests.no-voice', say(reader, 'announce.no-voice'));
    }
    const made = await tools.write(async (writing) => {
      const schedule = await lockSchedule(writing, coalition.id);
      return openAnnouncement(writing, coalition.id, {
        partnerId: partner?.id ?? null,
        memberId: member.id,
        from: partner?.name ?? coalition.name,
        text: options.text,
        issueId: schedule?.issue.id ?? 'none',
      });
    });
    return showAnnouncement(made.id, asked, tools);
  },
});

/** What waits for the next digest: one's own, or for staff everybody's. */
export const announcements = defineCommand({
  name: 'digest announcements',
  answers: 'privately',
  by: 'member',
  async run({ asked: { coalition, member, reader }, tools }) {
    const mine = member.standing === 'backbone' ? {} : { by: member.id };
    return shown(waitingCard(await listWaiting(tools.database, coalition.id, mine), reader));
  },
});
