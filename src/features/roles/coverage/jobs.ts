import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Reading } from '../../../database.ts';
import { findMember } from '../../../identity/store.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { settingsOf } from '../settings/rules.ts';
import { findSettings } from '../settings/store.ts';
import { say } from '../words.ts';
import { jobOfferCard } from './cards.ts';
import { type JobOfferId, type Suggestion, suggestRoles } from './rules.ts';
import { type Candidate, listCandidates, listOpenRoles, recordJobOffer } from './store.ts';

const offersKind = 'roles.job-offers';
/** Tuesday morning in the coalition's zone: nobody's first hour of the week. */
const weekday = 2;
const time = '10:00';
/** Enough to choose from, and few enough to look through for every partner. */
const mostRoles = 200;

export const nextOffers = (coalition: Coalition, after: Date) =>
  nextWeekly({ weekday, time, timeZone: coalition.timeZone }, after);

/** Plans the next week's offers; planned already stays as it is. */
export async function startJobOffers(writing: Writing, tools: Tools, coalition: Coalition): Promise<void> {
  const { date, at } = nextOffers(coalition, writing.now);
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: offersKind,
    subject: coalition.id,
    occurrence: date,
    dueAt: at,
  });
}

/** Who would be offered which roles now. Only reads, so that it can also be previewed. */
export async function planJobOffers(
  reading: Reading,
  coalition: Coalition,
  now: Date,
): Promise<{ to: Candidate; suggestions: Suggestion[] }[]> {
  const settings = settingsOf(await findSettings(reading, coalition.id));
  if (settings.offersAQuarter === 0 || settings.offersAWeek === 0) return [];
  const roles = await listOpenRoles(reading, coalition.id, mostRoles);
  if (roles.length === 0) return [];
  const candidates = await listCandidates(reading, coalition.id, { now, settings });
  return candidates.map((to) => ({ to, suggestions: suggestRoles(to, roles) }));
}

/** Asking for an organisation's time is an ask, however kindly it is meant. */
const jobOffers: TimedJob = {
  kind: offersKind,
  async run({ writing, coalition, occurrence, tools }) {
    await startJobOffers(writing, tools, coalition);
    for (const { to, suggestions } of await planJobOffers(writing.tx, coalition, writing.now)) {
      const reader = await findMember(writing.tx, coalition.id, to.memberId);
      if (!reader) continue;
      const made = { partnerId: to.id, memberId: to.memberId, occurrence };
      const offer = await recordJobOffer(writing, coalition.id, made);
      if (!offer) continue;
      await tools.outreach.reach(writing, {
        coalition,
        member: to.memberId,
        kind: 'ask',
        from: 'roles',
        subject: `job-offer:${offer}`,
        why: say(coalition, 'why.job'),
        card: jobOfferCard(reader, { offer: offer as JobOfferId, partner: to.name, suggestions }),
      });
    }
  },
};

export const coverageJobs = [jobOffers];
