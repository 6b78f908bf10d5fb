import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { showMeasure } from '../definition/forms.ts';
import { type Given, typedFigure, typedGroups } from '../figures/rules.ts';
import { givePress, openPress, requestCard, samePress, whatPress } from '../requests/cards.ts';
import { findLast, mapCurrent, type Request } from '../requests/store.ts';
import { say } from '../words.ts';
import { againPress, choiceCard, choicePress, confirmPress } from './cards.ts';
import { findAnswerable, giveNow, numberForm, partsForm, wayOf, wordsForm } from './forms.ts';
import type { DraftId } from './rules.ts';
import { findDraft } from './store.ts';

type Asked = AskedBy<'member'>;

const open = defineButton({
  press: openPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const request = await findAnswerable(asked, tools, payload.request);
    if ('answer' in request) return request;
    const last = await findLast(tools.database, coalition.id, request);
    return shown(requestCard(request, { reader, now, last }));
  },
});

/** The form for a kind of answer, filled with what stands there now. */
function formFor(
  request: Request,
  version: number,
  stands: { given: Given | null; note: string },
  { reader }: Asked,
): Answer {
  const { measure } = request;
  const { given, note } = stands;
  const to = { request: request.id, version };
  const figure = given ? typedFigure(given.figure, reader.language) : '';
  if (measure.kind === 'choice') return shown(choiceCard(request, version, reader));
  if (measure.kind === 'text')
    return { answer: 'form', form: openForm(wordsForm, say, reader, to, { words: figure, note }) };
  if (measure.breakdowns.length === 0)
    return { answer: 'form', form: openForm(numberForm, say, reader, to, { figure, note }) };
  const groups = typedGroups(measure.breakdowns, given?.groups ?? [], reader.language);
  return { answer: 'form', form: openForm(partsForm, say, reader, to, { figure, groups, note }) };
}

const give = defineButton({
  press: givePress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const request = await findAnswerable(asked, tools, payload.request);
    if ('answer' in request) return request;
    const current = (await mapCurrent(tools.database, asked.coalition.id, [request.id])).get(request.id);
    const stands = { given: current?.given ?? null, note: current?.note ?? '' };
    return formFor(request, current?.version ?? 0, stands, asked);
  },
});

const pick = defineButton({
  press: choicePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, picked, asked, tools }) {
    const request = await findAnswerable(asked, tools, payload.request);
    if ('answer' in request) return request;
    const [choice = ''] = picked;
    if (!request.measure.choices.includes(choice))
      return refused('measures.no-choice', say(asked.reader, 'refused.no-choice'));
    const given: Given = { figure: { kind: 'choice', choice }, groups: [] };
    const entry = { request: request.id, version: payload.version, given, note: '', link: '' };
    return giveNow(asked, tools, [{ ...entry, way: wayOf(asked, request) }]);
  },
});

/** "Same as last time, correct?": the button names the figure, and pressing it says yes. */
const same = defineButton({
  press: samePress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const request = await findAnswerable(asked, tools, payload.request);
    if ('answer' in request) return request;
    const last = await findLast(tools.database, coalition.id, request);
    // Put right in the meantime, it would not be the figure that the button showed.
    if (!last || last.version !== payload.version)
      return refused('measures.last-changed', say(reader, 'refused.last-changed'));
    const entry = { request: request.id, version: 0, given: last.given, note: '', link: '' };
    return giveNow(asked, tools, [{ ...entry, way: 'same' }]);
  },
});

async function findOwnDraft(asked: Asked, tools: Tools, id: DraftId) {
  const { coalition, member, reader } = asked;
  const draft = await findDraft(tools.database, coalition.id, member.id, id);
  return draft ?? refused('measures.no-draft', say(reader, 'refused.no-draft'));
}

const confirm = defineButton({
  press: confirmPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(asked, tools, payload.draft);
    if ('answer' in draft) return draft;
    const entries = draft.readings[payload.reading];
    if (!entries) return refused('measures.no-draft', say(asked.reader, 'refused.no-draft'));
    return giveNow(asked, tools, entries, payload.draft);
  },
});

const again = defineButton({
  press: againPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(asked, tools, payload.draft);
    if ('answer' in draft) return draft;
    const [entry] = draft.readings[0] ?? [];
    const request = entry && (await findAnswerable(asked, tools, entry.request));
    if (!entry || !request) return refused('measures.no-draft', say(asked.reader, 'refused.no-draft'));
    if ('answer' in request) return request;
    return formFor(request, entry.version, entry, asked);
  },
});

const what = defineButton({
  press: whatPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => showMeasure(asked, tools, payload.measure),
});

export const submittingButtons = [open, give, pick, same, confirm, again, what];
