import { type Answer, aside, refused, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { mayPutToAll, putToAll } from '../../decisions/feature.ts';
import { findSeat } from '../answering/forms.ts';
import { rollOpensMs } from '../confirmed/rules.ts';
import { listItems, recordPutToDecision } from '../meeting/items/store.ts';
import { countGuests, type GuestId, listGuests, lockMeeting, type MeetingId } from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { say } from '../words.ts';
import {
  decideAllPress,
  finishCard,
  finishNowPress,
  finishPress,
  herePress,
  isQuorate,
  markPress,
  notePress,
  othersCard,
  othersPress,
  rollView,
} from './cards.ts';
import { findBegun, noteForm } from './forms.ts';
import { finish } from './jobs.ts';
import { recordPresent } from './store.ts';

/** By whoever represents an organisation: we are here. */
export const hereButton = defineButton({
  press: herePress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const { of, guest } = found;
    if (of.state !== 'confirmed')
      return refused(`meetings.${of.state}`, say(reader, `refused.state.${of.state}`, { number: of.number }));
    if (of.startsAt && of.startsAt.getTime() - rollOpensMs > now.getTime())
      return refused('meetings.roll-early', say(reader, 'roll.early', { number: of.number }));
    await tools.write(async (writing) => {
      if (await recordPresent(writing, of, guest.id))
        await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: rollView, subject: of.id });
    });
    return aside(card(paragraph(say(reader, 'here.kept', { guest: guest.name }))));
  },
});

/** For those who sit in the room without their phone. */
export const othersButton = defineButton({
  press: othersPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const of = await findBegun(tools, asked, payload.meeting);
    if ('answer' in of) return of;
    return aside(othersCard(of, await listGuests(tools.database, of), asked.reader));
  },
});

export const markButton = defineButton({
  press: markPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, picked, asked, tools }) {
    const of = await findBegun(tools, asked, payload.meeting);
    if ('answer' in of) return of;
    const guests = await listGuests(tools.database, of);
    const known = guests.filter(({ id }) => picked.includes(id)).map(({ id }): GuestId => id);
    await tools.write(async (writing) => {
      for (const guestId of known) await recordPresent(writing, of, guestId);
      await tools.delivery.redraw(writing, { coalitionId: of.coalitionId, view: rollView, subject: of.id });
    });
    return shown(othersCard(of, await listGuests(tools.database, of), asked.reader));
  },
});

async function openNote(meetingId: MeetingId, asked: By, tools: Tools): Promise<Answer> {
  const of = await findBegun(tools, asked, meetingId);
  if ('answer' in of) return of;
  return {
    answer: 'form',
    form: openForm(noteForm, say, asked.reader, { meeting: of.id }, { kind: 'decision' }),
  };
}

export const noteButton = defineButton({
  press: notePress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) => openNote(payload.meeting, asked, tools),
});

export async function askToFinish(meetingId: MeetingId, asked: By, tools: Tools): Promise<Answer> {
  const of = await findBegun(tools, asked, meetingId);
  if ('answer' in of) return of;
  const items = await listItems(tools.database, of, ['decision', 'action', 'note']);
  const here = await countGuests(tools.database, of, { present: true });
  const mayDecide = (await mayPutToAll(tools, asked)) === null;
  const { reader } = asked;
  return aside(finishCard(of, { here, guests: of.guestCount, items, mayDecide, reader }));
}

export const finishButton = defineButton({
  press: finishPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => askToFinish(payload.meeting, asked, tools),
});

async function finishNow(meetingId: MeetingId, asked: By, tools: Tools, decide: boolean): Promise<Answer> {
  const { coalition, reader } = asked;
  const of = await findBegun(tools, asked, meetingId);
  if ('answer' in of) return of;
  const refusal = decide ? await mayPutToAll(tools, asked) : null;
  if (refusal) return refusal;
  const done = await tools.write(async (writing) => {
    const current = await lockMeeting(writing, coalition.id, of.id);
    if (current?.state !== 'confirmed') return null;
    const numbers: number[] = [];
    const here = await countGuests(writing.tx, current, { present: true });
    if (decide && !isQuorate(current, here)) {
      for (const item of await listItems(writing.tx, current, ['decision'])) {
        const date = current.date ? sayDate(coalition, current.date) : '';
        const words = { title: current.title, date, here, quorum: current.quorum };
        const background = say.plain(coalition, 'decide.background', words);
        const number = await putToAll(writing, tools, coalition, asked.member, {
          ...{ question: item.text, background, placeId: current.placeId },
          days: Math.max(3, current.objectionDays || 7),
        });
        if (number === null) continue;
        await recordPutToDecision(writing, coalition.id, item.id, number);
        numbers.push(number);
      }
    }
    return { ...(await finish(writing, tools, coalition, current)), numbers };
  });
  if (!done) return refused('meetings.gone', say(reader, 'refused.gone'));
  const { absent, numbers } = done;
  return shown(
    card(
      heading(of.title),
      paragraph(say(reader, 'finished', { absent })),
      numbers.length > 0 &&
        note(say(reader, 'finished.decisions', { numbers: numbers.map((n) => `#${n}`).join(', ') })),
    ),
  );
}

export const finishNowButton = defineButton({
  press: finishNowPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => finishNow(payload.meeting, asked, tools, false),
});

/** A meeting without a quorum is completed by everybody, in their own time. */
export const decideAllButton = defineButton({
  press: decideAllPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => finishNow(payload.meeting, asked, tools, true),
});
