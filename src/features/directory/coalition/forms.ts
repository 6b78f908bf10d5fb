import { refused, shown } from '../../../core/answer.ts';
import { card, heading, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, text } from '../../../core/field.ts';
import { press } from '../../../core/press.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { timeZoneField } from './fields.ts';
import { shippedLanguages } from './rules.ts';
import { openCoalition } from './store.ts';

export const setupForm = defineForm({
  press: press('coalition.setup', {}),
  answers: 'privately',
  by: 'anyone',
  fields: {
    name: text({ max: 80 }),
    zone: timeZoneField(),
    language: choice(shippedLanguages, 'language'),
  },
  async submit({ values, asked, tools }) {
    const { reader } = asked;
    const opened = await tools.write((writing) => openCoalition(writing, asked, values));
    if (!opened.ok)
      return refused('directory.already-set-up', say(reader, 'setup.already', { name: opened.name }));
    const next = { join: code('/coalition join'), digest: code('/digest schedule') };
    return shown(
      card(
        heading(say.plain(reader, 'setup.done', { name: values.name })),
        paragraph(say(reader, 'setup.next', next)),
      ),
    );
  },
});
