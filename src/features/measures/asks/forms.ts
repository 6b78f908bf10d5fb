import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph as textPart } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { paragraph, text, wholeNumber } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import { memberField } from '../../../identity/fields.ts';
import { setReminding, stopReminding } from '../reminding/jobs.ts';
import { countPassedOn, recordNext } from '../reminding/store.ts';
import { tellEach } from '../reminding/telling/jobs.ts';
import { replanRequests } from '../replanning/jobs.ts';
import { isWanted, type RequestId } from '../requests/rules.ts';
import { mapCurrent, type Request } from '../requests/store.ts';
import { findAnswerable, giveNow } from '../submitting/forms.ts';
import { askTasks } from '../submitting/jobs.ts';
import { mostLink } from '../submitting/rules.ts';
import { findNamed, recordNamed } from '../submitting/store.ts';
import { say } from '../words.ts';
import {
  askFacts,
  elseFormPress,
  helpFormPress,
  linkFormPress,
  naFormPress,
  timeFormPress,
} from './cards.ts';
import { type AskKind, mostAskText, mostMoreDays, pausedUntil } from './rules.ts';
import { excuseRequest, openAsk } from './store.ts';

type Asked = AskedBy<'member'>;
const told = (words: Text): Answer => shown(card(textPart(words)));

/** An answer to a request that is still wanted; a settled one is told so. */
async function findWanted(asked: Asked, tools: Tools, id: RequestId): Promise<Request | Answer> {
  const request = await findAnswerable(asked, tools, id);
  if ('answer' in request || isWanted(request, asked.now)) return request;
  return refused('measures.settled', say(asked.reader, 'refused.settled', askFacts(request, asked.reader)));
}

/** Writes down what is asked back, opens the task for staff, and lets reminders rest. */
async function askStaff(
  writing: Writing,
  tools: Tools,
  { coalition, member }: Asked,
  request: Request,
  of: { kind: AskKind; text: string; days?: number },
): Promise<void> {
  const { kind, text: words, days } = of;
  const ask = { requestId: request.id, kind, text: words, memberId: member.id, ...(days ? { days } : {}) };
  if (!(await openAsk(writing, coalition.id, ask))) return;
  await recordWords(writing, tools, { coalition, member }, request);
  const facts = { ...askFacts(request, coalition), days: days ?? 0, text: words };
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: askTasks[kind],
    subject: request.id,
    text: say(coalition, `task.${kind}`, { ...facts, member: { member: member.id, name: member.name } }),
  });
  if (kind === 'link') return;
  const pause = kind === 'help' ? ({ kind } as const) : ({ kind, days: days ?? 0 } as const);
  const nextAt = pausedUntil(request, pause, writing.now);
  await stopReminding(writing, tools, coalition, [request.id]);
  await recordNext(writing, coalition.id, [request.id], nextAt);
  await setReminding(writing, tools, coalition);
}

/** People of the partner wrote to us: a contact. Staff who write down what they were told are none. */
async function recordWords(
  writing: Writing,
  tools: Tools,
  { coalition, member }: Pick<Asked, 'coalition' | 'member'>,
  { id, partner }: Request,
): Promise<void> {
  if (member.partner?.id !== partner.id) return;
  const subject = `figure:${id}`;
  await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
}

export const helpForm = defineForm({
  press: helpFormPress,
  answers: 'privately',
  by: 'member',
  fields: { words: paragraph({ max: mostAskText }) },
  async submit({ payload, values, asked, tools }) {
    const request = await findWanted(asked, tools, payload.request);
    if ('answer' in request) return request;
    const of = { kind: 'help', text: values.words } as const;
    await tools.write((writing) => askStaff(writing, tools, asked, request, of));
    return told(say(asked.reader, 'help.done', askFacts(request, asked.reader)));
  },
});

export const timeForm = defineForm({
  press: timeFormPress,
  answers: 'privately',
  by: 'member',
  fields: { days: wholeNumber({ least: 1, most: mostMoreDays }), words: text({ max: 200 }) },
  async submit({ payload, values, asked, tools }) {
    const request = await findWanted(asked, tools, payload.request);
    if ('answer' in request) return request;
    const of = { kind: 'more-time', text: values.words, days: values.days } as const;
    await tools.write((writing) => askStaff(writing, tools, asked, request, of));
    return told(say(asked.reader, 'time.asked', { ...askFacts(request, asked.reader), days: values.days }));
  },
});

export const naForm = defineForm({
  press: naFormPress,
  answers: 'privately',
  by: 'member',
  fields: { words: text({ max: 200 }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const request = await findWanted(asked, tools, payload.request);
    if ('answer' in request) return request;
    await tools.write(async (writing) => {
      const of = { by: member.id, why: values.words };
      if (!(await excuseRequest(writing, coalition.id, request.id, of))) return;
      await recordWords(writing, tools, asked, request);
      await stopReminding(writing, tools, coalition, [request.id]);
    });
    return told(say(reader, 'na.done', askFacts(request, reader)));
  },
});

export const elseForm = defineForm({
  press: elseFormPress,
  answers: 'privately',
  by: 'member',
  fields: { who: memberField() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { who } = values;
    const request = await findWanted(asked, tools, payload.request);
    if ('answer' in request) return request;
    const facts = { ...askFacts(request, reader), who: { member: who.id, name: who.name } };
    if (who.partner?.id !== request.partner.id) return mistaken(say(reader, 'else.other-partner', facts));
    if (who.id === member.id) return mistaken(say(reader, 'else.yourself'));
    const of = { measureId: request.measure.id, partnerId: request.partner.id };
    await tools.write(async (writing) => {
      // Named already, they have been asked already.
      if ((await findNamed(writing.tx, coalition.id, of)) === who.id) return;
      await recordNamed(writing, coalition.id, of, who.id);
      await stopReminding(writing, tools, coalition, [request.id]);
      await recordNext(writing, coalition.id, [request.id], request.nextAt);
      await replanRequests(writing, tools, coalition, [request.partner.id]);
      const times = await countPassedOn(writing.tx, coalition.id, request.id);
      const asked = [{ request, step: `passed-on-${times + 1}` as const }];
      await tellEach(writing, tools, coalition, [{ member: who, asked }]);
    });
    return told(say(reader, 'else.done', facts));
  },
});

export const linkForm = defineForm({
  press: linkFormPress,
  answers: 'privately',
  by: 'member',
  fields: { where: text({ max: mostLink }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition } = asked;
    const request = await findWanted(asked, tools, payload.request);
    if ('answer' in request) return request;
    const entry = { request: request.id, version: 0, given: null, note: '', link: values.where };
    const answer = await giveNow(asked, tools, [{ ...entry, way: 'link' }]);
    const stands = (await mapCurrent(tools.database, coalition.id, [request.id])).get(request.id);
    // A figure that was given in the same moment needs no fetching.
    if (stands?.way === 'link') {
      const of = { kind: 'link', text: values.where } as const;
      await tools.write((writing) => askStaff(writing, tools, asked, request, of));
    }
    return answer;
  },
});

export const askForms = [helpForm, timeForm, naForm, elseForm, linkForm];
