import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { propose } from '../../decisions/feature.ts';
import { say } from '../words.ts';
import {
  adoptPress,
  askPress,
  changesCard,
  changesPress,
  commentPress,
  commentsCard,
  commentsPerCard,
  commentsPress,
  draftPress,
  promisesPress,
  signingPress,
  textPress,
  throwCard,
  throwConfirmPress,
  throwPress,
} from './cards.ts';
import { openText, sayMissing, showDraft } from './commands.ts';
import { adoptForm, commentForm, promisesForm, signingForm } from './forms.ts';
import { changedSections, changedTerms, emptyTerms, missingSections } from './rules.ts';
import {
  findAdopted,
  findBefore,
  findDraft,
  findStart,
  listComments,
  recordAsked,
  removeDraft,
} from './store.ts';

const seeDraft = defineButton({
  press: draftPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ asked, tools }) => showDraft(asked, tools),
});

const seeChanges = defineButton({
  press: changesPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const [adopted, draft] = await Promise.all([
      findAdopted(tools.database, coalition.id),
      findDraft(tools.database, coalition.id),
    ]);
    const version = [adopted, draft].find((each) => each?.id === payload.version);
    if (!version) return refused('agreement.replaced', say(reader, 'sign.replaced'));
    const before = (await findBefore(tools.database, coalition.id, version.number)) ?? emptyTerms;
    return shown(
      changesCard(reader, {
        id: version.id,
        number: version.number,
        changes: changedSections(before, version),
        termsChanged: changedTerms(before, version),
        terms: version,
        page: Math.max(0, payload.page),
      }),
    );
  },
});

const seeComments = defineButton({
  press: commentsPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const draft = await findDraft(tools.database, coalition.id);
    if (!draft) return refused('agreement.no-draft', say(reader, 'draft.none'));
    const page = Math.max(0, payload.page);
    const span = { skip: page * commentsPerCard, take: commentsPerCard };
    const found = await listComments(tools.database, coalition.id, draft.id, span);
    return shown(commentsCard(reader, { ...found, page, timeZone: coalition.timeZone }));
  },
});

const comment = defineButton({
  press: commentPress,
  answers: 'with-form',
  by: 'member',
  run: async ({ asked }) => ({ answer: 'form', form: openForm(commentForm, say, asked.reader, {}) }),
});

const editText = defineButton({
  press: textPress,
  answers: 'with-form',
  by: 'backbone',
  run: ({ asked, tools }) => openText(asked, tools),
});

const editPromises = defineButton({
  press: promisesPress,
  answers: 'with-form',
  by: 'backbone',
  async run({ asked, tools }) {
    const { staying, roles, meetings, data } = await findStart(tools.database, asked.coalition.id);
    const initial = { staying, roles, meetings, data };
    return { answer: 'form', form: openForm(promisesForm, say, asked.reader, {}, initial) };
  },
});

const editSigning = defineButton({
  press: signingPress,
  answers: 'with-form',
  by: 'backbone',
  async run({ asked, tools }) {
    const draft = await findStart(tools.database, asked.coalition.id);
    const initial = { renew: draft.renewMonths ?? undefined, needed: draft.signingNeeded };
    return { answer: 'form', form: openForm(signingForm, say, asked.reader, {}, initial) };
  },
});

const adopt = defineButton({
  press: adoptPress,
  answers: 'with-form',
  by: 'backbone',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(adoptForm, say, asked.reader, payload),
  }),
});

/** Puts the draft to the partners: a decision by the coalition's own rule, which adopts it if it passes. */
const ask = defineButton({
  press: askPress,
  answers: 'privately',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const found = await findDraft(tools.database, coalition.id);
    if (found?.id !== payload.version) return refused('agreement.no-draft', say(reader, 'draft.none'));
    const missing = missingSections(found);
    if (missing.length > 0) return refused('agreement.incomplete', sayMissing(reader, missing));
    const proposal = {
      question: say.plain(coalition, 'ask.question', { number: found.number }),
      background: say.plain(coalition, 'ask.background'),
    };
    const answer = await propose(asked, tools, proposal, (writing, decision) =>
      recordAsked(writing, coalition.id, found.id, decision),
    );
    return answer ?? refused('agreement.being-decided', say(reader, 'asked.held'));
  },
});

const throwAway = defineButton({
  press: throwPress,
  answers: 'privately',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const draft = await findDraft(tools.database, coalition.id);
    if (draft?.id !== payload.version) return refused('agreement.no-draft', say(reader, 'draft.none'));
    const { total } = await listComments(tools.database, coalition.id, draft.id, { skip: 0, take: 0 });
    return shown(throwCard(reader, { draft, comments: total }));
  },
});

const throwAwayConfirm = defineButton({
  press: throwConfirmPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const thrown = await tools.write((writing) => removeDraft(writing, coalition.id, payload.version));
    if (thrown) return shown(card(paragraph(say(reader, 'throw.done'))));
    const draft = await findDraft(tools.database, coalition.id);
    if (draft?.id === payload.version) return refused('agreement.being-decided', say(reader, 'asked.held'));
    return refused('agreement.no-draft', say(reader, 'draft.none'));
  },
});

export const versionButtons = [
  ask,
  throwAway,
  throwAwayConfirm,
  seeDraft,
  seeChanges,
  seeComments,
  comment,
  editText,
  editPromises,
  editSigning,
  adopt,
];
