import { refused } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { answerPagePress, standInPress, suggestPress } from '../meeting/cards.ts';
import { findSlot, listSlots } from '../meeting/store.ts';
import { say } from '../words.ts';
import { answerPress, pagePress, restPress, stillPress, typePress } from './cards.ts';
import { answersForm, findPolling, findSeat, showAnswers, standInForm, suggestForm } from './forms.ts';
import { answer } from './jobs.ts';
import type { SlotAnswer } from './rules.ts';
import { listAnswersOf } from './store.ts';

/** From the card in the channel: one's own answers, beside it. */
export const answersButton = defineButton({
  press: answerPagePress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    return 'answer' in found ? found : showAnswers(tools, asked, payload.meeting, payload.page);
  },
});

export const pageButton = defineButton({
  press: pagePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    return 'answer' in found ? found : showAnswers(tools, asked, payload.meeting, payload.page);
  },
});

/** One press, one answer. */
export const answerButton = defineButton({
  press: answerPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const slot = await findSlot(tools.database, asked.coalition.id, payload.slot);
    if (!slot) return refused('meetings.gone', say(asked.reader, 'refused.gone'));
    const found = await findPolling(tools, asked, slot.meetingId);
    if ('answer' in found) return found;
    const said = new Map([[slot.id, payload.answer]]);
    await tools.write((writing) => answer(writing, tools, found.of, found.guest, said, asked.member));
    return showAnswers(tools, asked, slot.meetingId, payload.page);
  },
});

/** No to whatever has not been answered. */
export const restButton = defineButton({
  press: restPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const answers = await listAnswersOf(tools.database, asked.coalition.id, found.guest);
    const slots = await listSlots(tools.database, found.of);
    const left = slots.filter((slot) => !answers.has(slot.id));
    const said = new Map(left.map((slot): [typeof slot.id, SlotAnswer] => [slot.id, 'no']));
    await tools.write((writing) => answer(writing, tools, found.of, found.guest, said, asked.member));
    return showAnswers(tools, asked, payload.meeting, 0);
  },
});

/** The zone was wrong, and what was said holds all the same. */
export const stillButton = defineButton({
  press: stillPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    await tools.write((writing) => answer(writing, tools, found.of, found.guest, new Map(), asked.member));
    return showAnswers(tools, asked, payload.meeting, 0);
  },
});

export const typeButton = defineButton({
  press: typePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const answers = await listAnswersOf(tools.database, asked.coalition.id, found.guest);
    const slots = await listSlots(tools.database, found.of);
    const typed = slots.flatMap(({ id, position }) => {
      const said = answers.get(id);
      return said ? [`${position} ${said}`] : [];
    });
    return {
      answer: 'form',
      form: openForm(answersForm, say, asked.reader, payload, { answers: typed.join(', ') }),
    };
  },
});

export const suggestButton = defineButton({
  press: suggestPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findPolling(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    return { answer: 'form', form: openForm(suggestForm, say, asked.reader, payload) };
  },
});

export const standInButton = defineButton({
  press: standInPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findSeat(tools, asked, payload.meeting);
    if ('answer' in found) return found;
    const form = openForm(standInForm, say, asked.reader, payload, { name: found.guest.standIn });
    return { answer: 'form', form };
  },
});
