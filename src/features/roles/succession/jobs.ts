import { type Part, paragraph } from '../../../core/card.ts';
import type { Feature, TimedJob } from '../../../core/command.ts';
import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { roleView } from '../catalogue/cards.ts';
import { removeTakerEverywhere } from '../rosters/store.ts';
import { doSeatAct, tellOffer } from '../seats/jobs.ts';
import { say } from '../words.ts';
import { orphanedCard, steppedInCard } from './cards.ts';
import {
  type Held,
  listHeldBy,
  listOrphaned,
  listTouched,
  recordLineMoved,
  recordMoved,
  recordNoHelp,
  recordSteppedIn,
  recordTakenOver,
} from './store.ts';

const orphanedKind = 'roles.orphaned';
/** How long an organisation has to name somebody for the seats of a person who left. */
const answerDays = 14;

type Leaving = Parameters<NonNullable<Feature['adds']['departed']>>[0];

/**
 * A member leaves, and nobody is asked who takes over everything of theirs. Their alternates step in at once; for the
 * rest whoever else speaks for the organisation is asked, and with nobody left there it is all freed: nothing hangs on
 * somebody who is gone.
 */
export async function departed({
  writing,
  coalition,
  member,
  tools,
  reader,
  handOver,
}: Leaving): Promise<Part[]> {
  if (handOver) return [];
  const held = await listHeldBy(writing.tx, coalition.id, member.id);
  const stepsIn = await mapAlternates(writing, coalition, held.terms);
  const parts: Part[] = [];
  const tell = (key: Parameters<typeof say>[1], count: number, values: Record<string, string> = {}) => {
    if (count > 0) parts.push(paragraph(say(reader, key, { count, ...values })));
  };
  const stepped = held.terms.filter(({ alternate }) => alternate !== null && stepsIn.has(alternate));
  const orphaned = held.terms.filter((term) => !stepped.includes(term));
  for (const { term } of stepped) await recordSteppedIn(writing, coalition.id, term);
  await tellSteppedIn(writing, tools, coalition, member, { stepped, alternates: stepsIn.values() });
  tell('left.stepped-in', stepped.length);

  const successor = await findSuccessor(writing, coalition, member);
  if (successor) {
    if (member.partner) {
      const line = { partner: member.partner.id, from: member.id, to: successor.id };
      await recordLineMoved(writing.tx, coalition.id, line);
    }
    for (const { role, offer } of held.asked) {
      const scene = { writing, tools, coalition, roleId: role.id, title: role.title };
      await tellOffer(scene, offer, successor.id);
    }
    if (orphaned.length > 0 && member.partner) {
      await askSuccessor(writing, tools, coalition, {
        member,
        successor,
        orphaned,
        partner: member.partner.id,
      });
    }
    tell('left.asked', orphaned.length, { person: successor.name });
    tell('left.waits', held.waits.length + held.asked.length, { person: successor.name });
  } else {
    for (const { role, partner } of [...orphaned, ...held.waits, ...held.asked]) {
      await doSeatAct(writing, tools, coalition, role.id, { act: 'release', partner });
    }
    if (member.partner && member.standing !== 'member') {
      await removeTakerEverywhere(writing, coalition.id, member.partner.id);
    }
    tell('left.freed', orphaned.length);
    tell('left.line', held.waits.length + held.asked.length);
  }

  await recordNoHelp(writing, coalition.id, member.id);
  if (held.helps.length > 0) {
    const roles = held.helps.map(({ role }) => role.title).join(', ');
    await tools.staffTasks.open(writing, {
      coalitionId: coalition.id,
      kind: 'role-without-help',
      subject: member.id,
      text: say(coalition, 'task.no-help', { roles }),
    });
    tell('left.helps', held.helps.length);
  }
  const touched = [...held.terms, ...held.stepsIn, ...held.helps];
  await redrawAll(writing, tools, coalition, touched);
  return parts;
}

/** Staff end a partnership: everything the organisation holds, waits for or takes turns in is free. */
export async function partnerEnded({
  coalition,
  partnerId,
  tools,
  writing,
}: Parameters<NonNullable<Feature['adds']['partnerEnded']>>[0]): Promise<void> {
  for (const role of await listTouched(writing.tx, coalition.id, partnerId)) {
    await doSeatAct(writing, tools, coalition, role, { act: 'release', partner: partnerId });
  }
  await removeTakerEverywhere(writing, coalition.id, partnerId);
}

async function findSuccessor({ tx }: Writing, coalition: Coalition, member: Member): Promise<Member | null> {
  if (!member.partner) return null;
  const voices = await listVoices(tx, coalition.id, member.partner.id);
  return voices.find(({ id }) => id !== member.id) ?? null;
}

/** Whoever steps in and is still here: a representative who left keeps that until their hand-over is settled. */
async function mapAlternates(
  { tx }: Writing,
  coalition: Coalition,
  terms: Held['terms'],
): Promise<ReadonlyMap<MemberId, Member>> {
  const ids = new Set(terms.flatMap(({ alternate }) => alternate ?? []));
  const found = await Promise.all([...ids].map((id) => findMember(tx, coalition.id, id)));
  return new Map(found.flatMap((member) => (member ? [[member.id, member]] : [])));
}

async function tellSteppedIn(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  left: Member,
  of: { stepped: Held['terms']; alternates: Iterable<Member> },
): Promise<void> {
  for (const reader of of.alternates) {
    const theirs = of.stepped.filter((term) => term.alternate === reader.id);
    await tools.outreach.reach(writing, {
      coalition,
      member: reader.id,
      kind: 'neutral',
      from: 'roles',
      subject: `stepped-in:${left.id}`,
      why: say(coalition, 'why.stepped-in'),
      card: steppedInCard(reader, { person: left.name, terms: theirs }),
    });
  }
}

async function askSuccessor(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { member: Member; successor: Member; orphaned: Held['terms']; partner: PartnerId },
): Promise<void> {
  const { member, successor, orphaned, partner } = of;
  const dueAt = new Date(writing.now.getTime() + answerDays * 86_400_000);
  const timer = { coalitionId: coalition.id, kind: orphanedKind, subject: partner, occurrence: member.id };
  await tools.timers.set(writing, { ...timer, dueAt });
  await tools.outreach.reach(writing, {
    coalition,
    member: successor.id,
    kind: 'ask',
    from: 'roles',
    subject: `orphaned:${member.id}`,
    matters: 'much',
    why: say(coalition, 'why.orphaned'),
    card: orphanedCard(successor, { left: member, terms: orphaned }),
  });
}

/**
 * Moves everything that one person holds for an organisation to another of it. Also for whoever has fallen silent: the
 * one who decides that calls this.
 */
export async function moveHeldTo(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Parameters<typeof recordMoved>[2],
): Promise<Held> {
  const held = await listHeldBy(writing.tx, coalition.id, of.from);
  await recordMoved(writing, coalition.id, of);
  await redrawAll(writing, tools, coalition, [...held.terms, ...held.stepsIn, ...held.helps]);
  return held;
}

/** Seats of an organisation whose person left or was forgotten: of one person, or of all. */
export async function takeOrphaned(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { partner: PartnerId; from: MemberId | null; by: MemberId },
): Promise<number> {
  const orphaned = await listOrphaned(writing.tx, coalition.id, of);
  const terms = orphaned.map(({ term }) => term);
  await recordTakenOver(writing, coalition.id, terms, of.by);
  const touched = orphaned.map(({ role }) => ({ role: { id: role } }));
  await redrawAll(writing, tools, coalition, touched);
  return orphaned.length;
}

/** Gives back what one person held for an organisation before they left; others who left may still be followed. */
export async function freeOrphaned(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { partner: PartnerId; from: MemberId },
): Promise<number> {
  const orphaned = await listOrphaned(writing.tx, coalition.id, of);
  for (const { role } of orphaned) {
    await doSeatAct(writing, tools, coalition, role, { act: 'release', partner: of.partner });
  }
  return orphaned.length;
}

async function redrawAll(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  all: readonly { role: { id: string } }[],
): Promise<void> {
  for (const subject of new Set(all.map(({ role }) => role.id))) {
    await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: roleView, subject });
  }
}

const orphanedDue: TimedJob = {
  kind: orphanedKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const of = { partner: subject as PartnerId, from: occurrence as MemberId };
    await freeOrphaned(writing, tools, coalition, of);
  },
};

export const successionJobs = [orphanedDue];
