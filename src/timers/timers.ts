import { newId } from '../core/ids.ts';
import type { Timers } from '../core/ports.ts';

/**
 * How far ahead the queue is told. What is due later is left to the sweep, which runs every minute: so the
 * queue stays small whatever is planned, and moving a timer costs one row.
 */
export const aheadMs = 120_000;

/** Timers in the database, and a wake for those that are due soon. */
export const timers: Timers = {
  set: (writing, timer) => timers.setEach(writing, [timer]),

  async setEach(writing, all) {
    if (all.length === 0) return;
    const rows = all.map((timer) => ({ ...timer, id: newId() }));
    // Moving one that is done changes nothing that happens: "doneAt" stays.
    const set = await writing.tx.$queryRaw<{ id: string; dueAt: Date; doneAt: Date | null }[]>`
      insert into "Timer" ("id", "coalitionId", "kind", "subject", "occurrence", "dueAt")
      select "id", "coalitionId", "kind", "subject", "occurrence", "dueAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("id" uuid, "coalitionId" uuid, "kind" text,
        "subject" text, "occurrence" text, "dueAt" timestamptz)
      on conflict ("coalitionId", "kind", "subject", "occurrence") do update set "dueAt" = excluded."dueAt"
      returning "id", "dueAt", "doneAt"`;
    for (const { id, dueAt, doneAt } of set) {
      const delayMs = dueAt.getTime() - writing.now.getTime();
      if (doneAt === null && delayMs <= aheadMs) writing.wake({ wake: 'timer', id }, Math.max(0, delayMs));
    }
  },

  async cancel({ tx }, { coalitionId, kind, subject, occurrence }) {
    const which = occurrence === undefined ? {} : { occurrence };
    await tx.timer.deleteMany({ where: { coalitionId, kind, subject, doneAt: null, ...which } });
  },
};
