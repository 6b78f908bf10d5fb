import {
  buttons,
  type Card,
  type CardButton,
  card,
  heading,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import { say } from '../words.ts';
import type { Announcement, AnnouncementId } from './store.ts';

const slot = { announcement: id<AnnouncementId>() };
export const writePress = press('announcement.write', slot);
export const editPress = press('announcement.edit', slot);
export const takeBackPress = press('announcement.take-back', slot);
export const putBackPress = press('announcement.put-back', slot);
export const pickPress = press('announcement.pick', {});

/** One announcement as it stands in a digest. */
export function announcementParts({ from, text }: Pick<Announcement, 'from' | 'text'>): Part[] {
  return [paragraph([{ bold: [from] }, ': ', text])];
}

/** One announcement with what this person may do about it. */
export function announcementCard(
  announcement: Announcement,
  member: Member,
  /** When the next digest goes out, in a sentence. */
  when: Text,
  reader: Reader,
): Card {
  const { state } = announcement;
  const isAuthor = announcement.memberId === member.id;
  const payload = { announcement: announcement.id };
  const actions: (CardButton | false)[] = [
    state === 'waiting' &&
      isAuthor && { id: editPress.encode(payload), label: say.plain(reader, 'announcement.edit') },
    state === 'waiting' && {
      id: takeBackPress.encode(payload),
      label: say.plain(reader, isAuthor ? 'announcement.take-back' : 'announcement.remove'),
      look: 'danger',
    },
    mayPutBack(announcement, member) && {
      id: putBackPress.encode(payload),
      label: say.plain(reader, 'announcement.put-back'),
    },
  ];
  const offered = actions.filter(Boolean);
  return card(
    heading(say.plain(reader, `announcement.${state}`)),
    ...announcementParts(announcement),
    note(state === 'waiting' ? when : say(reader, `announcement.${state}-why`)),
    offered.length > 0 && buttons(...actions),
  );
}

/** The author puts back what they took back; staff put back what staff removed. */
export function mayPutBack({ state, memberId }: Announcement, member: Member): boolean {
  if (state === 'withdrawn') return memberId === member.id;
  return state === 'removed' && member.standing === 'backbone';
}

export function waitingCard(waiting: readonly Announcement[], reader: Reader): Card {
  const choices = waiting.slice(0, limits.choices).map(({ id: value, from, text }) => ({
    value,
    label: shortened(`${from}: ${text.replace(/\s+/g, ' ')}`, limits.choiceLabel),
  }));
  return card(
    heading(say.plain(reader, 'announcements.title')),
    paragraph(say(reader, 'announcements.count', { count: waiting.length })),
    choices.length > 0 && {
      part: 'select',
      select: {
        id: pickPress.encode({}),
        placeholder: say.plain(reader, 'announcements.placeholder'),
        choices,
      },
    },
    waiting.length > limits.choices &&
      note(say(reader, 'announcements.more', { count: waiting.length - limits.choices })),
  );
}
