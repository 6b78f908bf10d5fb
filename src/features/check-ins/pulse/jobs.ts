import type { TimedJob } from '../../../core/command.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { listVoices } from '../../../identity/store.ts';
import { atWallClock, localDate } from '../../../time/wall-clock.ts';
import { findPartner } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { pulseCard } from './cards.ts';
import { nextRound, pulseKind, silentBy, silentOn, silentPulseKind, subjectOf } from './rules.ts';
import { closeRound, findLastRound, findPulse, listAsks, openRound } from './store.ts';

const askHour = '10:00';

export async function planRound(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  round: string,
): Promise<void> {
  const timer = { coalitionId: coalition.id, kind: pulseKind, subject: coalition.id, occurrence: round };
  await tools.timers.set(writing, { ...timer, dueAt: atWallClock(round, askHour, coalition.timeZone) });
}

/** A staff member moved or stopped it: the rounds that are still to come are planned anew. */
export async function cancelRounds(writing: Writing, tools: Tools, coalition: Coalition): Promise<void> {
  const timer = { coalitionId: coalition.id, kind: pulseKind, subject: coalition.id };
  await tools.timers.cancel(writing, timer);
}

async function planSilence(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { occurrence: string; on: string },
): Promise<void> {
  const { occurrence, on } = of;
  const timer = { coalitionId: coalition.id, kind: silentPulseKind, subject: coalition.id, occurrence };
  await tools.timers.set(writing, { ...timer, dueAt: atWallClock(on, askHour, coalition.timeZone) });
}

/**
 * After a standstill it runs late, and once for however many rounds were missed: partners are asked today, under
 * today's date, and the next round is counted from today.
 */
const roundDue: TimedJob = {
  kind: pulseKind,
  async run({ writing, coalition, occurrence, tools }) {
    const settings = await findPulse(writing.tx, coalition.id);
    if (!settings || settings.stopped) return;
    const { everyMonths } = settings;
    const last = await findLastRound(writing.tx, coalition.id);
    const earliest = last && nextRound(last, everyMonths);
    if (earliest && occurrence < earliest) return planRound(writing, tools, coalition, earliest);
    const round = localDate(writing.now, coalition.timeZone);
    for (const partnerId of await openRound(writing, coalition.id, round)) {
      await askPartner(writing, tools, coalition, partnerId, round);
    }
    await planSilence(writing, tools, coalition, { occurrence: round, on: silentOn(round) });
    await planRound(writing, tools, coalition, nextRound(round, everyMonths));
  },
};

async function askPartner(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  partnerId: PartnerId,
  round: string,
): Promise<void> {
  const [voice] = await listVoices(writing.tx, coalition.id, partnerId);
  if (!voice?.partner) return;
  const closesOn = silentOn(round);
  await tools.outreach.reach(writing, {
    coalition,
    member: voice.id,
    // It asks how they are and for what they need, and wants nothing for us.
    kind: 'neutral',
    from: 'check-ins',
    subject: subjectOf(round),
    matters: 'little',
    why: say(coalition, 'why.pulse'),
    card: pulseCard(voice, { round, closesOn, coalition: coalition.name, partner: voice.partner.name }),
    // Of no use once the round is closed.
    expires: atWallClock(closesOn, askHour, coalition.timeZone),
  });
}

/** Letters of a calendar date, with which every occurrence of the job below begins: the round it is about. */
const dateLetters = 10;

/**
 * Closes the round, and finds who is silent: those whom the question reached that long ago, each counted from its own
 * day. Silence is never answered by another message: somebody calls.
 */
const silentDue: TimedJob = {
  kind: silentPulseKind,
  async run({ writing, coalition, occurrence, tools }) {
    const round = occurrence.slice(0, dateLetters);
    const { id: coalitionId, timeZone } = coalition;
    await closeRound(writing, coalitionId, round);
    const unanswered = (await listAsks(writing.tx, coalitionId, round)).flatMap(
      ({ partnerId, answered, askedAt }) =>
        answered || !askedAt ? [] : [{ partnerId, askedOn: localDate(askedAt, timeZone) }],
    );
    const { silent, again } = silentBy(localDate(writing.now, timeZone), unanswered);
    for (const partnerId of silent) {
      const partner = await findPartner(writing.tx, coalitionId, partnerId);
      if (!partner || partner.leftAt !== null) continue;
      const text = say(coalition, 'task.silent', { partner: partner.name, log: code('/checkin log') });
      await tools.staffTasks.open(writing, { coalitionId, kind: 'pulse-silent', subject: partnerId, text });
    }
    if (again) await planSilence(writing, tools, coalition, { occurrence: `${round}.${again}`, on: again });
  },
};

export const pulseJobs = [roundDue, silentDue];
