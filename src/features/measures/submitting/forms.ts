import { imagePart } from '../../../charts/picture.ts';
import { drawTrend } from '../../../charts/trend.ts';
import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph, text } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { readGiven } from '../figures/reading/rules.ts';
import { type Given, isUnusual, mostTextFigure } from '../figures/rules.ts';
import { thanksCard, trendOf } from '../giving-back/cards.ts';
import { mapBands } from '../giving-back/store.ts';
import { mayGive, type RequestId } from '../requests/rules.ts';
import { findRequest, listBefore, mapCurrent, type Request } from '../requests/store.ts';
import { say } from '../words.ts';
import { meanwhileCard, numberFormPress, partsFormPress, readBackCard, wordsFormPress } from './cards.ts';
import { countOpen, type Taken, takeFigures } from './jobs.ts';
import { type DraftId, type Entry, mayAnswer, mostNote, type Way } from './rules.ts';
import { claimDraft, findNamed, recordDraft } from './store.ts';

type Asked = AskedBy<'member'>;
const figure = text({ max: 120 });
const note = optional(paragraph({ max: mostNote }));
/** How far back a figure is looked at beside the ones before. */
const trendPeriods = 7;

/** A request that the asker may answer now, or why not. */
export async function findAnswerable(asked: Asked, tools: Tools, id: RequestId): Promise<Request | Answer> {
  const { coalition, member, reader, now } = asked;
  const request = await findRequest(tools.database, coalition.id, id);
  if (!request) return refused('measures.gone', say(reader, 'refused.request-gone'));
  const of = { measureId: request.measure.id, partnerId: request.partner.id };
  const named = await findNamed(tools.database, coalition.id, of);
  if (!mayAnswer(member, request, named))
    return refused('measures.not-yours', say(reader, 'refused.not-yours', { partner: request.partner.name }));
  if (!mayGive(request, now)) return refused('measures.locked', say(reader, 'refused.locked'));
  return request;
}

type Typed = { readonly request: RequestId; readonly version: number };

async function takeTyped(
  asked: Asked,
  tools: Tools,
  { request: id, version }: Typed,
  typed: { figure: string; groups: string; note: string },
) {
  const { coalition, member, reader } = asked;
  const request = await findAnswerable(asked, tools, id);
  if ('answer' in request) return request;
  const read = readGiven(request.measure, typed, reader.language);
  if (!read.ok) return mistaken(say(reader, `problem.figure.${read.problem.why}`, read.problem.values));
  const entryOf = (given: Given): Entry => ({
    ...{ request: id, version, given, note: typed.note, link: '' },
    way: wayOf(asked, request),
  });
  const [first] = read.readings;
  if (!first) throw new Error('A figure that was read has no reading');
  if (!read.readBack && !isUnusual(request.measure, first.figure))
    return giveNow(asked, tools, [entryOf(first)]);
  const draft = await tools.write((writing) =>
    recordDraft(
      writing,
      coalition.id,
      member.id,
      read.readings.map((given) => [entryOf(given)]),
    ),
  );
  return shown(readBackCard({ request, draft, readings: read.readings, note: typed.note }, reader));
}

/** Whoever is of the partner gives its figure; staff write down what they were told. */
export const wayOf = ({ member }: Asked, request: Request): Way =>
  member.partner?.id === request.partner.id ? 'form' : 'staff';

/** Takes one figure and gives back what it means. Out of a draft it is taken once, however often that is confirmed. */
export async function giveNow(
  asked: Asked,
  tools: Tools,
  entries: readonly Entry[],
  draft: DraftId | null = null,
): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const taken = await tools.write(async (writing) => {
    if (draft && !(await claimDraft(writing, coalition.id, draft))) return null;
    return takeFigures(writing, tools, coalition, member, entries);
  });
  if (!taken) return refused('measures.given-before', say(reader, 'refused.given-before'));
  const [first] = taken;
  if (!first) throw new Error('Nothing was given');
  return answerTaken(asked, tools, first);
}

async function answerTaken(asked: Asked, tools: Tools, taken: Taken): Promise<Answer> {
  const { coalition, reader } = asked;
  const { request, became, entry } = taken;
  if (!request || became === 'gone') return refused('measures.gone', say(reader, 'refused.request-gone'));
  const { partner, measure } = request;
  if (became === 'not-yours')
    return refused('measures.not-yours', say(reader, 'refused.not-yours', { partner: partner.name }));
  if (became === 'locked') return refused('measures.locked', say(reader, 'refused.locked'));
  if (became === 'meanwhile') {
    const current = await mapCurrent(tools.database, coalition.id, [request.id]);
    return shown(meanwhileCard(request, current.get(request.id)?.given ?? null, reader));
  }
  const { id: measureId } = measure;
  const of = { measureId, partnerId: partner.id, before: request.period.endsOn, take: trendPeriods };
  const earlier = await listBefore(tools.database, coalition.id, of);
  const after = await findRequest(tools.database, coalition.id, request.id);
  const open = await tools.write((writing) => countOpen(writing, coalition, partner.id));
  const bands = await mapBands(tools.database, coalition.id, measureId);
  const [band = null] = bands.values();
  const trend = entry.given && trendOf(request, entry.given, earlier, bands, reader);
  const picture = trend && imagePart(await drawTrend(trend, reader));
  const scope = { earlier, band, picture, open, corrected: entry.version > 0 };
  return shown(thanksCard({ request: after ?? request, given: entry.given, ...scope }, reader));
}

export const numberForm = defineForm({
  press: numberFormPress,
  answers: 'privately',
  by: 'member',
  fields: { figure, note },
  submit: ({ payload, values, asked, tools }) =>
    takeTyped(asked, tools, payload, { figure: values.figure, groups: '', note: values.note ?? '' }),
});

export const partsForm = defineForm({
  press: partsFormPress,
  answers: 'privately',
  by: 'member',
  fields: { figure, groups: optional(paragraph({ max: 2000 })), note },
  submit: ({ payload, values, asked, tools }) => {
    const { groups = '', note: why = '' } = values;
    return takeTyped(asked, tools, payload, { figure: values.figure, groups, note: why });
  },
});

export const wordsForm = defineForm({
  press: wordsFormPress,
  answers: 'privately',
  by: 'member',
  fields: { words: paragraph({ max: mostTextFigure }), note },
  submit: ({ payload, values, asked, tools }) =>
    takeTyped(asked, tools, payload, { figure: values.words, groups: '', note: values.note ?? '' }),
});

export const submittingForms = [numberForm, partsForm, wordsForm];
