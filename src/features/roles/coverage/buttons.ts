import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { settingsOf } from '../settings/rules.ts';
import { findSettings } from '../settings/store.ts';
import { say } from '../words.ts';
import { boardListCard, boardListPress, boardPage, notNowPress } from './cards.ts';
import { listBoard, recordNotNow } from './store.ts';

const turnBoard = defineButton({
  press: boardListPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload: { which, page }, asked, tools }) {
    const { heavyMinutes } = settingsOf(await findSettings(tools.database, asked.coalition.id));
    const at = Math.max(0, page);
    const span = { heavyMinutes, skip: at * boardPage, take: boardPage };
    const found = await listBoard(tools.database, asked.coalition.id, which, span);
    return shown(boardListCard(asked.reader, which, at, found));
  },
});

const notNow = defineButton({
  press: notNowPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const theirs = await tools.write((writing) =>
      recordNotNow(writing, coalition.id, member.partner.id, payload.offer),
    );
    if (!theirs) return refused('roles.not-yours', say(reader, 'job-offer.not-yours'));
    return shown(card(paragraph(say(reader, 'job-offer.rests'))));
  },
});

export const coverageButtons = [turnBoard, notNow];
