import { aside, refused, shown } from '../../../../core/answer.ts';
import type { Asked } from '../../../../core/asked.ts';
import { card, paragraph } from '../../../../core/card.ts';
import { defineButton } from '../../../../core/command.ts';
import { openForm } from '../../../../core/open-form.ts';
import type { Writing } from '../../../../core/ports.ts';
import type { Coalition } from '../../../../core/who.ts';
import type { Group, GroupId, RoundId } from '../../groups/rules.ts';
import { closeSeat, findGroup, readHistory } from '../../groups/store.ts';
import { recordSkip } from '../../people/store.ts';
import { findProgramme } from '../../programme/store.ts';
import { say } from '../../words.ts';
import {
  choosePress,
  drawAgainPress,
  exchangePress,
  groupCard,
  lockPress,
  pagePress,
  removePress,
  sendNowPress,
} from '../cards.ts';
import { drawAgain } from '../jobs.ts';
import { programmeSubject, sendKind } from '../rules.ts';
import { lockRound, recordLock } from '../store.ts';
import { showPreview } from './commands.ts';
import { exchangeForm } from './forms.ts';

const gone = (asked: Asked) => refused('introductions.round-gone', say(asked.reader, 'round.gone'));

/** The proposed round with nobody else changing it; null when it has gone out. */
async function findProposed(writing: Writing, coalition: Coalition, id: RoundId) {
  const round = await lockRound(writing, coalition.id, id);
  const programme = await findProgramme(writing.tx, coalition.id);
  return programme && round?.state === 'proposed' ? { round, programme } : null;
}

export const pageButton = defineButton({
  press: pagePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    return showPreview(tools, asked.coalition, asked.reader, asked.now, Math.max(0, payload.page));
  },
});

export const sendNowButton = defineButton({
  press: sendNowPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const found = await tools.write(async (writing) => {
      const open = await findProposed(writing, coalition, payload.round);
      if (!open) return false;
      const timer = { coalitionId: coalition.id, kind: sendKind, subject: programmeSubject };
      await tools.timers.set(writing, { ...timer, occurrence: open.round.date, dueAt: writing.now });
      return true;
    });
    return found ? shown(card(paragraph(say(reader, 'sent-now')))) : gone(asked);
  },
});

export const drawAgainButton = defineButton({
  press: drawAgainPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const found = await tools.write(async (writing) => {
      const open = await findProposed(writing, coalition, payload.round);
      if (open) await drawAgain(writing, coalition, open.programme, open.round);
      return open !== null;
    });
    return found ? showPreview(tools, coalition, reader, asked.now, 0) : gone(asked);
  },
});

export const chooseSelect = defineButton({
  press: choosePress,
  answers: 'privately',
  by: 'backbone',
  async run({ picked, asked, tools }) {
    const { coalition, reader } = asked;
    const [id] = picked;
    const group = id && isId(id) ? await findGroup(tools.database, coalition.id, id as GroupId) : null;
    if (group?.state !== 'proposed') return gone(asked);
    return aside(groupCard(reader, group, await readHistory(tools.database, coalition.id)));
  },
});

const isId = (typed: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(typed);

export const lockButton = defineButton({
  press: lockPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const group = await tools.write(async (writing) => {
      await recordLock(writing, coalition.id, payload.group, payload.to === 'locked');
      return findGroup(writing.tx, coalition.id, payload.group);
    });
    if (group?.state !== 'proposed') return gone(asked);
    return shown(groupCard(reader, group, await readHistory(tools.database, coalition.id)));
  },
});

/** Leaves somebody out of this round. Whoever was with them is drawn again, the locked ones stay. */
export const removeButton = defineButton({
  press: removePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const found = await tools.write(async (writing) => {
      const group = await findGroup(writing.tx, coalition.id, payload.group);
      const open = group?.roundId ? await findProposed(writing, coalition, group.roundId) : null;
      if (!group || !open || !hasSeat(group, payload.member)) return false;
      await recordSkip(writing, coalition.id, payload.member, open.round.date);
      await closeSeat(writing, coalition.id, group.id, payload.member);
      await recordLock(writing, coalition.id, group.id, false);
      await drawAgain(writing, coalition, open.programme, open.round);
      return true;
    });
    return found ? showPreview(tools, coalition, reader, now, 0) : gone(asked);
  },
});

function hasSeat({ seats }: Group, memberId: string): boolean {
  return seats.some((seat) => seat.memberId === memberId);
}

export const exchangeButton = defineButton({
  press: exchangePress,
  answers: 'with-form',
  by: 'backbone',
  async run({ payload, asked }) {
    return { answer: 'form', form: openForm(exchangeForm, say, asked.reader, payload) };
  },
});
