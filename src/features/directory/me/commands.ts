import { refused, shown } from '../../../core/answer.ts';
import { list, type Part } from '../../../core/card.ts';
import { defineCommand, type Feature } from '../../../core/command.ts';
import { code, type Text } from '../../../core/text.ts';
import { whoIs } from '../joining/forms.ts';
import { findPerson, recordReachable } from '../joining/store.ts';
import { countStored } from '../leaving/store.ts';
import { mayEditPartner, monthsSince, nextFreshnessAsk } from '../partners/rules.ts';
import { findPartner } from '../partners/store.ts';
import { countStaffTasks } from '../tasks/store.ts';
import { say } from '../words.ts';
import { formerCard, meCard } from './cards.ts';
import { findOwnSettings } from './store.ts';

export const meCommand = defineCommand({
  name: 'coalition me',
  answers: 'privately',
  by: 'visitor',
  async run({ asked, tools }) {
    const { coalition, reader, now } = asked;
    const person = await findPerson(tools.database, whoIs(asked));
    const settings = person && (await findOwnSettings(tools.database, coalition.id, person.member.id));
    if (!person || !settings)
      return refused('directory.not-here', say(reader, 'me.not-here', { join: code('/coalition join') }));
    const { member, leftAt } = person;
    const counts = await countStored(tools.database, coalition.id, member.id);
    if (leftAt) return shown(formerCard(coalition.name, leftAt, counts, reader));
    const triedAgain = await tools.write((writing) =>
      recordReachable(writing, whoIs(asked), tools.staffTasks),
    );
    const places: Part[] = [];
    for (const { adds } of tools.features())
      places.push(...((await adds.myPlace?.({ coalition, member, tools, reader })) ?? []));
    return shown(meCard({ coalition, member, settings, counts, places, triedAgain, now }, reader));
  },
});

/** What the directory itself asks of somebody: to look at their card, and after the coalition's tasks. */
export const directoryPlace: NonNullable<Feature['adds']['myPlace']> = async (scope) => {
  const { coalition, member, tools, reader } = scope;
  const asked: Text[] = [];
  const partner = member.partner && (await findPartner(tools.database, coalition.id, member.partner.id));
  const now = tools.clock.now();
  if (
    partner &&
    mayEditPartner(member, partner.id) &&
    nextFreshnessAsk({ ...partner, freshnessAskedAt: null }) <= now
  ) {
    const months = monthsSince(partner.confirmedAt, now);
    asked.push(say(reader, 'me.asked-freshness', { months, edit: code('/partners edit') }));
  }
  const count = member.standing === 'backbone' ? await countStaffTasks(tools.database, coalition.id) : 0;
  if (count > 0) asked.push(say(reader, 'me.tasks', { count, tasks: code('/coalition tasks') }));
  return asked.length === 0 ? [] : [list(asked)];
};
