import { type Answer, aside, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { mayTakeRoles } from '../../agreement/feature.ts';
import { ownCard, tookCard } from '../catalogue/cards.ts';
import type { RoleId } from '../catalogue/rules.ts';
import { findRole } from '../catalogue/store.ts';
import { say } from '../words.ts';
import {
  acceptPress,
  declinePress,
  gaveBackCard,
  handOverPress,
  passPress,
  peoplePress,
  releasePress,
  takePress,
} from './cards.ts';
import { handOverForm, passForm, peopleForm } from './forms.ts';
import { findHandOver } from './holders/store.ts';
import { doSeatAct } from './jobs.ts';
import type { SeatAct } from './rules.ts';

type Voice = AskedBy<'voice'>;

/** Takes a seat, or a place in the line, for the organisation of whoever asks. */
export async function takeSeat(
  asked: Voice,
  tools: Tools,
  role: RoleId,
  on: 'live' | 'own',
): Promise<Answer> {
  const refusal = await refuseUnsigned(asked, tools);
  return refusal ?? act(asked, tools, role, on, { act: 'take', partner: asked.member.partner.id });
}

/** Not signing the partner agreement blocks nothing, unless the agreement itself says so. */
async function refuseUnsigned(
  { coalition, member, reader, now }: Voice,
  tools: Tools,
): Promise<Answer | null> {
  const may = await mayTakeRoles(tools.database, coalition, member.partner.id, now);
  return may ? null : refused('roles.unsigned', say(reader, 'take.unsigned'));
}

export function giveBackSeat(
  asked: Voice,
  tools: Tools,
  role: RoleId,
  on: 'live' | 'own',
  handOver?: string,
) {
  return act(asked, tools, role, on, { act: 'release', partner: asked.member.partner.id }, handOver);
}

async function act(
  asked: Voice,
  tools: Tools,
  role: RoleId,
  on: 'live' | 'own',
  what: SeatAct,
  given?: string,
): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const partner = member.partner;
  const more = {
    actor: { partner: partner.id, member: member.id },
    ...(given ? { handOver: given } : {}),
  };
  const change = await tools.write((writing) => doSeatAct(writing, tools, coalition, role, what, more));
  if (!change) return refused('roles.not-open', say(reader, 'role.not-open'));
  const sheet = await findRole(tools.database, coalition.id, role);
  if (!sheet) return refused('roles.not-open', say(reader, 'role.not-open'));
  const place = change.place ?? 0;
  const words = say(reader, `seat.${change.outcome}`, { title: change.title, partner: partner.name, place });
  if (change.outcome === 'not-in-it' || change.outcome === 'offer-over')
    return refused(`roles.${change.outcome}`, words);
  if (change.outcome === 'gave-back') {
    const thanks = gaveBackCard(reader, words, { role });
    return on === 'live' ? aside(thanks) : shown(thanks);
  }
  if (change.outcome === 'holds') {
    const handOver = await findHandOver(tools.database, coalition.id, role);
    const own = tookCard(reader, { sheet, member, words, handOver });
    return on === 'live' ? aside(own) : shown(own);
  }
  return on === 'live' ? aside(card(paragraph(words))) : shown(ownCard(reader, sheet, member, words));
}

const take = defineButton({
  press: takePress,
  answers: 'by-updating',
  by: 'voice',
  run: ({ payload, asked, tools }) => takeSeat(asked, tools, payload.role, payload.on),
});

const release = defineButton({
  press: releasePress,
  answers: 'by-updating',
  by: 'voice',
  run: ({ payload, asked, tools }) => giveBackSeat(asked, tools, payload.role, payload.on),
});

const accept = defineButton({
  press: acceptPress,
  answers: 'by-updating',
  by: 'voice',
  async run({ payload: { role, offer }, asked, tools }) {
    const accepting: SeatAct = { act: 'accept', partner: asked.member.partner.id, offer };
    return (await refuseUnsigned(asked, tools)) ?? act(asked, tools, role, 'own', accepting);
  },
});

const decline = defineButton({
  press: declinePress,
  answers: 'by-updating',
  by: 'voice',
  run: ({ payload: { role, offer }, asked, tools }) =>
    act(asked, tools, role, 'own', { act: 'decline', partner: asked.member.partner.id, offer }),
});

const people = defineButton({
  press: peoplePress,
  answers: 'with-form',
  by: 'voice',
  async run({ payload, asked }) {
    const initial = { member: asked.member.name };
    return { answer: 'form', form: openForm(peopleForm, say, asked.reader, payload, initial) };
  },
});

const pass = defineButton({
  press: passPress,
  answers: 'with-form',
  by: 'voice',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(passForm, say, asked.reader, payload),
  }),
});

const handOver = defineButton({
  press: handOverPress,
  answers: 'with-form',
  by: 'voice',
  run: async ({ payload, asked }) => ({
    answer: 'form',
    form: openForm(handOverForm, say, asked.reader, payload),
  }),
});

export const seatButtons = [take, release, accept, decline, people, pass, handOver];
