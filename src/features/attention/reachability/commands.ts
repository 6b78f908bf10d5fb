import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional } from '../../../core/field.ts';
import { memberField } from '../../../identity/fields.ts';
import { unreachableCard, waysCard } from './cards.ts';
import { countLost, listUnreachable, listWays } from './store.ts';

const listed = 12;
const lostForMs = 30 * 86_400_000;

export const reachCommand = defineCommand({
  name: 'attention reach',
  answers: 'privately',
  by: 'backbone',
  options: { member: optional(memberField()) },
  async run({ options: { member }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const { database } = tools;
    if (!member) return shown(unreachableCard(reader, await listUnreachable(database, coalition.id, listed)));
    const ways = await listWays(database, coalition.id, member.id);
    const since = new Date(now.getTime() - lostForMs);
    const lost = await countLost(database, coalition.id, member.id, since);
    return shown(waysCard(reader, member.name, ways, lost));
  },
});
