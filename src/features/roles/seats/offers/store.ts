import type { CoalitionId, MemberId, PartnerId } from '../../../../core/ids.ts';
import type { Coalition } from '../../../../core/who.ts';
import type { Reading } from '../../../../database.ts';
import { nextContact } from '../../../../time/contact-hours.ts';
import type { RoleId } from '../../catalogue/rules.ts';

/** Longest time that an offer waits for somebody who may not be contacted yet. */
const mostWaitMs = 3 * 86_400_000;

const standingOrder = ['representative', 'alternate', 'backbone', 'member'];

/**
 * Which of a partner's people to offer a seat to, and from when on they can be contacted: whoever asked for it,
 * unless they are gone or away for days while somebody else of theirs is there.
 */
export async function whomToAsk(
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
