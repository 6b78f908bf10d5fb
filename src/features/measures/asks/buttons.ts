import { refused, shown } from '../../../core/answer.ts';
import { type DefinedForm, defineButton } from '../../../core/command.ts';
import type { Fields } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Press } from '../../../core/press.ts';
import { findMember } from '../../../identity/store.ts';
import { setReminding } from '../reminding/jobs.ts';
import { recordNext } from '../reminding/store.ts';
import { elsePress, helpPress, linkPress, naPress, timePress } from '../requests/cards.ts';
import type { RequestId } from '../requests/rules.ts';
import { findRequest } from '../requests/store.ts';
import { findAnswerable } from '../submitting/forms.ts';
import { askTasks } from '../submitting/jobs.ts';
import { say } from '../words.ts';
import { answerPress, asksCard, asksShown, timeAnswerCard } from './cards.ts';
import { elseForm, helpForm, linkForm, naForm, timeForm } from './forms.ts';
import { movedBy, resumedAt } from './rules.ts';
import { answerAsk, listAsks, moveRequest } from './store.ts';

/** The button that opens a form about one request. */
function opens<F extends Fields>(
  press: Press<{ readonly request: RequestId }>,
  form: DefinedForm<{ readonly request: RequestId }, F>,
) {
  return defineButton({
    press,
    answers: 'with-form',
    by: 'member',
    async run({ payload, asked, tools }) {
      const request = await findAnswerable(asked, tools, payload.request);
      if ('answer' in request) return request;
      return { answer: 'form', form: openForm(form, say, asked.reader, { request: request.id }) };
    },
  });
}

const opening = [
  opens(helpPress, helpForm),
  opens(timePress, timeForm),
  opens(naPress, naForm),
  opens(elsePress, elseForm),
  opens(linkPress, linkForm),
];

const answer = defineButton({
  press: answerPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const settled = await tools.write(async (writing) => {
      const { asks } = await listAsks(writing.tx, coalition.id, { take: 1, id: payload.ask });
      const [ask] = asks;
      const of = { answer: payload.answer, by: member.id };
      if (!ask || !(await answerAsk(writing, coalition.id, ask.id, of))) return false;
      const { request, kind, days } = ask;
      const task = { coalitionId: coalition.id, kind: askTasks[kind], subject: request.id };
      await tools.staffTasks.close(writing, task);
      if (kind !== 'more-time') return true;
      const granted = payload.answer === 'granted';
      const moved = granted ? { ...request, ...movedBy(request, days ?? 0) } : request;
      if (granted) await moveRequest(writing, coalition.id, request.id, movedBy(request, days ?? 0));
      if (request.nextAt !== null) {
        const { step, steppedOn } = request;
        const last = step && steppedOn ? { step, on: steppedOn } : null;
        await recordNext(writing, coalition.id, [request.id], resumedAt(moved, last));
        await setReminding(writing, tools, coalition);
      }
      const asker = ask.memberId && (await findMember(writing.tx, coalition.id, ask.memberId));
      if (!asker) return true;
      await tools.outreach.reach(writing, {
        coalition,
        member: asker.id,
        kind: granted ? 'give' : 'neutral',
        from: 'measures',
        subject: `time:${ask.id}`,
        why: say(coalition, 'why.time'),
        card: timeAnswerCard(
          (await findRequest(writing.tx, coalition.id, request.id)) ?? moved,
          granted,
          asker,
        ),
      });
      return true;
    });
    if (!settled) return refused('measures.answered', say(reader, 'refused.answered'));
    return shown(asksCard(await listAsks(tools.database, coalition.id, { take: asksShown }), reader));
  },
});

export const askButtons = [...opening, answer];
