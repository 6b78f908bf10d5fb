import { aside, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { draftsCard } from '../../../core/drafts-card.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import { placeField } from '../../../identity/fields.ts';
import { findPlaceHere } from '../../../identity/place-here.ts';
import { mayOpen } from '../charter/store.ts';
import { decisionView, drawDecision } from '../decision/cards.ts';
import { findDecisionNumbered, findTally, listDrafts } from '../decision/store.ts';
import { say } from '../words.ts';
import { draftPress } from './cards.ts';
import { daysAhead, newForm } from './forms.ts';

export const newDecision = defineCommand({
  name: 'decide new',
  answers: 'with-form',
  by: 'member',
  async run({ asked, tools }) {
    const refusal = await mayOpen(tools, asked, null);
    if (refusal) return refusal;
    const place = await findPlaceHere(asked, tools);
    if (!place) return refused('decisions.no-place', say(asked.reader, 'refused.no-place'));
    const usual = { rule: 'majority', until: daysAhead(7, asked) } as const;
    return { answer: 'form', form: openForm(newForm, say, asked.reader, { place }, usual) };
  },
});

/** What is being prepared: one's own drafts, and for staff everybody's. */
export const drafts = defineCommand({
  name: 'decide drafts',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader } = asked;
    const by = member.standing === 'backbone' ? {} : { by: member.id };
    const found = await listDrafts(tools.database, coalition.id, { ...by, most: 10 });
    if (found.length === 0) return aside(card(paragraph(say(reader, 'drafts.nothing'))));
    const all = found.map(({ id, question: name }) => ({ name, opens: draftPress.encode({ decision: id }) }));
    return shown(draftsCard(say.plain(reader, 'drafts.title'), all));
  },
});

/** Puts the same decision into another channel, on whichever platform: still one tally. */
export const shareDecision = defineCommand({
  name: 'decide share',
  answers: 'privately',
  by: 'member',
  options: { decision: wholeNumber({ least: 1 }), channel: optional(placeField()) },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const decision = await findDecisionNumbered(tools.database, coalition.id, options.decision);
    if (!decision)
      return refused('decisions.unknown', say(reader, 'refused.unknown', { number: options.decision }));
    const place = options.channel;
    if (!place) return refused('decisions.no-place', say(reader, 'refused.no-place'));
    const tally = await findTally(tools.database, coalition.id, decision.id);
    await tools.write((writing) =>
      tools.delivery.post(writing, {
        coalitionId: coalition.id,
        to: { place: place.id },
        why: say(coalition, 'why.shared'),
        key: `decision:${decision.id}:${place.id}`,
        card: drawDecision(decision, tally, coalition, coalition),
        live: { view: decisionView, subject: decision.id },
      }),
    );
    return aside(card(paragraph(say(reader, 'shared', { place: { place: place.ref, name: place.name } }))));
  },
});
