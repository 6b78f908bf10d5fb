import { card, paragraph } from '../../../core/card.ts';
import type { Feature, TimedJob } from '../../../core/command.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code, type Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember } from '../../../identity/store.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { listPeople } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { askCard } from './cards.ts';
import { type HandOver, type HandOverReason, mostAsked, silence, silentKind } from './rules.ts';
import { findHandOver, listSilent, openHandOver, recordSuccession } from './store.ts';

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
      why: say(coalition, 'why.ask.bounced'),
      card: askCard(reader, { handOver, people: readers, coalition: coalition.name }),
    });
  }
  if (readers.length === 0) await openTask(writing, tools, coalition, handOver);
  return { asked: readers.length };
}

async function openTask(writing: Writing, tools: Tools, coalition: Coalition, of: HandOver): Promise<void> {
  const why = say.plain(coalition, `why.${of.why}`);
  const { name, partner } = of;
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: 'hand-over',
    subject: of.partnerId,
    text: say(coalition, 'task.nobody', { name, partner, why, join: code('/coalition join') }),
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
    await adds.handedOver?.({ coalition, partnerId: of.partnerId, ...people, writing, tools });
  }
  for (const { adds } of tools.features()) await adds.partnersChanged?.({ coalition, writing, tools });
  await tools.staffTasks.close(writing, {
    coalitionId: coalition.id,
    kind: 'hand-over',
    subject: of.partnerId,
  });
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
      card: card(paragraph(words(to))),
    });
  };
  const names = { name: of.name, partner: of.partner, me: code('/coalition me') };
  await tell(successor, (reader) => say(reader, 'told.successor', names));
  const said = { partner: of.partner, successor: successor?.name ?? '' };
  await tell(former, (reader) => say(reader, 'told.former', said));
}

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

export const handOverJobs = [lookForSilent];
