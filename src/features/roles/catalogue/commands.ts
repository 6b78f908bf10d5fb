import { refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { type Card, card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { placeField } from '../../../identity/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { liveCard, ownCard, rolesCard, rolesPerPage, roleView } from './cards.ts';
import { roleField } from './fields.ts';
import { newForm } from './forms.ts';
import { listRoles } from './store.ts';

const list = defineCommand({
  name: 'roles list',
  bare: true,
  answers: 'privately',
  by: 'member',
  run: async ({ asked, tools }) => shown(await listRolesFor(asked, tools, 0)),
});

/** One page of the roles, as this member may see them. */
export async function listRolesFor(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  page: number,
): Promise<Card> {
  const found = await listRoles(tools.database, coalition.id, {
    withProposed: member.standing === 'backbone',
    skip: Math.max(0, page) * rolesPerPage,
    take: rolesPerPage,
  });
  return rolesCard(reader, { ...found, page: Math.max(0, page) });
}

const create = defineCommand({
  name: 'roles new',
  answers: 'with-form',
  by: 'member',
  run: async ({ asked }) => ({
    answer: 'form',
    form: openForm(newForm, say, asked.reader, {}, { seats: '1' }),
  }),
});

const show = defineCommand({
  name: 'roles show',
  answers: 'privately',
  by: 'member',
  options: { role: roleField() },
  run: async ({ options, asked }) => shown(ownCard(asked.reader, options.role, asked.member)),
});

const post = defineCommand({
  name: 'roles post',
  answers: 'privately',
  by: 'backbone',
  options: { role: roleField(), place: placeField() },
  async run({ options: { role, place }, asked, tools }) {
    const { coalition, reader } = asked;
    if (role.state !== 'open') return refused('roles.not-open', say(reader, 'role.not-open'));
    if (!place) return refused('roles.no-place', say(reader, 'post.no-place'));
    const today = localDate(asked.now, coalition.timeZone);
    await tools.write((writing) =>
      tools.delivery.post(writing, {
        coalitionId: coalition.id,
        to: { place: place.id },
        why: say(coalition, 'why.posted'),
        // Once a day in a place: pressing twice must not fill the channel.
        key: `role-card:${role.id}:${place.id}:${today}`,
        card: liveCard(coalition, role),
        live: { view: roleView, subject: role.id },
      }),
    );
    const where = { place: { place: place.ref, name: place.name } };
    return shown(card(paragraph(say(reader, 'post.done', { title: role.title, ...where }))));
  },
});

export const catalogueCommands = [list, create, show, post];
