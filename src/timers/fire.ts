import type { TimedJob } from '../core/command.ts';
import type { Tools, Writing } from '../core/ports.ts';
import { type CoalitionRow, coalitionOf } from '../identity/store.ts';

/** What became of a timer: it happened, it was not to happen now, or it happened before. */
export type Fired = 'done' | { readonly waitMs: number } | 'nothing-due';

/** With the coalition's own columns beside the timer's. */
type Row = { kind: string; subject: string; occurrence: string; dueAt: Date } & CoalitionRow;

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
      const [timer] = await writing.tx.$queryRaw<Row[]>`
        select t."kind", t."subject", t."occurrence", t."dueAt", c.*
        from "Timer" t join "Coalition" c on c."id" = t."coalitionId"
        where t."id" = ${id}::uuid and t."doneAt" is null
        for update of t skip locked`;
      if (!timer) return 'nothing-due';
      const { kind, subject, occurrence, dueAt, ...row } = timer;
      const waitMs = dueAt.getTime() - writing.now.getTime();
      if (waitMs > 0) return { waitMs };
      const job = jobs.get(kind);
      if (!job) throw new Error(`No feature has a job "${kind}"`);
      const coalition = coalitionOf(row);
      const byItself: Writing = { ...writing, byItself: true };
      await job.run({ writing: byItself, coalition, subject, occurrence, dueAt, tools });
      // The job may have taken its own timer back: then there is nothing left to mark.
      await writing.tx.$executeRaw`
        update "Timer" set "doneAt" = ${writing.now}, "failure" = null where "id" = ${id}::uuid`;
      return 'done';
    });
  } catch (error) {
    const failure = error instanceof Error ? error.name : 'unknown';
    await tools.database.timer.updateMany({ where: { id }, data: { attempts: { increment: 1 }, failure } });
    throw error;
  }
}
