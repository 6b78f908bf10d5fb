import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineForm } from '../../../core/command.ts';
import { listOf, optional, paragraph, text } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { isDuplicate } from '../../../database.ts';
import { memberField } from '../../../identity/fields.ts';
import { startJobOffers } from '../coverage/jobs.ts';
import { recordNewTitle } from '../seats/holders/store.ts';
import { doSeatAct } from '../seats/jobs.ts';
import { say } from '../words.ts';
import { basicsFormPress, detailsFormPress, newFormPress, ownCard, roleView } from './cards.ts';
import { effortField, nameField, seatsField, termField } from './fields.ts';
import type { RoleId, RoleSheet } from './rules.ts';
import { findRole, openRole, recordBasics, recordDetails } from './store.ts';

// Together with five holders and five in line these lengths stay under what one card can hold.
const basicsFields = {
  // Not `title`: that word names the form's own title.
  name: nameField(70),
  purpose: paragraph({ max: 400 }),
  tasks: optional(paragraph({ max: 600 })),
  effort: effortField,
  seats: seatsField,
};

type Basics = {
  name: string;
  purpose: string;
  tasks: string | undefined;
  effort: number;
  seats: { least: number; most: number };
};

const basicsOf = ({ name, purpose, tasks, effort, seats }: Basics) => ({
  title: name,
  purpose,
  tasks: tasks ?? '',
  minutesAMonth: effort,
  leastSeats: seats.least,
  mostSeats: seats.most,
});

export const proposalTask = 'role-proposed';

export const newForm = defineForm({
  press: newFormPress,
  answers: 'privately',
  by: 'member',
  fields: basicsFields,
  async submit({ values, asked, tools }) {
    const { reader, coalition, member } = asked;
    const staff = member.standing === 'backbone';
    const state = staff ? 'open' : 'proposed';
    const made = await tools.write(async (writing) => {
      const basics = { ...basicsOf(values), state, proposedById: member.id } as const;
      const id = await openRole(writing, coalition.id, basics);
      if (!id) return null;
      if (staff) await startJobOffers(writing, tools, coalition);
      else {
        const task = { title: values.name, member: { member: member.id, name: member.name } };
        await tools.staffTasks.open(writing, {
          coalitionId: coalition.id,
          kind: proposalTask,
          subject: id,
          text: say(coalition, 'task.proposed', task),
        });
      }
      return id;
    });
    if (!made) return titleTaken(asked, values.name);
    const sheet = await getSheet(asked, tools, made);
    return shown(ownCard(reader, sheet, member, say(reader, `new.${state}`, { title: values.name })));
  },
});

export const basicsForm = defineForm({
  press: basicsFormPress,
  answers: 'privately',
  by: 'member',
  fields: basicsFields,
  async submit({ payload, values, asked, tools }) {
    const { reader, coalition, member } = asked;
    const refusal = await refuseEdit(asked, tools, payload.role);
    if (refusal) return refusal;
    try {
      await tools.write(async (writing) => {
        await recordBasics(writing, coalition.id, payload.role, basicsOf(values));
        const resize = { act: 'resize', mostSeats: values.seats.most } as const;
        await doSeatAct(writing, tools, coalition, payload.role, resize);
        await recordNewTitle(writing, coalition.id, payload.role);
        await redrawRole(writing, tools, asked, payload.role);
      });
    } catch (error) {
      if (isDuplicate(error)) return titleTaken(asked, values.name);
      throw error;
    }
    const sheet = await getSheet(asked, tools, payload.role);
    const over = sheet.holders.length - sheet.mostSeats;
    const words = over > 0 ? say(reader, 'edit.more-held', { over }) : say(reader, 'edit.done');
    return shown(ownCard(reader, sheet, member, words));
  },
});

export const detailsForm = defineForm({
  press: detailsFormPress,
  answers: 'privately',
  by: 'member',
  fields: {
    term: optional(termField),
    skills: optional(listOf({ most: 10, each: 40 })),
    serves: optional(text({ max: 100 })),
    buddy: optional(memberField()),
    standIn: optional(memberField()),
  },
  async submit({ payload, values, asked, tools }) {
    const { reader, coalition, member } = asked;
    const refusal = await refuseEdit(asked, tools, payload.role);
    if (refusal) return refusal;
    await tools.write(async (writing) => {
      await recordDetails(writing, coalition.id, payload.role, {
        termMonths: values.term ? values.term : null,
        skills: values.skills ?? [],
        serves: values.serves ?? '',
        buddyId: values.buddy?.id ?? null,
        standInId: values.standIn?.id ?? null,
      });
      await redrawRole(writing, tools, asked, payload.role);
    });
    const sheet = await getSheet(asked, tools, payload.role);
    const words = say(reader, sheet.holders.length > 0 ? 'edit.details-held' : 'edit.done');
    return shown(ownCard(reader, sheet, member, words));
  },
});

type Asked = AskedBy<'member'>;

/** Staff change any role that is not closed; whoever proposed one changes it until staff have decided. */
export async function refuseEdit(
  { coalition, member, reader }: Asked,
  tools: Tools,
  id: RoleId,
): Promise<Answer | null> {
  const sheet = await findRole(tools.database, coalition.id, id);
  if (!sheet || sheet.state === 'closed' || sheet.state === 'declined') {
    return refused('roles.not-open', say(reader, 'role.not-open'));
  }
  if (member.standing === 'backbone') return null;
  if (sheet.state === 'proposed' && sheet.proposedBy?.id === member.id) return null;
  return refused('roles.not-yours', say(reader, 'edit.not-yours'));
}

async function getSheet({ coalition }: Asked, tools: Tools, id: RoleId): Promise<RoleSheet> {
  const sheet = await findRole(tools.database, coalition.id, id);
  if (!sheet) throw new Error('A role that was just written is gone');
  return sheet;
}

export async function redrawRole(writing: Writing, tools: Tools, { coalition }: Asked, subject: RoleId) {
  await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: roleView, subject });
}

function titleTaken({ reader }: Asked, title: string): Answer {
  return refused('roles.title-taken', say(reader, 'new.title-taken', { title }));
}
