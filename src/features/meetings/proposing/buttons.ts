import { aside, refused, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { instant } from '../../../core/text.ts';
import { localDate, localTime } from '../../../time/wall-clock.ts';
import { inviteAll } from '../answering/jobs.ts';
import { listSlots } from '../meeting/store.ts';
import { say } from '../words.ts';
import {
  changeClosingPress,
  changeGuestsPress,
  changeTimesPress,
  discardPress,
  draftPress,
  dropDoubtsPress,
  sendPress,
  takeGuessesPress,
} from './cards.ts';
import { change, closingForm, findOwnDraft, guestsForm, showDraft, timesForm } from './forms.ts';
import { conflictIn } from './rules.ts';
import { listInvitable, listNamesOf, removeDraft, sendDraft } from './store.ts';

const changing = { answers: 'with-form', by: 'member' } as const;

export const draftButton = defineButton({
  press: draftPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    return 'answer' in draft ? draft : showDraft(draft, asked, tools);
  },
});

export const changeTimes = defineButton({
  ...changing,
  press: changeTimesPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const slots = await listSlots(tools.database, draft);
    const times = draft.typed || slots.map(({ date, time }) => `${date} ${time ?? 'all day'}`).join('\n');
    const form = openForm(timesForm, say, asked.reader, payload, { times, zone: draft.timeZone });
    return { answer: 'form', form };
  },
});

export const changeGuests = defineButton({
  ...changing,
  press: changeGuestsPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const names = (ids: typeof draft.invitedIds) => listNamesOf(tools.database, asked.coalition.id, ids);
    const form = openForm(guestsForm, say, asked.reader, payload, {
      invited: await names(draft.invitedIds),
      required: await names(draft.requiredIds),
      quorum: String(draft.quorum),
      spread: draft.spread,
    });
    return { answer: 'form', form };
  },
});

export const changeClosing = defineButton({
  ...changing,
  press: changeClosingPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const { timeZone } = asked.coalition;
    const form = openForm(closingForm, say, asked.reader, payload, {
      deadline: { date: localDate(draft.deadline, timeZone), time: localTime(draft.deadline, timeZone) },
      closing: draft.closing,
      objections: draft.objectionDays,
      reminders: draft.reminders.map((minutes) => `${minutes} min`).join(', '),
    });
    return { answer: 'form', form };
  },
});

/** Every guess is what was meant. */
export const takeGuesses = defineButton({
  press: takeGuessesPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const kept = (await listSlots(tools.database, draft)).map(({ date, time, minutes }) => ({
      date,
      time,
      minutes,
    }));
    const guesses = draft.doubts.flatMap(({ times }) => times);
    const all = [...kept, ...guesses].map((time) => [`${time.date} ${time.time ?? ''}`, time] as const);
    const times = [...new Map(all).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, time]) => time);
    const doubts = draft.doubts.filter((each) => each.times.length === 0);
    return change(draft, asked, tools, { doubts }, times);
  },
});

export const dropDoubts = defineButton({
  press: dropDoubtsPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    return 'answer' in draft ? draft : change(draft, asked, tools, { doubts: [] });
  },
});

export const discard = defineButton({
  press: discardPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    await tools.write((writing) => removeDraft(writing, draft));
    return shown(card(paragraph(say(asked.reader, 'draft.discarded'))));
  },
});

/** Sends a draft where it was asked for. Pressed twice, it is sent once. */
export const send = defineButton({
  press: sendPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const draft = await findOwnDraft(tools, asked, payload.meeting);
    if ('answer' in draft) return draft;
    const slots = await listSlots(tools.database, draft);
    const guests = await listInvitable(tools.database, coalition, draft.invitedIds);
    const starts = slots.map(({ startsAt }) => startsAt);
    const conflict = conflictIn(draft, { starts, guests: guests.length, now });
    if (conflict) return refused(`meetings.${conflict}`, say(reader, `conflict.${conflict}`));
    const sent = await tools.write(async (writing) => {
      const meeting = await sendDraft(writing, draft, guests);
      if (meeting) await inviteAll(writing, tools, coalition, meeting);
      return meeting;
    });
    if (!sent) return aside(card(paragraph(say(reader, 'refused.gone'))));
    return shown(
      card(
        heading(say.plain(reader, 'poll.title', { title: sent.title })),
        paragraph(say(reader, 'sent', { number: sent.number, guests: sent.guestCount })),
        note(
          say(reader, `poll.closes.${sent.closing}`, {
            deadline: instant(sent.deadline, coalition.timeZone),
          }),
        ),
      ),
    );
  },
});
