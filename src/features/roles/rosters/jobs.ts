import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { addDays, atWallClock, type LocalDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { dutyCard } from './cards.ts';
import { type Duty, type DutyId, findDuty, findRosterId, planDuty, type RosterId } from './store.ts';

const soonKind = 'roles.duty-soon';
const soonDays = 2;

/** Plans a day's duty, asks whose turn it is and reminds them; with nobody left, staff have to find somebody. */
export async function planAndTell(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  roster: { id: RosterId; name: string },
  heldOn: LocalDate,
): Promise<Duty | null> {
  const planned = await planDuty(writing, coalition, roster.id, heldOn);
  const task = { coalitionId: coalition.id, kind: 'roster-empty', subject: `${roster.id}:${heldOn}` };
  if (!planned) {
    const text = say(coalition, 'task.roster-empty', { name: roster.name, date: heldOn });
    await tools.staffTasks.open(writing, { ...task, text });
    return null;
  }
  const { duty, fresh } = planned;
  if (!fresh) return duty;
  await tools.staffTasks.close(writing, task);
  await tellDuty(writing, tools, coalition, duty, 'planned');
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: soonKind,
    subject: duty.id,
    occurrence: heldOn,
    dueAt: atWallClock(addDays(heldOn, -soonDays), '09:00', coalition.timeZone),
  });
  return duty;
}

/** The same in each roster that has one of these names, for a day on which something takes place. */
export async function planDuties(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  names: readonly string[],
  heldOn: LocalDate,
): Promise<void> {
  for (const name of names) {
    const id = await findRosterId(writing.tx, coalition.id, name);
    if (id) await planAndTell(writing, tools, coalition, { id, name }, heldOn);
  }
}

async function tellDuty(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  duty: Duty,
  when: 'planned' | 'soon' | 'closed',
): Promise<void> {
  const known = duty.member && (await findMember(writing.tx, coalition.id, duty.member));
  const reader = known || (await listVoices(writing.tx, coalition.id, duty.partner))[0];
  if (!reader) return;
  await tools.outreach.reach(writing, {
    coalition,
    member: reader.id,
    kind: when === 'planned' ? 'ask' : 'neutral',
    from: 'roles',
    subject: `duty:${duty.id}:${when}`,
    card: dutyCard(reader, duty, when),
  });
}

/** A duty goes round no more: whoever has a turn ahead hears of it instead of being reminded. */
export async function tellClosed(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  duties: readonly Duty[],
): Promise<void> {
  for (const duty of duties) {
    await tools.timers.cancel(writing, { coalitionId: coalition.id, kind: soonKind, subject: duty.id });
    await tellDuty(writing, tools, coalition, duty, 'closed');
  }
}

const dutySoon: TimedJob = {
  kind: soonKind,
  async run({ writing, coalition, subject, tools }) {
    const duty = await findDuty(writing.tx, coalition.id, subject as DutyId);
    if (duty) await tellDuty(writing, tools, coalition, duty, 'soon');
  },
};

export const rosterJobs = [dutySoon];
