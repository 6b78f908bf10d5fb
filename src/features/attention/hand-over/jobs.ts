import { card, paragraph } from '../../../core/card.ts';
import type { Feature, TimedJob } from '../../../core/command.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, getCoalition } from '../../../identity/store.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { findPartner, listPeople } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { askCard } from './cards.ts';
import {
  answerDays,
  type HandOver,
  type HandOverId,
  type HandOverReason,
  mostAsked,
  silence,
  silentKind,
  unansweredKind,
} from './rules.ts';
import {
  closeHandOver,
  findFormer,
  findHandOver,
  listAskedAbout,
  listOpen,
  listOpenOf,
  listPartnersOf,
  listSilent,
  openHandOver,
  recordSuccession,
  renameTask,
  replaceCard,
} from './store.ts';

const from = 'attention';
const mostAtOnce = 50;

/**
 * Asks the other people of an organisation who takes over from one of them; with nobody known there it becomes a
 * task for staff. Null when it is under way already, or there is nothing to hand over.
 */
export async function begin(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { memberId: MemberId; why: HandOverReason },
): Promise<{ asked: number } | null> {
  const member = await findMember(writing.tx, coalition.id, of.memberId);
  if (!member?.partner) return null;
  const partnerId = member.partner.id;
  const id = await openHandOver(writing, coalition.id, { ...of, partnerId });
  const handOver = id && (await findHandOver(writing.tx, coalition.id, id));
  if (!handOver) return null;
  const all = await listPeople(writing.tx, coalition.id, partnerId);
  const others = all.filter((one) => one.id !== member.id).slice(0, mostAsked);
  const readers = (
    await Promise.all(others.map((one) => findMember(writing.tx, coalition.id, one.id)))
  ).flatMap((one) => one ?? []);
  for (const reader of readers) {
    await tools.outreach.reach(writing, {
      coalition,
      member: reader.id,
      kind: 'ask',
      from,
      subject: `hand-over:${handOver.id}`,
      matters: 'much',
      why: say(coalition, `why.ask.${of.why}`),
      card: askCard(reader, { handOver, people: readers, coalition: coalition.name }),
    });
  }
  if (readers.length === 0) await openTask(writing, tools, coalition, handOver, 'task.nobody');
  else {
    const dueAt = new Date(writing.now.getTime() + answerDays * 86_400_000);
    const timer = { coalitionId: coalition.id, kind: unansweredKind, subject: handOver.id };
    await tools.timers.set(writing, { ...timer, occurrence: 'once', dueAt });
  }
  return { asked: readers.length };
}

/** A representative leaves: the same hand-over, when there is anybody to ask. */
export const asksSuccessor: NonNullable<Feature['adds']['asksSuccessor']> = async (scope) => {
  const { coalition, member, writing, tools, reader } = scope;
  if (member.standing !== 'representative' || !member.partner) return null;
  const people = await listPeople(writing.tx, coalition.id, member.partner.id);
  const others = people.filter(({ id }) => id !== member.id);
  if (others.length === 0) return null;
  await begin(writing, tools, coalition, { memberId: member.id, why: 'left' });
  const [handOver] = await listOpenOf(writing.tx, coalition.id, { memberId: member.id });
  const speaks = others.some(({ standing }) => standing !== 'member' && standing !== 'guest');
  if (handOver && !speaks) await openTask(writing, tools, coalition, handOver, 'task.no-voice');
  return [paragraph(say(reader, 'left.asked', { partner: member.partner.name }))];
};

async function openTask(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: HandOver,
  words: 'task.nobody' | 'task.no-voice' | 'task.unanswered',
): Promise<void> {
  const why = say.plain(coalition, `why.${of.why}`);
  const { name, partner } = of;
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: 'hand-over',
    subject: of.partnerId,
    text: say(coalition, words, {
      ...{ name, partner, why, join: code('/coalition join') },
      handovers: code('/attention handovers'),
    }),
  });
}

/** Moves the voice and, feature by feature, everything that one person held to another of the same organisation. */
export async function moveEverything(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: HandOver & { readonly successorId: MemberId },
): Promise<void> {
  const people = { from: of.memberId, to: of.successorId };
  await recordSuccession(writing, coalition.id, { partnerId: of.partnerId, ...people });
  for (const { adds } of tools.features()) {
    const { partnerId, elsewhere } = of;
    await adds.handedOver?.({ coalition, partnerId, ...people, elsewhere, writing, tools });
  }
  for (const { adds } of tools.features()) await adds.partnersChanged?.({ coalition, writing, tools });
  await dropAsks(writing, tools, coalition, of);
  const [successor, former] = await Promise.all(
    [of.successorId, of.memberId].map((id) => findMember(writing.tx, coalition.id, id)),
  );
  const tell = async (to: Member | null | undefined, words: (reader: Member) => Text) => {
    if (!to) return;
    await tools.outreach.reach(writing, {
      coalition,
      member: to.id,
      kind: 'neutral',
      from,
      subject: `handed-over:${of.id}`,
      why: say(coalition, 'why.handed-over'),
      card: card(paragraph(words(to))),
    });
  };
  const names = { name: of.name, partner: of.partner, me: code('/coalition me') };
  await tell(successor, (reader) => say(reader, 'told.successor', names));
  const said = { partner: of.partner, successor: successor?.name ?? '' };
  // Whoever has gone to another organisation holds nothing of this one's any more, and knows it.
  if (!of.elsewhere) await tell(former, (reader) => say(reader, 'told.former', said));
}

/**
 * Nobody takes over from somebody who has left: feature by feature what they held is freed, or goes to whoever is next
 * in line. Not for whoever is here for another organisation by now, as what they hold for that one would be freed too.
 */
export async function freeEverything(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: HandOver,
  reader: Reader,
): Promise<void> {
  const member = of.elsewhere ? null : await findFormer(writing.tx, coalition.id, of.memberId);
  if (!member) return;
  const scope = { coalition, member, tools, writing, reader, handOver: false };
  for (const { adds } of tools.features()) await adds.departed?.(scope);
}

/** Nobody of the organisation has said anything for a week: a person calls, and nobody is asked again. */
const unanswered: TimedJob = {
  kind: unansweredKind,
  async run({ writing, coalition, subject, tools }) {
    const found = await findHandOver(writing.tx, coalition.id, subject as HandOverId);
    if (found?.open && found.successorId === null)
      await openTask(writing, tools, coalition, found, 'task.unanswered');
  },
};

/** A partnership that ends has nobody to hand over to. */
export const partnerEnded: NonNullable<Feature['adds']['partnerEnded']> = async (scope) => {
  const { coalition, partnerId, writing, tools } = scope;
  for (const { id } of await listOpenOf(writing.tx, coalition.id, { partnerId })) {
    await closeHandOver(writing, coalition.id, id, { outcome: 'ended', by: null });
    await dropAsks(writing, tools, coalition, { id, partnerId });
  }
};

/** Whoever left has come back and speaks for their organisation again: there is nothing to hand over. */
export async function settleReturned(writing: Writing, tools: Tools, coalition: Coalition): Promise<void> {
  const { open } = await listOpen(writing.tx, coalition.id, mostAtOnce);
  for (const { id, partnerId, why, gone } of open) {
    if (why !== 'left' || gone) continue;
    await closeHandOver(writing, coalition.id, id, { outcome: 'kept', by: null });
    await dropAsks(writing, tools, coalition, { id, partnerId });
  }
}

/** Nobody needs to answer any more. */
export async function dropAsks(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Pick<HandOver, 'id' | 'partnerId'>,
): Promise<void> {
  const coalitionId = coalition.id;
  await tools.outreach.takeBack(writing, { coalitionId, from, subjectPrefix: `hand-over:${of.id}` });
  await tools.staffTasks.close(writing, { coalitionId, kind: 'hand-over', subject: of.partnerId });
}

/** What was said to others about somebody who is forgotten names them no more; what is open goes on without a name. */
export const forgetNames: NonNullable<Feature['adds']['forget']> = async (scope) => {
  const { writing, coalitionId, memberId } = scope;
  const { tx } = writing;
  const coalition = await getCoalition(tx, coalitionId);
  for (const { id, memberId: to, handOver } of await listAskedAbout(tx, coalitionId, memberId)) {
    const reader = await findMember(tx, coalitionId, to);
    const { partner, open } = handOver;
    const settled = card(paragraph(say(coalition, 'ask.settled-unnamed', { partner })));
    const people = await listPeople(tx, coalitionId, handOver.partnerId);
    const others = people.filter((one) => one.id !== memberId).slice(0, mostAsked);
    const drawn =
      open && reader ? askCard(reader, { handOver, people: others, coalition: coalition.name }) : settled;
    await replaceCard(writing, coalitionId, id, drawn);
  }
  for (const partnerId of await listPartnersOf(tx, coalitionId, memberId)) {
    const partner = await findPartner(tx, coalitionId, partnerId);
    const words = { partner: partner?.name ?? '', handovers: code('/attention handovers') };
    await renameTask(writing, coalitionId, partnerId, say(coalition, 'task.unnamed', words));
  }
};

/** Once a week whoever has been silent for long, though asked, is looked for. */
const lookForSilent: TimedJob = {
  kind: silentKind,
  async run({ writing, coalition, tools }) {
    const since = new Date(writing.now.getTime() - silence.days * 86_400_000);
    const of = { since, asks: silence.asks, most: mostAtOnce };
    for (const { memberId } of await listSilent(writing.tx, coalition.id, of)) {
      await begin(writing, tools, coalition, { memberId, why: 'silent' });
    }
    await planLook(writing, tools, coalition);
  },
};

/** Planned by whatever changes the partners, and by itself from then on. */
export async function planLook(writing: Writing, tools: Tools, coalition: Coalition): Promise<void> {
  const weekly = { weekday: 1, time: '09:00', timeZone: coalition.timeZone };
  const { date, at } = nextWeekly(weekly, writing.now);
  const timer = { coalitionId: coalition.id, kind: silentKind, subject: coalition.id, occurrence: date };
  await tools.timers.set(writing, { ...timer, dueAt: at });
}

/** A message to somebody could not be delivered by any way. */
export const bounced: NonNullable<Feature['adds']['unreachable']> = async (scope) => {
  const { coalition, memberId, writing, tools } = scope;
  const member = await findMember(writing.tx, coalition.id, memberId);
  if (member?.standing === 'representative')
    await begin(writing, tools, coalition, { memberId, why: 'bounced' });
};

export const handOverJobs = [lookForSilent, unanswered];
