import { buttons, type Card, heading, note, type Part, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { clockNotes, factsText, fitted, standInPress, suggestPress, whenText } from '../meeting/cards.ts';
import type { Guest, Meeting, MeetingId, Slot, SlotId } from '../meeting/store.ts';
import { say } from '../words.ts';
import { type SlotAnswer, slotAnswers, slotsPerCard } from './rules.ts';

const meeting = id<MeetingId>();
export const answerPress = press('meet.answer', {
  slot: id<SlotId>(),
  answer: oneOf(slotAnswers),
  page: count,
});
export const pagePress = press('meet.page', { meeting, page: count });
export const restPress = press('meet.rest', { meeting });
export const stillPress = press('meet.still', { meeting });
export const typePress = press('meet.type-answers', { meeting });

/** One's own answers, slot by slot, with their buttons; on several pages when there are many. */
export function answersCard(
  of: Meeting,
  scope: {
    slots: readonly Slot[];
    guest: Guest;
    answers: ReadonlyMap<SlotId, SlotAnswer>;
    page: number;
    coalition: Coalition;
    reader: Reader;
    /** A sentence above, such as why this comes now. */
    above?: Text;
  },
): Card {
  const { slots, guest, answers, coalition, reader } = scope;
  const pages = Math.max(1, Math.ceil(slots.length / slotsPerCard));
  const page = Math.min(Math.max(0, scope.page), pages - 1);
  const shown = slots.slice(page * slotsPerCard, (page + 1) * slotsPerCard);
  const missing = slots.filter((slot) => !answers.has(slot.id)).length;
  const payload = { meeting: of.id };
  const isOpen = of.state === 'polling';
  const turn = (to: number, label: 'next' | 'previous') => ({
    id: pagePress.encode({ ...payload, page: to }),
    label: say.plain(reader, `button.${label}`),
  });
  return fitted(
    reader,
    heading(say.plain(reader, 'answers.title', { title: of.title })),
    scope.above && paragraph(scope.above),
    of.why !== '' && note([shortened(of.why, 300)]),
    note([...factsText(of, reader), ' ', ...say(reader, 'answers.for', { guest: guest.name })]),
    guest.standIn !== '' && note(say(reader, 'answers.stand-in', { name: guest.standIn })),
    guest.lookAgain && paragraph(say(reader, 'answers.look-again', { zone: of.timeZone })),
    ...shown.flatMap((slot) => slotParts(slot, of, { answer: answers.get(slot.id), page, reader, isOpen })),
    note(
      say(reader, 'answers.left', {
        missing,
        deadline: instant(of.deadline, coalition.timeZone),
        pages,
        page: page + 1,
      }),
    ),
    isOpen &&
      buttons(
        guest.lookAgain && {
          id: stillPress.encode(payload),
          label: say.plain(reader, 'button.still'),
          look: 'primary',
        },
        missing > 0 && { id: restPress.encode(payload), label: say.plain(reader, 'button.rest') },
        page > 0 && turn(page - 1, 'previous'),
        page < pages - 1 && turn(page + 1, 'next'),
        pages > 1 && { id: typePress.encode(payload), label: say.plain(reader, 'button.type') },
        pages === 1 && { id: suggestPress.encode(payload), label: say.plain(reader, 'button.suggest') },
        pages === 1 &&
          !of.small && { id: standInPress.encode(payload), label: say.plain(reader, 'button.stand-in') },
      ),
  );
}

function slotParts(
  slot: Slot,
  of: Meeting,
  {
    answer,
    page,
    reader,
    isOpen,
  }: { answer: SlotAnswer | undefined; page: number; reader: Reader; isOpen: boolean },
): Part[] {
  const [clock] = clockNotes(slot, { timeZone: of.timeZone, since: of.sentAt ?? of.changedAt }, reader);
  const words = { number: slot.position, when: { bold: whenText(slot, of.timeZone, reader) } };
  const line = [
    ...say(reader, 'answers.slot', words),
    ' ',
    ...say(reader, `answers.said.${answer ?? 'nothing'}`),
    ...(clock ? [' ', ...clock] : []),
  ];
  const row = slotAnswers.map((each) => ({
    id: answerPress.encode({ slot: slot.id, answer: each, page }),
    label: say.plain(reader, `answer.${each}`, { number: slot.position }),
    ...(each === answer ? { look: 'primary' as const } : {}),
  }));
  return [paragraph(line), ...(isOpen ? [buttons(...row)] : [])];
}
