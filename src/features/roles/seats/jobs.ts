import type { TimedJob } from '../../../core/command.ts';
import type { CoalitionId, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember } from '../../../identity/store.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { roleView } from '../catalogue/cards.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';
import { namesOf } from '../catalogue/store.ts';
import { wakeGroups } from '../groups/jobs.ts';
import { occurrenceOf, termDates, termTime } from '../terms/rules.ts';
import { say } from '../words.ts';
import { endedCard, offerCard, passedCard } from './cards.ts';
import { findHandOver, findLastHolder } from './holders/store.ts';
import { findOffer } from './offers/store.ts';
import type { SeatAct } from './rules.ts';
import { type Actor, changeSeats, type SeatChange, type SeatNews } from './store.ts';

const offerKind = 'roles.offer-ends';
export const termKind = 'roles.term';

type Scene = {
  writing: Writing;
  tools: Tools;
  coalition: Coalition;
  roleId: RoleId;
  title: string;
};

/**
 * Does one act on a role's seats and everything that follows from it: who is offered what until when, who hears
 * that something of theirs ended, and the live card. Null: the role is not open.
 */
export async function doSeatAct(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  roleId: RoleId,
  act: SeatAct,
  more: { actor?: Actor; to?: Actor; handOver?: string } = {},
): Promise<SeatChange | null> {
  const change = await changeSeats(writing, coalition, roleId, act, more);
  if (!change || change.news.length === 0) return change;
  const scene = { writing, tools, coalition, roleId, title: change.title };
  for (const news of change.news) await follow(scene, news);
  await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: roleView, subject: roleId });
  await wakeGroups(writing, coalition.id, roleId);
  return change;
}

async function follow(scene: Scene, news: SeatNews): Promise<void> {
  const { writing, tools, coalition, roleId } = scene;
  const coalitionId = coalition.id;
  switch (news.event) {
    case 'held':
      if (news.term && news.endsOn)
        await setTerm(writing, tools, coalition, { id: news.term, endsOn: news.endsOn });
      return;
    case 'freed':
      if (news.term) await cancelTerm(writing, tools, coalitionId, news.term);
      if (news.how === 'closed') await tellEnded(scene, news, 'closed');
      return;
    case 'offered': {
      const { until } = news;
      if (!until) return;
      await tools.timers.set(writing, {
        coalitionId,
        kind: offerKind,
        subject: roleId,
        occurrence: String(news.offer),
        dueAt: until,
      });
      if (news.member) await tellOffer(scene, news.offer, news.member);
      return;
    }
    case 'settled':
      await tools.timers.cancel(writing, {
        coalitionId,
        kind: offerKind,
        subject: roleId,
        occurrence: String(news.offer),
      });
      if (news.how === 'timed-out') await tellEnded(scene, news, news.passedBy ? 'withdrawn' : 'lapsed');
      if (news.how === 'withdrawn') {
        await tellEnded(scene, news, 'withdrawn');
        return;
      }
      if (news.passedBy) await tellPasser(scene, news.passedBy, news.partner, news.offer, news.how);
      return;
    case 'left-line':
      if (news.why === 'closed') await tellEnded(scene, news, 'line-closed');
      return;
    case 'joined-line':
      return;
    default:
      return news satisfies never;
  }
}

/** Tells somebody that a seat, an offer or their waiting ended without their doing. */
async function tellEnded(
  { writing, tools, coalition, roleId, title }: Scene,
  news: SeatNews,
  how: Parameters<typeof endedCard>[1]['how'],
): Promise<void> {
  const reader = news.member && (await findMember(writing.tx, coalition.id, news.member));
  if (!reader) return;
  const which = news.event === 'settled' ? news.offer : (news.term ?? writing.now.toISOString());
  await tools.outreach.reach(writing, {
    coalition,
    member: reader.id,
    kind: 'neutral',
    from: 'roles',
    subject: `${how}:${roleId}:${which}`,
    why: say(coalition, `why.${how}`),
    card: endedCard(reader, { title, how }),
  });
}

/**
 * Tells a person of a seat that is on offer to their organisation. Whoever waited asked for it, so this gives; a
 * seat passed on was not asked for, so that asks.
 */
export async function tellOffer(
  { writing, tools, coalition, roleId, title }: Scene,
  number: number,
  member: MemberId,
): Promise<void> {
  const reader = await findMember(writing.tx, coalition.id, member);
  const offer = await findOffer(writing.tx, coalition.id, roleId, number);
  if (!reader || !offer) return;
  const { passedById, until } = offer;
  const partners = passedById ? [passedById] : [];
  const names = await namesOf(writing.tx, coalition.id, { partners, members: [] });
  const handOver = offer.handOver || (await findHandOver(writing.tx, coalition.id, roleId));
  await tools.outreach.reach(writing, {
    coalition,
    member,
    kind: passedById ? 'ask' : 'give',
    from: 'roles',
    subject: `offer:${roleId}:${number}`,
    why: say(coalition, 'why.offer'),
    card: offerCard(reader, {
      role: roleId,
      title,
      offer: number,
      until,
      timeZone: coalition.timeZone,
      passedBy: passedById && names.partner(passedById).name,
      handOver,
    }),
    expires: until,
  });
}

async function tellPasser(
  { writing, tools, coalition, roleId, title }: Scene,
  passedBy: PartnerId,
  to: PartnerId,
  offer: number,
  how: 'accepted' | 'declined' | 'timed-out',
): Promise<void> {
  const { tx } = writing;
  const member = await findLastHolder(tx, coalition.id, roleId, passedBy);
  const passer = member && (await findMember(tx, coalition.id, member));
  if (!passer) return;
  const names = await namesOf(tx, coalition.id, { partners: [to], members: [] });
  await tools.outreach.reach(writing, {
    coalition,
    member: passer.id,
    kind: 'neutral',
    from: 'roles',
    subject: `passed:${roleId}:${offer}`,
    why: say(coalition, 'why.passed'),
    card: passedCard(passer, { title, partner: names.partner(to).name, how }),
  });
}

/** Plans what is due around the end of a term. */
export async function setTerm(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  term: { id: TermId; endsOn: string },
): Promise<void> {
  for (const { step, on } of termDates(term.endsOn)) {
    await tools.timers.set(writing, {
      coalitionId: coalition.id,
      kind: termKind,
      subject: term.id,
      occurrence: occurrenceOf(term.endsOn, step),
      dueAt: atWallClock(on, termTime, coalition.timeZone),
    });
  }
}

export async function cancelTerm(
  writing: Writing,
  tools: Tools,
  coalitionId: CoalitionId,
  term: TermId,
): Promise<void> {
  await tools.timers.cancel(writing, { coalitionId, kind: termKind, subject: term });
}

const offerEnds: TimedJob = {
  kind: offerKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const act: SeatAct = { act: 'time-out', offer: Number(occurrence) };
    await doSeatAct(writing, tools, coalition, subject as RoleId, act);
  },
};

export const seatJobs = [offerEnds];
