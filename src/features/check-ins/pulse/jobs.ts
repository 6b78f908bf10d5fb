import type { TimedJob } from '../../../core/command.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { listVoices } from '../../../identity/store.ts';
import { addDays, atWallClock } from '../../../time/wall-clock.ts';
import { findPartner } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { pulseCard } from './cards.ts';
import { nextRound, pulseKind, silentAfterDays, silentPulseKind } from './rules.ts';
import { findPulse, listSilentPartners, openRound } from './store.ts';

const askHour = '10:00';
/** The ask is of no use once the silence has become a task. */
const expiresAfterDays = silentAfterDays;

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

const roundDue: TimedJob = {
  kind: pulseKind,
  async run({ writing, coalition, occurrence: round, tools }) {
    const settings = await findPulse(writing.tx, coalition.id);
    if (!settings || settings.stopped) return;
    for (const partnerId of await openRound(writing, coalition.id, round)) {
      await askPartner(writing, tools, coalition, partnerId, round);
    }
    const silentOn = addDays(round, silentAfterDays);
    const dueAt = atWallClock(silentOn, askHour, coalition.timeZone);
    const key = {
      coalitionId: coalition.id,
      kind: silentPulseKind,
      subject: coalition.id,
      occurrence: round,
    };
    await tools.timers.set(writing, { ...key, dueAt });
    await planRound(writing, tools, coalition, nextRound(round, settings.everyMonths));
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
  await tools.outreach.reach(writing, {
    coalition,
    member: voice.id,
    // It asks how they are and for what they need, and wants nothing for us.
    kind: 'neutral',
    from: 'check-ins',
    subject: `pulse-ask:${round}`,
    matters: 'little',
    why: say(coalition, 'why.pulse'),
    card: pulseCard(voice, { round, coalition: coalition.name, partner: voice.partner.name }),
    expires: new Date(writing.now.getTime() + expiresAfterDays * 86_400_000),
  });
}

/** Silence is never answered by another message: somebody calls. */
const silentDue: TimedJob = {
  kind: silentPulseKind,
  async run({ writing, coalition, occurrence: round, tools }) {
    for (const partnerId of await listSilentPartners(writing.tx, coalition.id, round)) {
      const partner = await findPartner(writing.tx, coalition.id, partnerId);
      if (!partner || partner.leftAt !== null) continue;
      const text = say(coalition, 'task.silent', { partner: partner.name, log: code('/checkin log') });
      const task = { coalitionId: coalition.id, kind: 'pulse-silent', subject: partnerId, text };
      await tools.staffTasks.open(writing, task);
    }
  },
};

export const pulseJobs = [roundDue, silentDue];
