import { type Answer, mistaken, refused, shown } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph, text, wholeNumber, yesNo } from '../../../core/field.ts';
import type { PlaceId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { id, press } from '../../../core/press.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { addDays, atWallClock, localDate, type WallClockTime } from '../../../time/wall-clock.ts';
import { mayOpen } from '../charter/store.ts';
import { changeDraft, type Decision, type DecisionId, findDecision, openDraft } from '../decision/store.ts';
import { choosesAmongOptions, conflictIn, presetRule, type Terms, usualTerms } from '../terms/rules.ts';
import { say } from '../words.ts';
import { draftCard } from './cards.ts';
import {
  baseField,
  capField,
  numberField,
  optionsField,
  presetField,
  quorumField,
  reasonsField,
  thresholdField,
  tiesField,
  untilField,
  visibilityField,
  voicesField,
  weightsField,
} from './fields.ts';
import { adjustedRule, longestBackground, longestQuestion, usualTime } from './rules.ts';
import { listElectorate, listPartnersNamed } from './store.ts';

const decision = id<DecisionId>();
type By = Asked & { coalition: Coalition; member: Member };

/** An instant in the coalition's zone: what was chosen means its wall clock, wherever one sits. */
export const untilInstant = ({ date, time }: WallClockTime, { timeZone }: Coalition): Date =>
  atWallClock(date, time, timeZone);

/** Days are calendar days, so that a clock change does not move the hour. */
export const daysAhead = (
  days: number,
  { coalition, now }: Pick<By, 'coalition' | 'now'>,
): WallClockTime => ({
  date: addDays(localDate(now, coalition.timeZone), days),
  time: usualTime,
});

export const newForm = defineForm({
  press: press('decide.new', { place: id<PlaceId>() }),
  answers: 'privately',
  by: 'member',
  fields: {
    question: text({ max: longestQuestion }),
    background: optional(paragraph({ max: longestBackground })),
    options: optional(optionsField),
    rule: presetField,
    until: untilField,
  },
  async submit({ payload, values, asked, tools }) {
    const { reader, coalition, member, now } = asked;
    const rule = presetRule(values.rule, { id: member.id, name: member.name });
    const refusal = await mayOpen(tools, asked, rule);
    if (refusal) return refusal;
    const closesAt = untilInstant(values.until, coalition);
    if (closesAt <= now) return mistaken(say(reader, 'refused.past'));
    const options = values.options ?? [];
    if (choosesAmongOptions(rule) && options.length < 2)
      return mistaken(say(reader, 'conflict.options-missing'));
    const draft = await tools.write((writing) =>
      openDraft(writing, coalition.id, member.id, {
        question: values.question,
        background: values.background ?? '',
        // Options typed for a proposal are kept in view: the draft says that its rule does not use them.
        options,
        terms: usualTerms(rule),
        closesAt,
        placeId: payload.place,
      }),
    );
    return draft ? showDraft(draft, asked, tools) : refused('decisions.gone', say(reader, 'refused.gone'));
  },
});

/** The draft as it stands now, privately. */
export async function showDraft(draft: Decision, asked: By, tools: Tools): Promise<Answer> {
  const { coalition, reader } = asked;
  const electorate = await listElectorate(tools.database, coalition.id, draft.terms.voices);
  const conflict = conflictIn(draft.terms, draft.options.length);
  return shown(draftCard(draft, { conflict, voices: electorate.length, coalition, reader }));
}

/** A draft is its author's, and staff's. */
export async function findOwnDraft(
  tools: Tools,
  asked: By,
  decisionId: DecisionId,
): Promise<Decision | Answer> {
  const { coalition, member, reader } = asked;
  const draft = await findDecision(tools.database, coalition.id, decisionId);
  if (draft?.state !== 'draft') return refused('decisions.gone', say(reader, 'refused.gone'));
  if (draft.openedById !== member.id && member.standing !== 'backbone')
    return refused('decisions.not-yours', say(reader, 'refused.not-yours'));
  return draft;
}

async function change(
  decisionId: DecisionId,
  asked: By,
  tools: Tools,
  to: (draft: Decision) => { terms?: Terms; closesAt?: Date } | Answer,
): Promise<Answer> {
  const draft = await findOwnDraft(tools, asked, decisionId);
  if ('answer' in draft) return draft;
  const changes = to(draft);
  if ('answer' in changes) return changes;
  const changed = await tools.write((writing) => changeDraft(writing, asked.coalition.id, draft.id, changes));
  if (!changed) return refused('decisions.gone', say(asked.reader, 'refused.gone'));
  return showDraft(changed, asked, tools);
}

export const ruleForm = defineForm({
  press: press('decide.rule', { decision }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    rule: presetField,
    threshold: optional(thresholdField),
    base: optional(baseField),
    number: optional(numberField),
    ties: optional(tiesField),
  },
  async submit({ payload, values, asked, tools }) {
    const { member } = asked;
    const rule = adjustedRule(presetRule(values.rule, { id: member.id, name: member.name }), values);
    const refusal = await mayOpen(tools, asked, rule);
    if (refusal) return refusal;
    return change(payload.decision, asked, tools, ({ terms }) => ({ terms: { ...terms, rule } }));
  },
});

export const quorumForm = defineForm({
  press: press('decide.quorum', { decision }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    quorum: quorumField,
    sector: optional(wholeNumber({ least: 0, most: 1000 })),
    abstaining: yesNo(),
    extension: optional(wholeNumber({ least: 0, most: 90 })),
    early: yesNo(),
  },
  submit: ({ payload, values, asked, tools }) =>
    change(payload.decision, asked, tools, ({ terms }) => ({
      terms: {
        ...terms,
        quorum: { from: values.quorum, perSector: values.sector ?? 0, abstaining: values.abstaining },
        extensionDays: values.extension ?? 0,
        closesEarly: values.early,
      },
    })),
});

export const voicesForm = defineForm({
  press: press('decide.voices', { decision }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    voices: voicesField,
    weights: optional(weightsField),
    cap: optional(capField),
    decider: optional(memberField()),
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const { decider } = values;
    const stated: Record<string, number> = {};
    const partners = await listPartnersNamed(tools.database, coalition.id);
    for (const [name, weight] of values.weights ?? []) {
      const partner = partners.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!partner) return mistaken(say(reader, 'refused.no-partner', { name }));
      stated[partner.id] = weight;
    }
    const weights = values.weights ? { stated, cap: values.cap ?? { parts: 1, of: 1 } } : null;
    return change(payload.decision, asked, tools, ({ terms }) => ({
      terms: {
        ...terms,
        voices: values.voices,
        weights,
        ...(decider && terms.rule.rule === 'advice'
          ? { rule: { rule: 'advice', decider: decider.id, deciderName: decider.name } }
          : {}),
      },
    }));
  },
});

export const viewForm = defineForm({
  press: press('decide.view', { decision }),
  answers: 'by-updating',
  by: 'member',
  fields: {
    anonymous: yesNo(),
    visibility: visibilityField,
    reasons: reasonsField,
    fewest: optional(wholeNumber({ least: 3, most: 1000 })),
    nudges: optional(wholeNumber({ least: 0, most: 5 })),
  },
  submit: ({ payload, values, asked, tools }) =>
    change(payload.decision, asked, tools, ({ terms }) => ({
      terms: {
        ...terms,
        anonymous: values.anonymous,
        // An anonymous result is told at the close and never before.
        visibility: values.anonymous ? 'at-close' : values.visibility,
        reasons: values.reasons,
        fewest: values.fewest ?? terms.fewest,
        nudges: values.nudges ?? terms.nudges,
      },
    })),
});

export const timeForm = defineForm({
  press: press('decide.time', { decision }),
  answers: 'by-updating',
  by: 'member',
  fields: { until: untilField, review: optional(wholeNumber({ least: 0, most: 3650 })) },
  submit: ({ payload, values, asked, tools }) =>
    change(payload.decision, asked, tools, ({ terms }) => {
      const closesAt = untilInstant(values.until, asked.coalition);
      if (closesAt <= asked.now) return refused('decisions.past', say(asked.reader, 'refused.past'));
      return { closesAt, terms: { ...terms, reviewDays: values.review ?? 0 } };
    }),
});
