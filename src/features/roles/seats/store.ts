import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { nextContact } from '../../../time/contact-hours.ts';
import { addMonths, localDate } from '../../../time/wall-clock.ts';
import { recordRolesHeld } from '../../directory/feature.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';
import { type Settings, settingsOf } from '../settings/rules.ts';
import { findSettings } from '../settings/store.ts';
import { placeInLine, type SeatAct, type SeatEvent, type SeatOutcome, seatingOf, step } from './rules.ts';

/** The person who acts, and for whom. */
export type Actor = { readonly partner: PartnerId; readonly member: MemberId };

/** An event with the people in it, as it was written down. */
export type SeatNews = SeatEvent & {
  readonly member: MemberId | null;
  readonly term: TermId | null;
  /** Until when an offer holds. */
  readonly until: Date | null;
  /** When a term ends, as a calendar date. */
  readonly endsOn: string | null;
};

export type SeatChange = {
  readonly outcome: SeatOutcome;
  readonly news: readonly SeatNews[];
  readonly title: string;
  /** Where the actor stands in the line now: 1 for the first; null for whoever does not wait. */
  readonly place: number | null;
};

/** Longest time that an offer waits for somebody who may not be contacted yet. */
const mostWaitMs = 3 * 86_400_000;

/**
 * Does one act on a role's seats. The role's row is locked first, so acts on one role happen one after the
 * other in order of arrival, and the keys on terms, offers and the line stand behind that. Null: the role is
 * not open, or not of this coalition.
 */
export async function changeSeats(
  writing: Writing,
  coalition: Coalition,
  roleId: RoleId,
  act: SeatAct,
  more: { actor?: Actor; to?: Actor; handOver?: string } = {},
): Promise<SeatChange | null> {
  const { tx } = writing;
  const rows = await tx.$queryRaw<RoleRow[]>`
    select "id", "title", "mostSeats", "termMonths", "arrivals", "offers" from "Role"
    where "id" = ${roleId}::uuid and "coalitionId" = ${coalition.id}::uuid and "state" = 'open'
    for update`;
  const role = rows[0];
  if (!role) return null;
  const [terms, offers, line] = await Promise.all([
    tx.roleTerm.findMany({ where: { roleId, current: true } }),
    tx.roleSeatOffer.findMany({ where: { roleId, current: true } }),
    tx.roleWaiting.findMany({ where: { roleId }, orderBy: { arrival: 'asc' } }),
  ]);
  const numbers = new Set([...terms, ...offers].map(({ seat }) => seat));
  const seating = seatingOf({
    taken: [...numbers].map((number) => {
      const offer = offers.find(({ seat }) => seat === number);
      const holder = terms.find(({ seat }) => seat === number)?.partnerId ?? null;
      return {
        number,
        holder: holder as PartnerId | null,
        offer: offer ? { number: offer.number, to: offer.partnerId as PartnerId } : null,
      };
    }),
    line: line.map(({ partnerId, arrival }) => ({ partner: partnerId as PartnerId, arrival })),
    mostSeats: role.mostSeats,
    arrivals: role.arrivals,
    offers: role.offers,
  });
  const { seating: next, outcome, events } = step(seating, act);
  const place = more.actor ? placeInLine(next, more.actor.partner) : null;
  if (events.length === 0) return { outcome, news: [], title: role.title, place };

  const settings = settingsOf(await findSettings(tx, coalition.id));
  const scene = { writing, coalition, role, settings, terms, offers, line, ...more };
  const news: SeatNews[] = [];
  for (const event of events) news.push(await recordEvent(scene, event));
  await tx.role.update({ where: { id: roleId }, data: { arrivals: next.arrivals, offers: next.offers } });
  const touched = events.filter(({ event }) => event === 'held' || event === 'freed');
  await recordTitles(writing, coalition.id, new Set(touched.map(({ partner }) => partner)));
  return { outcome, news, title: role.title, place };
}

/** Brings what partners are shown and found by in step with the seats they hold. */
async function recordTitles(
  writing: Writing,
  coalitionId: CoalitionId,
  partners: ReadonlySet<PartnerId>,
): Promise<void> {
  for (const partnerId of partners) {
    const terms = await writing.tx.roleTerm.findMany({
      where: { coalitionId, partnerId, current: true },
      select: { role: { select: { title: true } } },
    });
    const titles = terms.map(({ role }) => role.title).sort();
    await recordRolesHeld(writing, coalitionId, partnerId, titles);
  }
}

/** A role has another title now. */
export async function recordNewTitle(
  writing: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
): Promise<void> {
  const terms = await writing.tx.roleTerm.findMany({
    where: { coalitionId, roleId, current: true },
    select: { partnerId: true },
  });
  await recordTitles(writing, coalitionId, new Set(terms.map((term) => term.partnerId as PartnerId)));
}

type RoleRow = {
  id: string;
  title: string;
  mostSeats: number;
  termMonths: number | null;
  arrivals: number;
  offers: number;
};

type Scene = {
  writing: Writing;
  coalition: Coalition;
  role: RoleRow;
  settings: Settings;
  terms: { id: string; partnerId: string; memberId: string | null }[];
  offers: { number: number; partnerId: string; memberId: string | null }[];
  line: { partnerId: string; memberId: string | null }[];
  actor?: Actor;
  /** Whom a seat is passed on to. */
  to?: Actor;
  handOver?: string;
};

async function recordEvent(scene: Scene, event: SeatEvent): Promise<SeatNews> {
  const { writing, coalition, role } = scene;
  const { tx, now } = writing;
  const at = { coalitionId: coalition.id, roleId: role.id };
  const member = personOf(scene, event.partner);
  const news = { ...event, member, term: null, until: null, endsOn: null };
  switch (event.event) {
    case 'held': {
      const today = localDate(now, coalition.timeZone);
      const endsOn = role.termMonths === null ? null : addMonths(today, role.termMonths);
      const { seat, partner } = event;
      const term = await tx.roleTerm.create({
        data: { ...at, seat, partnerId: partner, memberId: member, startedAt: now, endsOn },
      });
      return { ...news, term: term.id as TermId, endsOn };
    }
    case 'freed': {
      const term = scene.terms.find(({ partnerId }) => partnerId === event.partner);
      await tx.roleTerm.updateMany({
        where: { roleId: role.id, partnerId: event.partner, current: true },
        data: {
          current: null,
          endedAt: now,
          endedHow: event.how,
          ...(scene.handOver ? { handOver: scene.handOver } : {}),
        },
      });
      return { ...news, term: (term?.id ?? null) as TermId | null };
    }
    case 'offered': {
      const asked = await whomToAsk(tx, coalition, event.partner, member, now);
      const acceptMs = scene.settings.acceptHours * 3_600_000;
      // Nobody is there to ask: the offer lapses at once and the next in line is asked.
      const until = asked === null ? now : new Date(asked.at.getTime() + acceptMs);
      await tx.roleSeatOffer.create({
        data: {
          ...at,
          seat: event.seat,
          number: event.offer,
          partnerId: event.partner,
          memberId: asked?.member ?? null,
          passedById: event.passedBy,
          handOver: event.passedBy === null ? '' : (scene.handOver ?? ''),
          madeAt: now,
          until,
        },
      });
      return { ...news, member: asked?.member ?? null, until };
    }
    case 'settled':
      await tx.roleSeatOffer.updateMany({
        where: { roleId: role.id, number: event.offer },
        data: { current: null, settledHow: event.how },
      });
      return news;
    case 'joined-line':
      await tx.roleWaiting.create({
        data: { ...at, partnerId: event.partner, memberId: member, arrival: event.arrival, since: now },
      });
      return news;
    case 'left-line':
      await tx.roleWaiting.deleteMany({ where: { roleId: role.id, partnerId: event.partner } });
      return news;
    default:
      return event satisfies never;
  }
}

/** Who acts or acted for a partner in this role. */
function personOf({ actor, to, terms, offers, line }: Scene, partner: PartnerId): MemberId | null {
  const acting = [actor, to].find((each) => each?.partner === partner)?.member;
  const known = [...offers, ...line, ...terms].find(({ partnerId }) => partnerId === partner)?.memberId;
  return acting ?? ((known ?? null) as MemberId | null);
}

const standingOrder = ['representative', 'alternate', 'backbone', 'member'];

/**
 * Which of a partner's people to offer a seat to, and from when on they can be contacted: whoever asked for it,
 * unless they are gone or away for days while somebody else of theirs is there.
 */
async function whomToAsk(
  reading: Reading,
  coalition: Coalition,
  partnerId: PartnerId,
  wanted: MemberId | null,
  now: Date,
): Promise<{ member: MemberId; at: Date } | null> {
  const rows = await reading.member.findMany({
    where: { coalitionId: coalition.id, partnerId, leftAt: null, standing: { not: 'guest' } },
  });
  const people = rows
    .filter((row) => row.id === wanted || row.standing !== 'member')
    .map((row) => ({
      member: row.id as MemberId,
      at: nextContact(now, {
        timeZone: row.timeZone,
        quietHoursStart: row.quietHoursStart ?? coalition.quietHoursStart,
        quietHoursEnd: row.quietHoursEnd ?? coalition.quietHoursEnd,
        workingDays: coalition.workingDays,
        holidays: coalition.holidays,
        awayUntil: row.awayUntil,
      }),
      order: row.id === wanted ? -1 : standingOrder.indexOf(row.standing),
    }))
    .sort((a, b) => a.order - b.order);
  const latest = now.getTime() + mostWaitMs;
  const chosen = people.find(({ at }) => at.getTime() <= latest) ?? people[0];
  if (!chosen) return null;
  return { member: chosen.member, at: new Date(Math.min(chosen.at.getTime(), latest)) };
}

/** The offer behind a button; null when it is another coalition's or was never made. */
export async function findOffer(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
  number: number,
): Promise<{ until: Date; handOver: string; passedById: PartnerId | null } | null> {
  const row = await reading.roleSeatOffer.findFirst({ where: { coalitionId, roleId, number } });
  if (!row) return null;
  return {
    until: row.until,
    handOver: row.handOver,
    passedById: row.passedById as PartnerId | null,
  };
}

/** What the last holder left for the next one to know. */
export async function findHandOver(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
): Promise<string> {
  const row = await reading.roleTerm.findFirst({
    where: { coalitionId, roleId, current: null, handOver: { not: '' } },
    orderBy: { endedAt: 'desc' },
  });
  return row?.handOver ?? '';
}

/** Writes the note into the partner's last term that has ended, or the one it holds. */
export async function recordHandOver(
  { tx }: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
  handOver: string,
): Promise<boolean> {
  const row = await tx.roleTerm.findFirst({
    where: { coalitionId, roleId, partnerId },
    orderBy: { startedAt: 'desc' },
  });
  if (row) await tx.roleTerm.update({ where: { id: row.id }, data: { handOver } });
  return row !== null;
}

/** Who sits for the partner, and who steps in. False when the partner does not hold a seat. */
export async function recordPeople(
  { tx }: Writing,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
  people: { memberId: MemberId; alternateId: MemberId | null },
): Promise<boolean> {
  const { count } = await tx.roleTerm.updateMany({
    where: { coalitionId, roleId, partnerId, current: true },
    data: people,
  });
  return count > 0;
}

/** Who sat, or sits, for a partner in this role most lately. */
export async function findLastHolder(
  reading: Reading,
  coalitionId: CoalitionId,
  roleId: RoleId,
  partnerId: PartnerId,
): Promise<MemberId | null> {
  const row = await reading.roleTerm.findFirst({
    where: { coalitionId, roleId, partnerId },
    orderBy: { startedAt: 'desc' },
  });
  return (row?.memberId ?? null) as MemberId | null;
}
