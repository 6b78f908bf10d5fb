import { type Answer, aside, type Mistaken, mistaken, refused } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { answer, inviteAll } from '../answering/jobs.ts';
import { findGuestOf, listSlots } from '../meeting/store.ts';
import { type By, readClearTimes } from '../proposing/forms.ts';
import { longestTitle, usualDeadline } from '../proposing/rules.ts';
import { openDraft, sendDraft } from '../proposing/store.ts';
import { say } from '../words.ts';
import { listPeople } from './store.ts';

/** The one reminder of a small meeting, to each of those who are in it. */
const reminders = [60];

/**
 * Two or three people find a time among themselves: no quorum, nothing in a channel; the first time that suits all
 * of them is it. Times are meant in the zone of whoever asks, who can at all of them.
 */
export async function findTime(
  tools: Tools,
  asked: By,
  of: { people: readonly MemberId[]; title: string; times: string; minutes: number },
): Promise<Answer | Mistaken> {
  const { coalition, member, reader, now } = asked;
  const { timeZone } = member;
  const read = readClearTimes(of.times, { timeZone }, asked);
  if ('problem' in read) return mistaken(read.problem);
  const people = await listPeople(tools.database, coalition, [...of.people, member.id]);
  const others = people.filter(({ memberId }) => memberId !== member.id);
  if (others.length === 0) return refused('meetings.nobody', say(reader, 'refused.gone'));
  const starts = read.times.map(({ date, time }) => atWallClock(date, time ?? '00:00', timeZone).getTime());
  await tools.write(async (writing) => {
    const draft = await openDraft(
      writing,
      coalition.id,
      member.id,
      {
        ...{ title: shortened(of.title, longestTitle), why: '', place: '', minutes: of.minutes, timeZone },
        ...{ quorum: people.length, closing: 'rule', objectionDays: 0, reminders, doubts: [] },
        ...{ typed: of.times, placeId: null, small: true },
        deadline: usualDeadline(now, new Date(Math.min(...starts))),
      },
      read.times,
    );
    const sent = await sendDraft(writing, draft, people);
    if (!sent) return;
    await inviteAll(writing, tools, coalition, sent, member.id);
    const own = await findGuestOf(writing.tx, sent, member);
    const can = new Map((await listSlots(writing.tx, sent)).map((slot) => [slot.id, 'yes'] as const));
    if (own) await answer(writing, tools, sent, own, can, member);
  });
  const names = others.map(({ name }) => name).join(', ');
  return aside(card(paragraph(say(reader, 'small.found', { names }))));
}
