import { refused, shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { say } from '../words.ts';
import { endGroupPress, groupsCard } from './cards.ts';
import { wakeGroups } from './jobs.ts';
import { closeGroup, listGroups } from './store.ts';

export const endGroup = defineButton({
  press: endGroupPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const all = await listGroups(tools.database, coalition.id);
    const group = all.find(({ id }) => id === payload.group);
    const ended =
      group &&
      (await tools.write(async (writing) => {
        const closed = await closeGroup(writing, coalition.id, group.id);
        await wakeGroups(writing, coalition.id, group.role.id);
        return closed;
      }));
    if (!ended) return refused('roles.group-gone', say(reader, 'groups.gone'));
    const left = await listGroups(tools.database, coalition.id);
    return shown(groupsCard(reader, left, say(reader, 'groups.ended', { name: group.name })));
  },
});
