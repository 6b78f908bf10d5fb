import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional } from '../../../core/field.ts';
import { platformsWithGroups } from '../../../core/groups.ts';
import { nameField, roleField } from '../catalogue/fields.ts';
import { say } from '../words.ts';
import { groupsCard } from './cards.ts';
import { wakeGroups } from './jobs.ts';
import { listGroups, openGroup } from './store.ts';

/** Longest name of a Discord role; a Slack user group's handle is shorter. */
const mostName = 100;

/** Without anything, shows what is kept in step. With a role and a group, keeps the group of this workspace in step. */
export const sync = defineCommand({
  name: 'roles sync',
  answers: 'privately',
  by: 'backbone',
  options: { role: optional(roleField()), group: optional(nameField(mostName)) },
  async run({ options: { role, group }, asked, tools }) {
    const { coalition, workspace, reader } = asked;
    const list = () => listGroups(tools.database, coalition.id);
    if (!role && !group) return shown(groupsCard(reader, await list()));
    if (!role || !group) return refused('roles.group-half', say(reader, 'groups.half'));
    if (!platformsWithGroups.includes(asked.platform))
      return refused('roles.no-groups', say(reader, 'groups.no-platform'));
    if (role.state !== 'open') return refused('roles.not-open', say(reader, 'role.not-open'));
    const opened = await tools.write(async (writing) => {
      const of = { roleId: role.id, workspaceId: workspace.id, name: group };
      const made = await openGroup(writing, coalition.id, of);
      await wakeGroups(writing, coalition.id, role.id);
      return made;
    });
    const above = say(reader, opened ? 'groups.opened' : 'groups.before', { title: role.title, name: group });
    return shown(groupsCard(reader, await list(), above));
  },
});
