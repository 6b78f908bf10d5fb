import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { memberField } from '../../../identity/fields.ts';
import { say } from '../words.ts';
import { holdsNothing, moveCard } from './cards.ts';
import { listHeldBy } from './store.ts';

/** Shows what one person holds, to be moved to another with one press. */
export const successor = defineCommand({
  name: 'roles successor',
  answers: 'privately',
  by: 'backbone',
  options: { from: memberField(), to: memberField() },
  async run({ options: { from, to }, asked, tools }) {
    const { coalition, reader } = asked;
    const names = { from: from.name, to: to.name };
    if (from.id === to.id) return refused('roles.same-person', say(reader, 'move.same', names));
    if (!from.partner || from.partner.id !== to.partner?.id) {
      return refused('roles.other-partner', say(reader, 'move.other-partner', names));
    }
    const held = await listHeldBy(tools.database, coalition.id, from.id);
    if (holdsNothing(held)) return refused('roles.holds-nothing', say(reader, 'move.nothing', names));
    return shown(moveCard(reader, { from, to, held }));
  },
});
