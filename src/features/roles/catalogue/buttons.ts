import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { findMember } from '../../../identity/store.ts';
import { startJobOffers } from '../coverage/jobs.ts';
import { closeGroupsOf } from '../groups/store.ts';
import { doSeatAct } from '../seats/jobs.ts';
import { say } from '../words.ts';
import {
  basicsPress,
  closeCard,
  closeNowPress,
  closePress,
  declineProposalPress,
  detailsPress,
  listPress,
  openPress,
  ownCard,
  showPress,
} from './cards.ts';
import { listRolesFor } from './commands.ts';
import { basicsForm, detailsForm, proposalTask, redrawRole, refuseEdit } from './forms.ts';
import { type RoleId, typedEffort, typedSeats } from './rules.ts';
import { findRole, recordClosed, settleProposal } from './store.ts';

const turnPage = defineButton({
  press: listPress,
  answers: 'by-updating',
  by: 'member',
  run: async ({ payload, asked, tools }) => shown(await listRolesFor(asked, tools, payload.page)),
});

const showOne = defineButton({
  press: showPress,
  answers: 'by-updating',
  by: 'member',
  async run({ picked, asked, tools }) {
    const { coalition, member, reader } = asked;
    const id = picked[0] ?? '';
    const known = /^[\da-f-]{36}$/i.test(id);
    const sheet = known ? await findRole(tools.database, coalition.id, id as RoleId) : null;
    if (!sheet) return refused('roles.not-open', say(reader, 'role.not-open'));
    return shown(ownCard(reader, sheet, member));
  },
});

const editBasics = defineButton({
  press: basicsPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const sheet = await findRole(tools.database, asked.coalition.id, payload.role);
    const refusal = await refuseEdit(asked, tools, payload.role);
    if (refusal || !sheet) return refusal ?? refused('roles.not-open', say(asked.reader, 'role.not-open'));
    const initial = {
      name: sheet.title,
      purpose: sheet.purpose,
      tasks: sheet.tasks,
      effort: typedEffort(sheet.minutesAMonth),
      seats: typedSeats(sheet),
    };
    return { answer: 'form', form: openForm(basicsForm, say, asked.reader, payload, initial) };
  },
});

const editDetails = defineButton({
  press: detailsPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const sheet = await findRole(tools.database, asked.coalition.id, payload.role);
    const refusal = await refuseEdit(asked, tools, payload.role);
    if (refusal || !sheet) return refusal ?? refused('roles.not-open', say(asked.reader, 'role.not-open'));
    const initial = {
      term: sheet.termMonths === null ? '' : String(sheet.termMonths),
      skills: sheet.skills,
      serves: sheet.serves,
      buddy: sheet.buddy?.id ?? '',
      standIn: sheet.standIn?.id ?? '',
    };
    return { answer: 'form', form: openForm(detailsForm, say, asked.reader, payload, initial) };
  },
});

const openProposal = defineButton({
  press: openPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => settle(asked, tools, payload.role, 'open'),
});

const declineProposal = defineButton({
  press: declineProposalPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => settle(asked, tools, payload.role, 'declined'),
});

async function settle(
  asked: AskedBy<'backbone'>,
  tools: Tools,
  role: RoleId,
  state: 'open' | 'declined',
): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const sheet = await findRole(tools.database, coalition.id, role);
  if (!sheet) return refused('roles.not-open', say(reader, 'role.not-open'));
  const changed = await tools.write(async (writing) => {
    if (!(await settleProposal(writing, coalition.id, role, state))) return false;
    await tools.staffTasks.close(writing, { coalitionId: coalition.id, kind: proposalTask, subject: role });
    if (state === 'open') await startJobOffers(writing, tools, coalition);
    const proposer = sheet.proposedBy && (await findMember(writing.tx, coalition.id, sheet.proposedBy.id));
    if (proposer) {
      await tools.outreach.reach(writing, {
        coalition,
        member: proposer.id,
        kind: state === 'open' ? 'give' : 'neutral',
        from: 'roles',
        subject: `proposal:${role}`,
        why: say(coalition, 'why.proposal'),
        card: card(paragraph(say(proposer, `proposal.${state}`, { title: sheet.title, staff: member.name }))),
      });
    }
    await redrawRole(writing, tools, asked, role);
    return true;
  });
  const now = (await findRole(tools.database, coalition.id, role)) ?? sheet;
  return shown(ownCard(reader, now, member, say(reader, changed ? `settled.${state}` : 'settled.before')));
}

const close = defineButton({
  press: closePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const sheet = await findRole(tools.database, asked.coalition.id, payload.role);
    if (sheet?.state !== 'open') return refused('roles.not-open', say(asked.reader, 'role.not-open'));
    return shown(closeCard(asked.reader, sheet));
  },
});

const closeNow = defineButton({
  press: closeNowPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const closed = await tools.write(async (writing) => {
      const change = await doSeatAct(writing, tools, coalition, payload.role, { act: 'close' });
      if (!change || !(await recordClosed(writing, coalition.id, payload.role))) return null;
      await closeGroupsOf(writing, coalition.id, payload.role);
      await redrawRole(writing, tools, asked, payload.role);
      return change.title;
    });
    if (closed === null) return refused('roles.not-open', say(reader, 'role.not-open'));
    return shown(card(paragraph(say(reader, 'close.done', { title: closed }))));
  },
});

export const catalogueButtons = [
  turnPage,
  showOne,
  editBasics,
  editDetails,
  openProposal,
  declineProposal,
  close,
  closeNow,
];
