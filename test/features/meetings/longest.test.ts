import { expect, test } from 'vitest';
import { drawCard as drawForDiscord } from '../../../adapters/discord/draw-card.ts';
import { drawCard as drawForSlack } from '../../../adapters/slack/draw-card.ts';
import type { Card } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import { limits } from '../../../src/core/limits.ts';
import type { Coalition } from '../../../src/core/who.ts';
import { answersCard } from '../../../src/features/meetings/answering/cards.ts';
import { packCard } from '../../../src/features/meetings/catching-up/cards.ts';
import { belowCard, chooseCard } from '../../../src/features/meetings/choosing/cards.ts';
import { reminderCard, timeCard } from '../../../src/features/meetings/confirmed/cards.ts';
import {
  finishCard,
  minutesCard,
  othersCard,
  rollCard,
} from '../../../src/features/meetings/holding/cards.ts';
import { drawMeeting } from '../../../src/features/meetings/meeting/cards.ts';
import { type Item, longestItem } from '../../../src/features/meetings/meeting/items/store.ts';
import type { Guest, Meeting, Slot } from '../../../src/features/meetings/meeting/store.ts';
import { draftCard } from '../../../src/features/meetings/proposing/cards.ts';
import {
  longestPlace,
  longestTitle,
  longestWhy,
  mostSlots,
} from '../../../src/features/meetings/proposing/rules.ts';
import { messageProblems } from '../../support/discord/missing-rules.ts';
import { findBlockProblems } from '../../support/slack/block-rules.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const coalition = {
  ...reader,
  id: 'c',
  name: 'C'.repeat(80),
  timeZone: 'Pacific/Auckland',
} as unknown as Coalition;
const at = new Date('2026-09-27T02:11:00Z');
const id = '0195f3a0-0000-7000-8000-000000000001' as never;
const name = '会'.repeat(80);
const now = new Date('2026-03-01T00:00:00Z');

const idOf = (index: number) => `0195f3a0-0000-7000-8000-${String(index).padStart(12, '0')}` as never;
const slots = Array.from(
  { length: mostSlots },
  (_, index): Slot => ({
    ...{
      id: idOf(index),
      meetingId: id,
      position: index + 1,
      date: '2026-09-27',
      time: '02:30',
      minutes: 1440,
    },
    ...{
      startsAt: new Date(at.getTime() + index),
      suggestedBy: name,
      yes: 99_999,
      maybe: 99_999,
      no: 99_999,
    },
    ...{ requiredIn: 0, sectorIn: Array(20).fill(0), hardship: 9 },
  }),
);
const guests = Array.from(
  { length: 300 },
  (_, index): Guest => ({
    ...{ id: idOf(index), partnerId: id, memberId: null, name, sector: 's', required: true, timeZone: 'UTC' },
    ...{ quietStart: '18:00', quietEnd: '08:00', took: 0, answerCount: 0, lookAgain: true, answeredById: id },
    ...{ standIn: name, rsvp: '', present: index % 2 === 0, caughtUpAt: null },
  }),
);
const items = (['agenda', 'decision', 'action', 'note', 'objection'] as const).flatMap((kind) =>
  Array.from(
    { length: 50 },
    (): Item => ({
      ...{ id, meetingId: id, kind, text: 'ш'.repeat(longestItem), partnerId: id, byId: id },
      ...{ dueOn: '2026-09-30', decision: 99_999 },
    }),
  ),
);
const heard = {
  typed: 't'.repeat(300),
  times: slots.map(({ date, time }) => ({ date, time })),
  doubt: 'unread',
} as const;
const meeting = (state: Meeting['state']): Meeting => ({
  ...{ id, coalitionId: id, number: 99_999, title: '会'.repeat(longestTitle), why: 'w'.repeat(longestWhy) },
  ...{ minutes: 1440, place: '会'.repeat(longestPlace), timeZone: 'Pacific/Auckland', state, small: false },
  ...{ quorum: 99_999, spread: true, closing: 'answered', deadline: at, objectionDays: 60, reminders: [] },
  ...{
    typed: '',
    doubts: Array(40).fill(heard),
    invitedIds: [id],
    requiredIds: [id],
    sectors: Array(20).fill(name),
  },
  ...{ guestCount: 300, answered: 300, complete: 300, lookingAgain: 300, date: '2026-09-27', time: '02:30' },
  ...{ startsAt: at, endsAt: at, sequence: 9, changedAt: now, openedById: id, placeId: id, seriesId: null },
  ...{ occurrence: null, sentAt: now, heldAt: at, objectionsUntil: at, whyCancelled: 'y'.repeat(200) },
});
const [slot] = slots;
const [guest] = guests;
if (!slot || !guest) throw new Error('Nothing to draw');
const whole = {
  slots,
  required: 9,
  coming: 99_999,
  cannot: 99_999,
  agenda: items.filter(({ kind }) => kind === 'agenda').slice(0, 8),
};
const duties = [`host: ${name}`, `note-taker: ${name}`];
const standing = { coming: 1, quorate: false, requiredMissing: 9, sectorsMissing: 9, meets: false };
const names = guests.map((each) => each.name);

const cards: [string, Card][] = [
  ...(['polling', 'choosing', 'confirmed', 'held', 'cancelled'] as const).map((state): [string, Card] => [
    state,
    drawMeeting({ ...whole, of: meeting(state) }, coalition, reader),
  ]),
  [
    'draft',
    draftCard(meeting('draft'), {
      ...{
        slots,
        guests: 300,
        required: names,
        zones: ['Asia/Kolkata', 'Europe/Berlin', 'Asia/Tokyo', 'UTC', 'Asia/Seoul'],
      },
      ...{ conflict: 'doubts', now, coalition, reader },
    }),
  ],
  [
    'answers',
    answersCard(meeting('polling'), {
      slots,
      guest,
      answers: new Map(),
      page: 3,
      coalition,
      reader,
      above: [name],
    }),
  ],
  ['choose', chooseCard(meeting('choosing'), { slots, required: 9, reader, above: [name] })],
  [
    'below',
    belowCard(meeting('choosing'), slot, standing, { missing: names, sectors: names, silent: names, reader }),
  ],
  ['time', timeCard(meeting('confirmed'), 'clocks', { coalition, reader, duties, own: true })],
  ['reminder', reminderCard(meeting('confirmed'), reader)],
  ['roll', rollCard(meeting('confirmed'), guests, reader)],
  ['others', othersCard(meeting('confirmed'), guests, reader)],
  ['finish', finishCard(meeting('confirmed'), { here: 1, guests: 300, items, mayDecide: true, reader })],
  ['minutes', minutesCard(meeting('held'), { items, guests, coalition, reader })],
  ['pack', packCard(meeting('held'), { items, guest, here: 1, coalition, reader, now })],
];

test.each(cards)('%s: the longest words fit into one message everywhere', (_, card) => {
  const accounts = new Map();
  const { body, files } = drawForDiscord({ card, reader, accounts });
  expect(
    messageProblems(
      body as never,
      files.map((file) => file.name),
      true,
    ),
  ).toEqual([]);
  expect(
    findBlockProblems(drawForSlack(card, { reader, accounts, files: 'here' }).blocks, 'message'),
  ).toEqual([]);
  expect(cardText(card, reader).length).toBeLessThanOrEqual(limits.cardText);
  expect(card.parts.length).toBeLessThanOrEqual(limits.cardParts);
  for (const part of card.parts) {
    if (part.part === 'heading') expect(part.text.length).toBeLessThanOrEqual(limits.heading);
    if (part.part === 'select') expect(part.select.choices.length).toBeLessThanOrEqual(limits.choices);
    if (part.part !== 'buttons') continue;
    expect(part.buttons.length).toBeLessThanOrEqual(limits.buttonsPerCard);
    for (const button of part.buttons) {
      expect(button.label.length).toBeLessThanOrEqual(limits.buttonLabel);
      expect(button.id.length).toBeLessThanOrEqual(limits.pressId);
    }
  }
});
