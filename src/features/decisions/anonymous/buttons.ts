import { defineButton } from '../../../core/command.ts';
import { secretPress } from '../decision/cards.ts';
import { findVoting } from '../voting/forms.ts';
import { openSecretForm } from './forms.ts';

export const secretButton = defineButton({
  press: secretPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findVoting(tools, asked, payload.decision);
    if ('answer' in found) return found;
    return { answer: 'form', form: openSecretForm(found.decision, asked) };
  },
});
