import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { say } from '../words.ts';
import {
  answeredCard,
  answerPress,
  leavePress,
  linePress,
  outcomeCard,
  outcomePress,
  outPress,
  timePress,
  writePress,
} from './cards.ts';
import { findTimeForm, outcomeLineForm, writeForm } from './forms.ts';
import { letOut, recordMet } from './jobs.ts';
import { type GroupId, staying } from './rules.ts';
import { findGroup, recordAnswer, recordOutcome } from './store.ts';

/** The introduction and one's own seat in it; whoever has none is refused, whatever the button says. */
async function findOwn(
  tools: Tools,
  { coalition, member }: { coalition: Coalition; member: Member },
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
    await tools.write(async (writing) => {
      await recordAnswer(writing, coalition.id, own.group, member.id, payload.answer);
      if (payload.answer === 'met') await recordMet(tools, writing, coalition, own.group);
    });
    return shown(answeredCard(reader, own.group, own.me, payload.answer));
  },
});

async function leave(
  group: GroupId,
  asked: Parameters<typeof findOwn>[1] & Asked,
  tools: Tools,
): Promise<Answer> {
  const own = await findOwn(tools, asked, group);
  if (!own) return gone(asked);
  const { reader } = asked;
  await tools.write((writing) => letOut(tools, writing, asked.coalition, own.group, own.me));
  return shown(answeredCard(reader, own.group, own.me, 'out'));
}

export const outButton = defineButton({
  press: outPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) => leave(payload.group, asked, tools),
});

/** On a card that others see too: it stays, and the answer is the presser's alone. */
export const leaveButton = defineButton({
  press: leavePress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => leave(payload.group, asked, tools),
});

export const timeButton = defineButton({
  press: timePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const own = await findOwn(tools, asked, payload.group);
    if (!own) return gone(asked);
    const form = openForm(findTimeForm, say, asked.reader, payload, { length: '30 min' });
    return { answer: 'form', form };
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
    await tools.write(async (writing) => {
      await recordOutcome(writing, coalition.id, own.group, member.id, payload.outcome);
      if (payload.outcome !== 'nothing') await recordMet(tools, writing, coalition, own.group);
    });
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
