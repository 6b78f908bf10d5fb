import { mistaken, refused } from '../../../core/answer.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, problem, refined, splitList, text } from '../../../core/field.ts';
import type { PlaceId } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import { openDraft } from '../decision/store.ts';
import { presetField, untilField } from '../opening/fields.ts';
import { showDraft, untilInstant } from '../opening/forms.ts';
import { choosesAmongOptions, presetRule, usualTerms } from '../terms/rules.ts';
import { say } from '../words.ts';
import { charterRuleNames } from './rules.ts';
import { mayOpen } from './store.ts';

const ruleNamesField = refined(text({ max: 200 }), (typed) => {
  const asked = splitList(typed).map((each) => each.toLowerCase());
  const rules = charterRuleNames.filter((name) => asked.includes(name));
  const unknown = asked.find((each) => !(charterRuleNames as readonly string[]).includes(each));
  if (unknown !== undefined || rules.length === 0)
    return problem('problem.rules', {
      got: shortened(unknown ?? '', 30),
      rules: charterRuleNames.join(', '),
    });
  return rules;
});

export const charterForm = defineForm({
  press: press('decide.charter', { place: id<PlaceId>() }),
  answers: 'privately',
  by: 'member',
  fields: {
    opener: choice(['staff', 'voices'], 'opener'),
    rules: ruleNamesField,
    rule: presetField,
    until: untilField,
  },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const rule = presetRule(values.rule, { id: member.id, name: member.name });
    const refusal = await mayOpen(tools, asked, rule);
    if (refusal) return refusal;
    // Nothing but a yes can change the charter, so a rule that only listens or chooses among options cannot.
    if (choosesAmongOptions(rule) || rule.rule === 'sense' || rule.rule === 'advice')
      return mistaken(say(reader, 'refused.charter-rule'));
    const closesAt = untilInstant(values.until, coalition);
    if (closesAt <= now) return mistaken(say(reader, 'refused.past'));
    const draft = await tools.write((writing) =>
      openDraft(writing, coalition.id, member.id, {
        question: say.plain(coalition, 'charter.question'),
        background: '',
        options: [],
        terms: usualTerms(rule),
        closesAt,
        charter: { mayOpen: values.opener, rules: values.rules },
        placeId: payload.place,
      }),
    );
    return draft ? showDraft(draft, asked, tools) : refused('decisions.gone', say(reader, 'refused.gone'));
  },
});
