import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { addMonths, localDate } from '../../../time/wall-clock.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';
import { type Settings, settingsOf } from '../settings/rules.ts';
import { findSettings } from '../settings/store.ts';
import { recordTitles } from './holders/store.ts';
import { whomToAsk } from './offers/store.ts';
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
