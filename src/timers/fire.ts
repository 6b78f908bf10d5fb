import type { TimedJob } from '../core/command.ts';
import type { CoalitionId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import { getCoalition } from '../identity/store.ts';

/** What became of a timer: it happened, it was not to happen now, or it happened before. */
export type Fired = 'done' | { readonly waitMs: number } | 'nothing-due';

type Row = {
  id: string;
  coalitionId: string;
  kind: string;
  subject: string;
  occurrence: string;
  dueAt: Date;
};

/**
 * Claims one timer and runs its job in the same transaction, so that the job's rows and "done" are written
 * together or not at all. Two workers with the same timer: the second finds the row locked and leaves.
 */
export async function fireTimer(
  id: string,
  jobs: ReadonlyMap<string, TimedJob>,
  tools: Tools,
): Promise<Fired> {
  try {
    return await tools.write(async (writing) => {
      const rows = await writing.tx.$queryRaw<Row[]>`
        select "id", "coalitionId", "kind", "subject", "occurrence", "dueAt" from "Timer"
        where "id" = ${id}::uuid and "doneAt" is null
        for update skip locked`;
      const timer = rows[0];
      if (!timer) return 'nothing-due';
      const waitMs = timer.dueAt.getTime() - writing.now.getTime();
      if (waitMs > 0) return { waitMs };
      const job = jobs.get(timer.kind);
      if (!job) throw new Error(`No feature has a job "${timer.kind}"`);
      const coalition = await getCoalition(writing.tx, timer.coalitionId as CoalitionId);
      const { subject, occurrence, dueAt } = timer;
      await job.run({
        writing: { ...writing, byItself: true },
        coalition,
        subject,
        occurrence,
        dueAt,
        tools,
      });
      // Many, because the job may have taken its own timer back: then there is nothing left to mark.
      await writing.tx.timer.updateMany({ where: { id }, data: { doneAt: writing.now, failure: null } });
      return 'done';
    });
  } catch (error) {
    const failure = error instanceof Error ? error.name : 'unknown';
    await tools.database.timer.updateMany({ where: { id }, data: { attempts: { increment: 1 }, failure } });
    throw error;
  }
}
