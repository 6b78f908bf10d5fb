import { shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { code } from '../../../core/text.ts';
import { isLocalDate } from '../../../time/wall-clock.ts';
import { joinPress } from '../programme/cards.ts';
import { dateAfter, roundTimes } from '../programme/rules.ts';
import { findProgramme } from '../programme/store.ts';
import { skipPress } from '../rounds/cards.ts';
import { say } from '../words.ts';
import { avoidingCard, forgiveSelect, skippedCard, unskipPress } from './cards.ts';
import { closeAvoid, closeSkips, listAvoids, recordChoice, recordSkip } from './store.ts';

export const joinButton = defineButton({
  press: joinPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const { how } = payload;
    const choice =
      how === 'no'
        ? { takesPart: false, inChannel: false }
        : {
            takesPart: true,
            restedAt: null,
            countedFrom: now,
            ...(how === 'channel' ? { inChannel: true } : {}),
          };
    await tools.write((writing) => recordChoice(writing, coalition.id, member.id, choice));
    const words =
      how === 'no' ? say(reader, 'declined', { resume: code('/intros resume') }) : say(reader, 'joined');
    return { answer: 'card', card: card(paragraph(words)), aside: true };
  },
});

export const skipButton = defineButton({
  press: skipPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { date } = payload;
    const programme = await findProgramme(tools.database, coalition.id);
    if (!programme || !isLocalDate(date)) return shown(card(paragraph(say(reader, 'skip.none'))));
    await tools.write((writing) => recordSkip(writing, coalition.id, member.id, date));
    const at = roundTimes(programme, date, coalition).sendAt;
    const next = roundTimes(programme, dateAfter(programme, date), coalition).sendAt;
    return shown(skippedCard(reader, date, at, next, coalition.timeZone));
  },
});

export const unskipButton = defineButton({
  press: unskipPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    await tools.write((writing) => closeSkips(writing, coalition.id, member.id, payload.date));
    return shown(card(paragraph(say(reader, 'joined'))));
  },
});

export const forgiveButton = defineButton({
  press: forgiveSelect,
  answers: 'by-updating',
  by: 'member',
  async run({ picked, asked, tools }) {
    const { coalition, member, reader } = asked;
    const before = await listAvoids(tools.database, coalition.id, member.id);
    const partner = before.find(({ id }) => picked.includes(id));
    if (partner) await tools.write((writing) => closeAvoid(writing, coalition.id, member.id, partner.id));
    const left = before.filter((one) => one !== partner);
    const done = partner ? say(reader, 'avoid.taken-back', { name: partner.name }) : null;
    return shown(avoidingCard(reader, left, done));
  },
});
