import { aside, refused, shown } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { say } from '../words.ts';
import {
  answeredCard,
  answerPress,
  linePress,
  outcomeCard,
  outcomePress,
  outPress,
  timePress,
  writePress,
} from './cards.ts';
import { outcomeLineForm, writeForm } from './forms.ts';
import { letOut } from './jobs.ts';
import { type GroupId, staying } from './rules.ts';
import { findGroup, recordAnswer, recordOutcome } from './store.ts';

/** The introduction and one's own seat in it; whoever has none is refused, whatever the button says. */
async function findOwn(
  tools: Tools,
  { coalition, member }: Pick<Asked, never> & { coalition: { id: CoalitionId }; member: { id: MemberId } },
  groupId: GroupId,
) {
  const group = await findGroup(tools.database, coalition.id, groupId);
  const me = group && staying(group.seats).find((seat) => seat.memberId === member.id);
  return group && me && group.state === 'sent' ? { group, me } : null;
}

const gone = (asked: Asked) => refused('introductions.gone', say(asked.reader, 'group.gone'));

export const answerButton = defineButton({
  press: answerPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const own = await findOwn(tools, asked, payload.group);
    if (!own) return gone(asked);
    const { coalition, member, reader } = asked;
    await tools.write((writing) => recordAnswer(writing, coalition.id, own.group, member.id, payload.answer));
    return shown(answeredCard(reader, own.group, own.me, payload.answer));
  },
});

/** Lets somebody out, and frees the others: two or more stay together, one alone is introduced anew. */
export const outButton = defineButton({
  press: outPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const own = await findOwn(tools, asked, payload.group);
    if (!own) return gone(asked);
    const { coalition, reader } = asked;
    const { group, me } = own;
    await tools.write((writing) => letOut(tools, writing, coalition, group, me));
    return shown(answeredCard(reader, group, me, 'out'));
  },
});

export const timeButton = defineButton({
  press: timePress,
  answers: 'privately',
  by: 'member',
  async run({ asked }) {
    return aside(card(paragraph(say(asked.reader, 'time.later'))));
  },
});

export const writeButton = defineButton({
  press: writePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const own = await findOwn(tools, asked, payload.group);
    if (!own) return gone(asked);
    return {
      answer: 'form',
      form: openForm(writeForm, say, asked.reader, { group: payload.group }),
    };
  },
});

export const outcomeButton = defineButton({
  press: outcomePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const own = await findOwn(tools, asked, payload.group);
    if (!own) return gone(asked);
    const { coalition, member, reader } = asked;
    await tools.write((writing) =>
      recordOutcome(writing, coalition.id, own.group, member.id, payload.outcome),
    );
    return shown(outcomeCard(reader, own.group, payload.outcome));
  },
});

export const lineButton = defineButton({
  press: linePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked }) {
    return { answer: 'form', form: openForm(outcomeLineForm, say, asked.reader, payload) };
  },
});
