import { type Answer, refused, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import { listGuestsSaying } from '../answering/store.ts';
import { wantedOf, whenText } from '../meeting/cards.ts';
import {
  countGuests,
  findMeeting,
  findSlot,
  listSlotsAhead,
  lockMeeting,
  type Meeting,
  type MeetingId,
  type Slot,
  type SlotId,
} from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { standingOf } from '../ranking/rules.ts';
import { say } from '../words.ts';
import { belowCard, chooseAnywayPress, chooseCard, chooseListPress, choosePress } from './cards.ts';
import { takeTime } from './jobs.ts';

/** Whoever proposed a meeting runs it, and so do staff; a small one is nobody else's business. */
export const mayRun = (
  of: Pick<Meeting, 'openedById' | 'small'>,
  member: Pick<Member, 'id' | 'standing'>,
): boolean => (member.standing === 'backbone' && !of.small) || of.openedById === member.id;

/** A meeting that whoever asks may run, in a state in which that is possible, or what to tell them instead. */
export async function findOwn(
  tools: Tools,
  asked: By,
  meetingId: MeetingId,
  states: readonly Meeting['state'][],
): Promise<Meeting | Answer> {
  return ifOwn(await findMeeting(tools.database, asked.coalition.id, meetingId), asked, states);
}

/** The same of a meeting that was found already, for a second look once it is locked. */
export function ifOwn(
  of: Meeting | null,
  { member, reader }: By,
  states: readonly Meeting['state'][],
): Meeting | Answer {
  if (!of || of.state === 'draft') return refused('meetings.gone', say(reader, 'refused.gone'));
  if (!mayRun(of, member)) return refused('meetings.not-yours', say(reader, 'refused.not-runner'));
  if (!states.includes(of.state))
    return refused(`meetings.${of.state}`, say(reader, `refused.state.${of.state}`, { number: of.number }));
  return of;
}

export const choosable = ['polling', 'choosing'] as const;

export const chooseListButton = defineButton({
  press: chooseListPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const of = await findOwn(tools, asked, payload.meeting, choosable);
    return 'answer' in of ? of : showChoices(of, asked, tools);
  },
});

export async function showChoices(of: Meeting, { reader, now }: By, tools: Tools): Promise<Answer> {
  const slots = await listSlotsAhead(tools.database, of, now);
  const required = await countGuests(tools.database, of, { required: true });
  return shown(chooseCard(of, { slots, required, reader }));
}

async function findChoice(
  tools: Tools,
  asked: By,
  slotId: SlotId,
): Promise<{ of: Meeting; slot: Slot } | Answer> {
  const slot = await findSlot(tools.database, asked.coalition.id, slotId);
  if (!slot) return refused('meetings.gone', say(asked.reader, 'refused.gone'));
  const of = await findOwn(tools, asked, slot.meetingId, choosable);
  if ('answer' in of) return of;
  if (slot.startsAt <= asked.now) return refused('meetings.past', say(asked.reader, 'refused.past'));
  return { of, slot };
}

/** Takes the time when it has everybody it needs; else says who is missing and asks. */
export const chooseButton = defineButton({
  press: choosePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findChoice(tools, asked, payload.slot);
    if ('answer' in found) return found;
    const { of, slot } = found;
    const required = await countGuests(tools.database, of, { required: true });
    const standing = standingOf(slot, wantedOf(of, required));
    if (standing.meets) return choose(of, slot, asked, tools);
    const said = await listGuestsSaying(tools.database, of, slot.id);
    const can = (each: (typeof said)[number]) => each.answer === 'yes' || each.answer === 'maybe';
    return shown(
      belowCard(of, slot, standing, {
        missing: said.filter((each) => each.guest.required && !can(each)).map(({ guest }) => guest.name),
        sectors: of.sectors.filter((_, index) => (slot.sectorIn[index] ?? 0) === 0),
        silent: said.filter(({ answer }) => answer === null).map(({ guest }) => guest.name),
        reader: asked.reader,
      }),
    );
  },
});

export const chooseAnywayButton = defineButton({
  press: chooseAnywayPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findChoice(tools, asked, payload.slot);
    return 'answer' in found ? found : choose(found.of, found.slot, asked, tools);
  },
});

async function choose(of: Meeting, slot: Slot, asked: By, tools: Tools): Promise<Answer> {
  const { coalition, reader } = asked;
  const taken = await tools.write(async (writing) => {
    const current = await lockMeeting(writing, coalition.id, of.id);
    if (current?.state !== 'polling' && current?.state !== 'choosing') return null;
    return takeTime(writing, tools, coalition, current, slot);
  });
  if (!taken) return refused('meetings.gone', say(reader, 'refused.gone'));
  return shown(
    card(
      heading(taken.title),
      paragraph(say(reader, 'chosen', { when: { bold: whenText(taken, taken.timeZone, reader) } })),
      note(say(reader, 'chosen.next', { number: taken.number })),
    ),
  );
}
