import { paragraph } from '../../core/card.ts';
import { defineFeature } from '../../core/command.ts';
import { secretButton } from './anonymous/buttons.ts';
import { receipt } from './anonymous/commands.ts';
import { receiptForm, secretForm } from './anonymous/forms.ts';
import { proposeCharter } from './charter/commands.ts';
import { charterForm } from './charter/forms.ts';
import { closeCommand, withdraw } from './closing/commands.ts';
import { close } from './closing/jobs.ts';
import { decisionView } from './decision/cards.ts';
import { listCommand, mine, show, showButton, waitingParts } from './decision/commands.ts';
import { nudge } from './nudging/jobs.ts';
import {
  changeQuorum,
  changeRule,
  changeTime,
  changeView,
  changeVoices,
  discard,
  draftButton,
  open,
} from './opening/buttons.ts';
import { drafts, newDecision, shareDecision } from './opening/commands.ts';
import { newForm, quorumForm, ruleForm, timeForm, viewForm, voicesForm } from './opening/forms.ts';
import { correctButton, correctionForm, stateButton, statementForm } from './outcome/forms.ts';
import { review } from './outcome/jobs.ts';
import { assignButton, assignForm, followedButton } from './outcome/tasks/forms.ts';
import { remindOfTask } from './outcome/tasks/jobs.ts';
import { freeTasks } from './outcome/tasks/store.ts';
import { exportRecord, how, verify } from './register/commands.ts';
import { madeDecisions, openDecisions } from './sections.ts';
import { spoken, undoSpoken } from './spoken/commands.ts';
import { countHeld, forgetMember, listStored, moveMember } from './stored/store.ts';
import { handedOver, held } from './succession/jobs.ts';
import { addReasonButton, marksButton, ownButton, reasonedButton, voteButton } from './voting/buttons.ts';
import { marksForm, reasonForm } from './voting/forms.ts';
import { moveVoices } from './voting/moving/store.ts';
import { say } from './words.ts';

// For features whose own matters are put to a decision.
export { findStanding, propose } from './proposing/store.ts';

/** Decided in days, by a rule everybody could read first, one organisation one voice. */
export const decisions = defineFeature({
  name: 'decisions',
  say,
  commands: [
    listCommand,
    newDecision,
    drafts,
    show,
    mine,
    how,
    shareDecision,
    spoken,
    closeCommand,
    withdraw,
    receipt,
    verify,
    exportRecord,
    proposeCharter,
  ],
  buttons: [
    ...[open, draftButton, discard, changeRule, changeQuorum, changeVoices, changeView, changeTime],
    ...[voteButton, reasonedButton, addReasonButton, marksButton, ownButton, secretButton],
    ...[showButton, undoSpoken, stateButton, correctButton, followedButton, assignButton],
  ],
  forms: [
    ...[newForm, ruleForm, quorumForm, voicesForm, viewForm, timeForm, charterForm],
    ...[reasonForm, marksForm, secretForm, receiptForm, statementForm, correctionForm, assignForm],
  ],
  jobs: [close, nudge, review, remindOfTask],
  views: [decisionView],
  adds: {
    digest: [openDecisions, madeDecisions],
    myPlace: ({ coalition, member, reader, tools }) => waitingParts(coalition, member, reader, tools),
    stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),
    async departed({ coalition, member, writing, reader, handOver }) {
      const { ballots } = await countHeld(writing.tx, coalition.id, member.id);
      const tasks = handOver ? 0 : await freeTasks(writing, coalition.id, member.id);
      return [
        ...(ballots === 0 ? [] : [paragraph(say(reader, 'departed', { ballots }))]),
        ...(tasks === 0 ? [] : [paragraph(say(reader, 'departed.tasks', { tasks }))]),
      ];
    },
    held,
    handedOver,
    async merged({ coalitionId, from, into, tools, writing }) {
      // Voices before ballots: the order in which a vote takes the same rows.
      const changed = await moveVoices(writing, coalitionId, from, into);
      await moveMember(writing, coalitionId, from, into);
      for (const subject of changed) {
        await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
      }
    },
    forget: ({ coalitionId, memberId, writing }) => forgetMember(writing, coalitionId, memberId),
  },
});

// For whatever else is told without a name.
export { codeOf, parseCode } from './anonymous/rules.ts';
// For whatever a meeting without a quorum could not settle.
export { mayPutToAll, putToAll } from './opening/jobs.ts';
