import { paragraph } from '../../core/card.ts';
import { defineFeature } from '../../core/command.ts';
import {
  answerButton,
  answersButton,
  pageButton,
  restButton,
  standInButton,
  stillButton,
  suggestButton,
  typeButton,
} from './answering/buttons.ts';
import { answersForm, standInForm, suggestForm } from './answering/forms.ts';
import { nudge } from './answering/jobs.ts';
import { caughtUpButton, objectButton, packButton } from './catching-up/buttons.ts';
import { objectionForm } from './catching-up/forms.ts';
import { chooseAnywayButton, chooseButton, chooseListButton } from './choosing/buttons.ts';
import { cancel, choose, deadline, move, zone } from './choosing/commands.ts';
import { close } from './choosing/jobs.ts';
import { agendaButton, comingButton, notComingButton, remindButton } from './confirmed/buttons.ts';
import { eventView } from './confirmed/cards.ts';
import { agendaForm, remindForm } from './confirmed/forms.ts';
import { reminderJobs } from './confirmed/jobs.ts';
import {
  decideAllButton,
  finishButton,
  finishNowButton,
  hereButton,
  markButton,
  noteButton,
  othersButton,
} from './holding/buttons.ts';
import { minutesView, rollView } from './holding/cards.ts';
import { finishCommand, roll, writeDown } from './holding/commands.ts';
import { noteForm } from './holding/forms.ts';
import { holdingJobs } from './holding/jobs.ts';
import { countAttended } from './holding/store.ts';
import { meetingView } from './meeting/cards.ts';
import { calendar, listCommand, mine, show, showButton, waitingParts } from './meeting/commands.ts';
import {
  changeClosing,
  changeGuests,
  changeTimes,
  discard,
  draftButton,
  dropDoubts,
  send,
  takeGuesses,
} from './proposing/buttons.ts';
import { drafts, propose, rules } from './proposing/commands.ts';
import { closingForm, guestsForm, proposeForm, timesForm } from './proposing/forms.ts';
import { caughtUp, meetingsAhead } from './sections.ts';
import { otherTimeButton, startButton } from './series/buttons.ts';
import { newSeries, seriesCommand, skip, stop } from './series/commands.ts';
import { seriesForm } from './series/forms.ts';
import { replanSeries, seriesJobs } from './series/jobs.ts';
import { countRun, forgetMember, listOpenSeats, listStored, moveMember, removeSeat } from './stored/store.ts';
import { say } from './words.ts';

/** From "when" to "caught up": a time that works for enough of the right organisations, and nobody left behind. */
export const meetings = defineFeature({
  name: 'meetings',
  say,
  commands: [
    ...[listCommand, propose, drafts, show, mine, calendar],
    ...[choose, deadline, zone, move, cancel, rules],
    ...[roll, writeDown, finishCommand],
    ...[newSeries, seriesCommand, skip, stop],
  ],
  buttons: [
    ...[draftButton, changeTimes, changeGuests, changeClosing, takeGuesses, dropDoubts, discard, send],
    ...[
      answersButton,
      pageButton,
      answerButton,
      restButton,
      stillButton,
      typeButton,
      suggestButton,
      standInButton,
    ],
    ...[chooseListButton, chooseButton, chooseAnywayButton, showButton],
    ...[comingButton, notComingButton, agendaButton, remindButton],
    ...[hereButton, othersButton, markButton, noteButton, finishButton, finishNowButton, decideAllButton],
    ...[caughtUpButton, objectButton, packButton],
    ...[startButton, otherTimeButton],
  ],
  forms: [
    ...[proposeForm, timesForm, guestsForm, closingForm],
    ...[answersForm, suggestForm, standInForm, agendaForm, remindForm],
    ...[noteForm, objectionForm, seriesForm],
  ],
  jobs: [nudge, close, ...reminderJobs, ...holdingJobs, ...seriesJobs],
  views: [meetingView, rollView, minutesView, eventView],
  adds: {
    commitments: [
      {
        name: 'meetings',
        async measure({ coalition, partnerId, since, tools }) {
          const { came, of } = await countAttended(tools.database, coalition.id, partnerId, since);
          return { done: came, of };
        },
      },
    ],
    digest: [meetingsAhead, caughtUp],
    myPlace: ({ coalition, member, reader, tools }) => waitingParts(coalition, member, reader, tools),
    stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),
    async departed({ coalition, member, writing, reader }) {
      const count = await countRun(writing.tx, coalition.id, member.id);
      return count === 0 ? [] : [paragraph(say(reader, 'departed', { count }))];
    },
    merged: ({ coalitionId, from, into, writing }) => moveMember(writing, coalitionId, from, into),
    async partnerEnded({ coalition, partnerId, tools, writing }) {
      for (const { of, guest } of await listOpenSeats(writing.tx, coalition.id, partnerId)) {
        await removeSeat(writing, of, guest);
        const { coalitionId, id: subject } = of;
        await tools.delivery.redraw(writing, { coalitionId, view: meetingView, subject });
      }
    },
    replan: ({ coalition, writing, tools, reader }) => replanSeries(writing, tools, coalition, reader),
    forget: ({ coalitionId, memberId, writing }) => forgetMember(writing, coalitionId, memberId),
  },
});

// For whoever brings two or three people together.
export { lengthField, timesField } from './proposing/fields.ts';
export { findTime } from './small/forms.ts';
