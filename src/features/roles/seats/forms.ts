import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph as paragraphField } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Member } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { ownCard, roleView } from '../catalogue/cards.ts';
import type { RoleId } from '../catalogue/rules.ts';
import { findRole } from '../catalogue/store.ts';
import { say } from '../words.ts';
import { handOverFormPress, passFormPress, peopleFormPress } from './cards.ts';
import { recordHandOver, recordPeople } from './holders/store.ts';
import { doSeatAct } from './jobs.ts';

/** Longest hand-over note: with the role's own words it still fits one card. */
export const handOverField = () => paragraphField({ max: 800 });

export const peopleForm = defineForm({
  press: peopleFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { member: memberField(), alternate: optional(memberField()) },
  async submit({ payload, values, asked, tools }) {
    const { reader, coalition, member } = asked;
    const partner = member.partner;
    const others = [values.member, values.alternate].filter((each) => each?.partner?.id !== partner.id);
    const stranger = others.find((each) => each !== undefined);
    if (stranger) {
      const names = { member: stranger.name, partner: partner.name };
      return refused('roles.other-partner', say(reader, 'people.other-partner', names));
    }
    if (values.alternate?.id === values.member.id) {
      return refused('roles.same-person', say(reader, 'people.same', { member: values.member.name }));
    }
    const people = { memberId: values.member.id, alternateId: values.alternate?.id ?? null };
    const held = await tools.write(async (writing) => {
      if (!(await recordPeople(writing, coalition.id, payload.role, partner.id, people))) return false;
      const changed = { coalitionId: coalition.id, view: roleView, subject: payload.role };
      await tools.delivery.redraw(writing, changed);
      return true;
    });
    const sheet = await findRole(tools.database, coalition.id, payload.role);
    if (!held || !sheet) return refused('roles.not-held', say(reader, 'people.not-held'));
    return shown(ownCard(reader, sheet, member, say(reader, 'people.done')));
  },
});

export const passForm = defineForm({
  press: passFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { to: memberField(), note: optional(handOverField()) },
  submit: ({ payload, values, asked, tools }) =>
    passSeat(asked, tools, payload.role, values.to, values.note ?? ''),
});

/** Within an organisation its person changes; another organisation is asked and holds nothing until it accepts. */
export async function passSeat(
  asked: AskedBy<'voice'>,
  tools: Tools,
  role: RoleId,
  to: Member,
  handOver: string,
): Promise<Answer> {
  const { reader, coalition, member } = asked;
  const own = member.partner;
  const title = (await findRole(tools.database, coalition.id, role))?.title ?? '';
  if (!to.partner) return refused('roles.no-partner', say(reader, 'pass.no-partner', { member: to.name }));
  if (to.partner.id === own.id) {
    const held = await tools.write(async (writing) => {
      const people = { memberId: to.id, alternateId: null };
      const changed = await recordPeople(writing, coalition.id, role, own.id, people);
      if (!changed) return false;
      if (handOver !== '') await recordHandOver(writing, coalition.id, role, own.id, handOver);
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: roleView, subject: role });
      return true;
    });
    if (!held) return refused('roles.not-held', say(reader, 'people.not-held'));
    return shown(card(paragraph(say(reader, 'pass.within', { title, member: to.name }))));
  }
  const receiver = { partner: to.partner.id, member: to.id };
  const act = { act: 'pass', partner: own.id, to: receiver.partner } as const;
  const more = { actor: { partner: own.id, member: member.id }, to: receiver, handOver };
  const change = await tools.write((writing) => doSeatAct(writing, tools, coalition, role, act, more));
  const names = { title, member: to.name, partner: to.partner.name };
  switch (change?.outcome) {
    case 'passing':
      return shown(card(paragraph(say(reader, 'pass.asked', names))));
    case 'line-comes-first':
      return refused('roles.line-comes-first', say(reader, 'pass.line-comes-first', names));
    case 'held-already':
    case 'waited-already':
      return refused('roles.held-already', say(reader, 'pass.held-already', names));
    default:
      return refused('roles.not-held', say(reader, 'people.not-held'));
  }
}

export const handOverForm = defineForm({
  press: handOverFormPress,
  answers: 'privately',
  by: 'voice',
  fields: { note: handOverField() },
  async submit({ payload, values, asked, tools }) {
    const { reader, coalition, member } = asked;
    const kept = await tools.write(async (writing) => {
      const held = await recordHandOver(writing, coalition.id, payload.role, member.partner.id, values.note);
      const subject = `hand-over:${payload.role}`;
      if (held) await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
      return held;
    });
    if (!kept) return refused('roles.not-held', say(reader, 'people.not-held'));
    return shown(card(paragraph(say(reader, 'hand-over.kept'))));
  },
});
