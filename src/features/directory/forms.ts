import { refused, shown } from '../../core/answer.ts';
import { card, heading, paragraph } from '../../core/card.ts';
import { defineForm } from '../../core/command.ts';
import { choice, problem, refined, text } from '../../core/field.ts';
import { press } from '../../core/press.ts';
import { code } from '../../core/text.ts';
import { isTimeZone } from '../../time/wall-clock.ts';
import { openCoalition } from './store.ts';
import { say } from './words.ts';

const timeZone = refined(text({ max: 60 }), (typed) =>
  isTimeZone(typed) ? typed : problem('problem.time-zone', { got: typed.slice(0, 40) }),
);

export const setupForm = defineForm({
  press: press('coalition.setup', {}),
  answers: 'privately',
  by: 'anyone',
  fields: { name: text({ max: 80 }), zone: timeZone, language: choice(['en'], 'language') },
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
