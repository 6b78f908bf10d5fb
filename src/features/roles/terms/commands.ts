import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional } from '../../../core/field.ts';
import { dateField } from '../../../time/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { effortField, roleField } from '../catalogue/fields.ts';
import { say } from '../words.ts';
import { totalsCard } from './cards.ts';
import { noteWork } from './forms.ts';
import { getWorkTotals } from './store.ts';

/** By a holder for its own organisation, or by staff for any that holds the role. */
const work = defineCommand({
  name: 'roles work',
  answers: 'privately',
  by: 'member',
  options: {
    role: roleField(),
    hours: optional(effortField),
    day: optional(dateField()),
    partner: optional(partnerField()),
  },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { role } = options;
    const day = options.day ?? localDate(asked.now, coalition.timeZone);
    const named = options.partner;
    const holder = named ?? member.partner;
    if (!holder) return refused('roles.no-holder', say(reader, 'work.whose'));
    if (member.standing !== 'backbone' && holder.id !== member.partner?.id) {
      return refused('roles.not-yours', say(reader, 'work.not-yours'));
    }
    return noteWork(asked, tools, { role: role.id, partner: holder, day, minutes: options.hours ?? null });
  },
});

/** The work noted in a span of days: by default this year's so far. */
const hours = defineCommand({
  name: 'roles hours',
  answers: 'privately',
  by: 'member',
  options: { from: optional(dateField()), to: optional(dateField()) },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const to = options.to ?? localDate(asked.now, coalition.timeZone);
    const from = options.from ?? `${to.slice(0, 4)}-01-01`;
    if (from > to) return refused('roles.dates', say(reader, 'hours.dates', { from, to }));
    const totals = await getWorkTotals(tools.database, coalition.id, from, to);
    return shown(totalsCard(reader, { from, to, totals }));
  },
});

export const termCommands = [work, hours];
