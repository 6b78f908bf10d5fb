import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph as paragraphField, wholeNumber, yesNo } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import { findStanding } from '../../decisions/feature.ts';
import { adoptVersion } from '../signing/jobs.ts';
import { say } from '../words.ts';
import {
  adoptFormPress,
  commentFormPress,
  draftCard,
  promisesFormPress,
  signingFormPress,
  textFormPress,
} from './cards.ts';
import { mostText, type Terms, type Version } from './rules.ts';
import { findDraft, isBeingDecided, listComments, recordComment, recordDraft } from './store.ts';

const section = () => paragraphField({ max: mostText });

export const textForm = defineForm({
  press: textFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: { time: section(), duration: section(), gives: section(), gets: section(), changes: section() },
  submit: ({ values, asked, tools }) => saveDraft(asked, tools, values),
});

export const promisesForm = defineForm({
  press: promisesFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: {
    staying: section(),
    roles: wholeNumber({ least: 0, most: 10 }),
    meetings: wholeNumber({ least: 0, most: 100 }),
    data: wholeNumber({ least: 0, most: 100 }),
  },
  submit: ({ values, asked, tools }) => saveDraft(asked, tools, values),
});

export const signingForm = defineForm({
  press: signingFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: { renew: optional(wholeNumber({ least: 0, most: 60 })), needed: yesNo() },
  submit: ({ values, asked, tools }) =>
    saveDraft(asked, tools, {
      renewMonths: values.renew ? values.renew : null,
      signingNeeded: values.needed,
    }),
});

async function saveDraft(asked: AskedBy<'backbone'>, tools: Tools, change: Partial<Terms>) {
  const { coalition, member, reader } = asked;
  const draft = await tools.write((writing) => recordDraft(writing, coalition.id, member.id, change));
  if (!draft) return refused('agreement.being-decided', say(reader, 'asked.held'));
  return answerDraft(asked, tools, draft, say(reader, 'draft.saved', { number: draft.number }));
}

/** The draft as whoever asks may see it, with what was said above it. */
export async function answerDraft(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  draft: Version,
  above?: Text,
): Promise<Answer> {
  const { total } = await listComments(tools.database, coalition.id, draft.id, { skip: 0, take: 0 });
  const decision = draft.decisionId && (await findStanding(tools.database, coalition, draft.decisionId));
  return shown(
    draftCard(reader, {
      draft,
      comments: total,
      staff: member.standing === 'backbone',
      decision: decision || null,
      ...(above ? { above } : {}),
    }),
  );
}

export const commentForm = defineForm({
  press: commentFormPress,
  answers: 'privately',
  by: 'member',
  fields: { text: paragraphField({ max: 800 }) },
  submit: ({ values, asked, tools }) => addComment(asked, tools, values.text),
});

export async function addComment(asked: AskedBy<'member'>, tools: Tools, text: string) {
  const { coalition, member, reader } = asked;
  const draft = await findDraft(tools.database, coalition.id);
  if (!draft) return refused('agreement.no-draft', say(reader, 'draft.none'));
  const comment = { partnerId: member.partner?.id ?? null, memberId: member.id, text };
  await tools.write(async (writing) => {
    const subject = `comment:${await recordComment(writing, coalition.id, draft.id, comment)}`;
    await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
  });
  return shown(card(paragraph(say(reader, 'comment.kept', { number: draft.number }))));
}

export const adoptForm = defineForm({
  press: adoptFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: { why: paragraphField({ max: 500 }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { version: payload.version, by: member.id, why: values.why };
    const draft = await findDraft(tools.database, coalition.id);
    if (draft && (await isBeingDecided(tools.database, coalition.id, draft)))
      return refused('agreement.being-decided', say(reader, 'asked.held'));
    const adopted = await tools.write((writing) => adoptVersion(writing, tools, coalition, of));
    if (!adopted) return refused('agreement.no-draft', say(reader, 'adopt.gone'));
    return shown(card(paragraph(say(reader, 'adopt.done', { number: adopted.number }))));
  },
});
