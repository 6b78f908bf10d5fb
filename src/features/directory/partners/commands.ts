import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, text } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { cardOf, pageOfPartners } from './buttons.ts';
import { editCard } from './cards.ts';
import { partnerField } from './fields.ts';
import { addForm } from './forms.ts';
import { mayEditPartner, partnerLimits } from './rules.ts';
import { findPartner } from './store.ts';

export const listCommand = defineCommand({
  name: 'partners list',
  bare: true,
  answers: 'privately',
  by: 'member',
  options: { search: optional(text({ max: partnerLimits.name })) },
  run: async ({ options, asked, tools }) =>
    shown(await pageOfPartners(options.search ?? '', null, asked, tools)),
});

export const showCommand = defineCommand({
  name: 'partners show',
  answers: 'privately',
  by: 'member',
  options: { partner: partnerField() },
  run: async ({ options, asked, tools }) => shown(await cardOf(options.partner, asked, tools)),
});

export const editCommand = defineCommand({
  name: 'partners edit',
  answers: 'privately',
  by: 'member',
  options: { partner: optional(partnerField()) },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    const partner =
      options.partner ??
      (member.partner && (await findPartner(tools.database, coalition.id, member.partner.id)));
    if (!partner) {
      const example = { example: code('/partners edit Northside Food Bank') };
      return refused('directory.whose', say(reader, 'edit.whose', example));
    }
    if (!mayEditPartner(member, partner.id))
      return refused('directory.not-yours', say(reader, 'edit.not-yours', { name: partner.name }));
    return shown(editCard({ partner, viewer: member }, reader));
  },
});

export const addCommand = defineCommand({
  name: 'partners add',
  answers: 'with-form',
  by: 'backbone',
  run: async ({ asked }) => ({ answer: 'form', form: openForm(addForm, say, asked.reader, {}) }),
});
