import { aside, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { mayOpen } from '../charter/store.ts';
import { shareText } from '../counting/fraction/rules.ts';
import { removeDraft } from '../decision/store.ts';
import { conflictIn, type Rule } from '../terms/rules.ts';
import { say } from '../words.ts';
import {
  changeQuorumPress,
  changeRulePress,
  changeTimePress,
  changeViewPress,
  changeVoicesPress,
  discardPress,
  draftPress,
  openedCard,
  openPress,
} from './cards.ts';
import { findOwnDraft, quorumForm, ruleForm, showDraft, timeForm, viewForm, voicesForm } from './forms.ts';
import { openNow } from './jobs.ts';
import { listElectorate } from './store.ts';

const changing = { answers: 'with-form', by: 'member' } as const;

export const changeRule = defineButton({
  ...changing,
  press: changeRulePress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const { rule } = draft.terms;
    const numbers = { consensus: 'minus', transferable: 'seats', score: 'most', dots: 'dots' } as const;
    const held = numbers[rule.rule as keyof typeof numbers];
    const number = held ? String(rule[held as keyof Rule]) : '';
    const share = rule.rule === 'share' ? rule.threshold : null;
    const form = openForm(ruleForm, say, asked.reader, payload, {
      rule: rule.rule,
      ...(share
        ? { threshold: `${share.strictly ? 'more than' : 'at least'} ${shareText(share.share)}` }
        : {}),
      ...(rule.rule === 'share' ? { base: rule.base } : {}),
      ...('ties' in rule ? { ties: rule.ties } : {}),
      ...(number ? { number } : {}),
    });
    return { answer: 'form', form };
  },
});

export const changeQuorum = defineButton({
  ...changing,
  press: changeQuorumPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const { quorum, extensionDays, closesEarly } = draft.terms;
    const { from } = quorum;
    const typed =
      from.by === 'none'
        ? 'none'
        : from.by === 'number'
          ? String(from.voices)
          : `${from.threshold.strictly ? 'more than' : 'at least'} ${shareText(from.threshold.share)}`;
    const form = openForm(quorumForm, say, asked.reader, payload, {
      quorum: typed,
      sector: quorum.perSector,
      abstaining: quorum.abstaining,
      extension: extensionDays,
      early: closesEarly,
    });
    return { answer: 'form', form };
  },
});

export const changeVoices = defineButton({
  ...changing,
  press: changeVoicesPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const { voices, weights, rule } = draft.terms;
    const partners = await listElectorate(tools.database, asked.coalition.id, 'organisations');
    const lines = partners
      .filter(({ partnerId }) => weights && partnerId && weights.stated[partnerId])
      .map(({ partnerId, name }) => `${name}: ${weights?.stated[partnerId ?? ''] ?? 1}`);
    const form = openForm(voicesForm, say, asked.reader, payload, {
      voices,
      weights: lines.join('\n'),
      ...(weights ? { cap: shareText(weights.cap) } : {}),
      ...(rule.rule === 'advice' ? { decider: rule.deciderName } : {}),
    });
    return { answer: 'form', form };
  },
});

export const changeView = defineButton({
  ...changing,
  press: changeViewPress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const { anonymous, visibility, reasons, fewest, nudges } = draft.terms;
    const values = { anonymous, visibility, reasons, fewest, nudges };
    return { answer: 'form', form: openForm(viewForm, say, asked.reader, payload, values) };
  },
});

export const changeTime = defineButton({
  ...changing,
  press: changeTimePress,
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const values = { review: draft.terms.reviewDays };
    return { answer: 'form', form: openForm(timeForm, say, asked.reader, payload, values) };
  },
});

export const draftButton = defineButton({
  press: draftPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    return 'answer' in draft ? draft : showDraft(draft, asked, tools);
  },
});

export const discard = defineButton({
  press: discardPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    await tools.write((writing) => removeDraft(writing, asked.coalition.id, draft.id));
    return shown(card(paragraph(say(asked.reader, 'draft.discarded'))));
  },
});

/** Opens a draft where it is pressed. Pressed twice, it opens once. */
export const open = defineButton({
  press: openPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const draft = await findOwnDraft(tools, asked, payload.decision);
    if ('answer' in draft) return draft;
    const refusal = await mayOpen(tools, asked, draft.terms.rule);
    if (refusal) return refusal;
    if (draft.closesAt <= now) return refused('decisions.past', say(reader, 'refused.past'));
    const conflict = conflictIn(draft.terms, draft.options.length);
    if (conflict) return refused(`decisions.${conflict}`, say(reader, `conflict.${conflict}`));
    const voices = await listElectorate(tools.database, coalition.id, draft.terms.voices);
    if (voices.length === 0) return refused('decisions.nobody', say(reader, 'refused.nobody'));

    const opened = await tools.write((writing) => openNow(writing, tools, coalition, draft));
    if (!opened) return aside(card(paragraph(say(reader, 'refused.gone'))));
    return shown(openedCard(opened, coalition, reader));
  },
});
