import type { TimedJob } from '../../../core/command.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { findPartner } from '../../directory/feature.ts';
import { findCare } from '../care/store.ts';
import { say } from '../words.ts';
import { findPromise, type PromiseId } from './store.ts';

const promiseKind = 'check-ins.promise';
const plannedKind = 'check-ins.planned';
const morning = '08:00';

export const promiseTask = 'promise-due';
export const plannedTask = 'check-in-planned';

/** A promise is due to staff, never to the partner: on its day it becomes a task. */
export async function planPromise(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { id: PromiseId; dueOn: string },
): Promise<void> {
  const dueAt = atWallClock(of.dueOn, morning, coalition.timeZone);
  const timer = { coalitionId: coalition.id, kind: promiseKind, subject: of.id, occurrence: of.dueOn };
  await tools.timers.set(writing, { ...timer, dueAt });
}

export async function planCheckIn(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { partnerId: PartnerId; on: string },
): Promise<void> {
  const dueAt = atWallClock(of.on, morning, coalition.timeZone);
  const timer = { coalitionId: coalition.id, kind: plannedKind, subject: of.partnerId, occurrence: of.on };
  await tools.timers.set(writing, { ...timer, dueAt });
}

const promiseDue: TimedJob = {
  kind: promiseKind,
  async run({ writing, coalition, subject, tools }) {
    const promise = await findPromise(writing.tx, coalition.id, subject as PromiseId);
    if (!promise || promise.done) return;
    const partner = await findPartner(writing.tx, coalition.id, promise.partnerId);
    if (!partner) return;
    const text = say(coalition, 'task.promise', {
      partner: partner.name,
      text: promise.text,
      see: code('/checkin partner'),
    });
    await tools.staffTasks.open(writing, { coalitionId: coalition.id, kind: promiseTask, subject, text });
  },
};

const plannedDue: TimedJob = {
  kind: plannedKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const partnerId = subject as PartnerId;
    const care = await findCare(writing.tx, coalition.id, partnerId);
    const partner = await findPartner(writing.tx, coalition.id, partnerId);
    // Planned anew, or contacted meanwhile.
    if (!partner || partner.leftAt !== null || care?.plannedOn !== occurrence) return;
    const text = say(coalition, 'task.planned', { partner: partner.name, log: code('/checkin log') });
    await tools.staffTasks.open(writing, { coalitionId: coalition.id, kind: plannedTask, subject, text });
  },
};

export const loggingJobs = [promiseDue, plannedDue];
