import type { CoalitionId, PartnerId } from '../../../../core/ids.ts';
import type { Reading } from '../../../../database.ts';
import type { WhenSilent } from '../../issue/store.ts';
import { type Candidate, contributionsOf, hasSomething, latelyDays } from '../rules.ts';
import { cardOf } from '../store.ts';

/** Every partner that may have a turn, with how much it was heard lately, and how many may not, and why. */
export async function listCandidates(
  reading: Reading,
  coalitionId: CoalitionId,
  whenSilent: WhenSilent,
  now: Date,
): Promise<{ candidates: (Candidate & { name: string })[]; noConsent: number; nobodyToAsk: number }> {
  const since = new Date(now.getTime() - latelyDays * 86_400_000);
  const partners = await reading.partner.findMany({ where: { coalitionId, leftAt: null } });
  const voices = await reading.member.findMany({
    where: { coalitionId, leftAt: null, partnerId: { not: null }, standing: { notIn: ['member', 'guest'] } },
    distinct: ['partnerId'],
    select: { partnerId: true },
  });
  const withVoice = new Set(voices.map(({ partnerId }) => partnerId));
  const announcements = await reading.announcement.groupBy({
    by: ['partnerId'],
    where: { coalitionId, createdAt: { gte: since }, state: { in: ['waiting', 'told'] } },
    _count: true,
  });
  const gives = await reading.touchpoint.groupBy({
    by: ['partnerId'],
    where: { coalitionId, at: { gte: since }, kind: 'give' },
    _count: true,
  });
  const answers = await reading.spotlightTurn.groupBy({
    by: ['partnerId'],
    where: { coalitionId, answeredAt: { gte: since }, state: { in: ['approved', 'shown'] } },
    _count: true,
  });
  const countsOf = (rows: readonly { partnerId: string | null; _count: number }[]) =>
    new Map(rows.map(({ partnerId, _count }) => [partnerId, _count]));
  const counted = [countsOf(announcements), countsOf(gives), countsOf(answers)] as const;

  const consenting = partners.filter(({ spotlightConsent }) => spotlightConsent);
  // With nobody to ask, silence is certain: then the card must speak for itself, where it may.
  const eligible = consenting.filter(
    (partner) => withVoice.has(partner.id) || (whenSilent === 'card' && hasSomething(cardOf(partner))),
  );
  const candidates = eligible.map(({ id, name, sector, joinedAt }) => ({
    partnerId: id as PartnerId,
    name,
    sector: sector.trim().toLowerCase(),
    joinedAt,
    contributions: contributionsOf({
      announcements: counted[0].get(id) ?? 0,
      gives: counted[1].get(id) ?? 0,
      spotlightAnswers: counted[2].get(id) ?? 0,
    }),
  }));
  return {
    candidates,
    noConsent: partners.length - consenting.length,
    nobodyToAsk: consenting.length - eligible.length,
  };
}
