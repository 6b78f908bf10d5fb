import type { DigestSection } from '../../../core/digest-section.ts';
import { say } from '../words.ts';
import { announcementParts } from './cards.ts';
import { listWaiting, recordTold } from './store.ts';

/** What partners announced, first come first told; what finds no room waits for the next digest. */
export const announcementsSection: DigestSection = {
  name: 'announcements',
  title: (reader) => say.plain(reader, 'section.announcements'),
  more: (reader, count) => say(reader, 'announcements.next-time', { count }),

  async collect({ coalition, tools }) {
    const waiting = await listWaiting(tools.database, coalition.id);
    return waiting.map((announcement) => ({
      key: announcement.id,
      label: `${announcement.from}: ${announcement.text.replace(/\s+/g, ' ')}`,
      parts: announcementParts(announcement),
    }));
  },

  async told({ writing, coalitionId, occurrence, keys }) {
    await recordTold(writing, coalitionId, keys, occurrence);
  },
};
