import type { Timers, Wake } from '../core/ports.ts';

/**
 * How far ahead the queue is told. What is due later is left to the sweep, which runs every minute: so the
 * queue stays small whatever is planned, and moving a timer costs one row.
 */
export const aheadMs = 120_000;

/** Timers in the database, and a wake for those that are due soon. */
export const timers: Timers = {
  async set(writing, { coalitionId, kind, subject, occurrence, dueAt }) {
    const key = { coalitionId, kind, subject, occurrence };
    const timer = await writing.tx.timer.upsert({
      where: { coalitionId_kind_subject_occurrence: key },
      create: { ...key, dueAt },
      // Moving one that is done changes nothing that happens: doneAt stays.
      update: { dueAt },
    });
    const delayMs = dueAt.getTime() - writing.now.getTime();
    const wake: Wake = { wake: 'timer', id: timer.id };
    if (timer.doneAt === null && delayMs <= aheadMs) writing.wake(wake, Math.max(0, delayMs));
  },

  async cancel({ tx }, { coalitionId, kind, subject, occurrence }) {
    const which = occurrence === undefined ? {} : { occurrence };
    await tx.timer.deleteMany({ where: { coalitionId, kind, subject, doneAt: null, ...which } });
  },
};
