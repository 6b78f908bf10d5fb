import { list, paragraph } from '../../core/card.ts';
import type { DigestItem, DigestSection } from '../../core/digest-section.ts';
import { whenText } from './meeting/cards.ts';
import { listGuests, listMeetingsBetween } from './meeting/store.ts';
import { say } from './words.ts';

/** So that a meeting stands in the digest before its week too, when people can still plan for it. */
const aheadMs = 14 * 86_400_000;

/** Meetings of the two weeks to come, in the section in which everything that is coming up stands. */
export const meetingsAhead: DigestSection = {
  name: 'upcoming',
  title: (reader) => say.plain(reader, 'digest.upcoming'),
  async collect({ coalition, until, reader, tools }) {
    const ahead = await listMeetingsBetween(tools.database, coalition.id, {
      ...{ state: 'confirmed', since: until, until: new Date(until.getTime() + aheadMs) },
    });
    return ahead.map((of): DigestItem => {
      const when = whenText(of, of.timeZone, reader);
      const line = say(reader, 'digest.upcoming.line', {
        number: of.number,
        title: { bold: [of.title] },
        when,
      });
      return { key: `meeting-${of.id}`, label: of.title, parts: [list([line])] };
    });
  },
};

/** Meetings held since the last digest, and how many of those who were absent have caught up. */
export const caughtUp: DigestSection = {
  name: 'meetings-held',
  title: (reader) => say.plain(reader, 'digest.caught-up'),
  async collect({ coalition, since, until, reader, tools }) {
    const held = await listMeetingsBetween(tools.database, coalition.id, { state: 'held', since, until });
    const items = await Promise.all(
      held.map(async (of): Promise<DigestItem | null> => {
        const absent = await listGuests(tools.database, of, { present: false });
        if (absent.length === 0 || absent.length === of.guestCount) return null;
        const done = absent.filter(({ caughtUpAt }) => caughtUpAt !== null).length;
        const words = { title: { bold: [of.title] }, done, absent: absent.length };
        return {
          key: `held-${of.id}`,
          label: of.title,
          parts: [paragraph(say(reader, 'digest.caught-up.line', words))],
        };
      }),
    );
    return items.filter((item) => item !== null);
  },
};
