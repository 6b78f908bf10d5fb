import { refused } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { findPlaceHere } from '../../../identity/place-here.ts';
import { daysAhead } from '../opening/forms.ts';
import { findBook } from '../register/store.ts';
import { say } from '../words.ts';
import { charterForm } from './forms.ts';
import { mayOpen } from './store.ts';

/** Proposes another charter: it takes effect when the decision passes. */
export const proposeCharter = defineCommand({
  name: 'decide charter',
  answers: 'with-form',
  by: 'member',
  async run({ asked, tools }) {
    const refusal = await mayOpen(tools, asked, null);
    if (refusal) return refusal;
    const place = await findPlaceHere(asked, tools);
    if (!place) return refused('decisions.no-place', say(asked.reader, 'refused.no-place'));
    const { charter } = await findBook(tools.database, asked.coalition.id);
    const usual = {
      opener: charter.mayOpen,
      rules: charter.rules,
      rule: 'two-thirds',
      until: daysAhead(14, asked),
    } as const;
    return { answer: 'form', form: openForm(charterForm, say, asked.reader, { place }, usual) };
  },
});
