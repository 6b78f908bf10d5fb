import type { Card } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { MemberId } from '../core/ids.ts';
import type { Tools, Writing } from '../core/ports.ts';
import type { Text } from '../core/text.ts';
import type { Coalition } from '../core/who.ts';
import type { Database } from '../database.ts';

/** Something that would go out by itself. */
export type Planned = {
  readonly to: { readonly member: MemberId } | 'channel' | 'staff';
  readonly at: Date;
  readonly kind: 'ask' | 'give' | 'neutral' | 'channel' | 'task';
  /** The job that is due then. */
  readonly job: string;
  readonly card: Card | null;
  readonly text: Text | null;
  readonly why: Text | null;
};

export type DryRun = {
  readonly planned: readonly Planned[];
  /** More was due than was tried. */
  readonly cut: boolean;
  /** The job that could not be tried out. */
  readonly broken: string | null;
};

/** Thrown to take back everything that a dry run wrote. */
class TakenBack extends Error {}

/**
 * Runs everything that is due until a moment as if it were that moment, notes what would be said to whom, and takes
 * it all back: so the preview cannot differ from what will happen, whatever the feature.
 */
export async function dryRun(
  tools: Tools,
  coalition: Coalition,
  of: { until: Date; most: number },
): Promise<DryRun> {
  const jobs = new Map(
    tools
      .features()
      .flatMap((feature) => feature.jobs)
      .map((job) => [job.kind, job]),
  );
  let found: { planned: Planned[]; cut: boolean; broken: string | null };
  const start = () => ({ planned: [] as Planned[], cut: false, broken: null as string | null });
  found = start();
  try {
    await tools.write(async ({ tx, now }) => {
      found = start();
      const due = await tx.timer.findMany({
        where: {
          coalitionId: coalition.id,
          doneAt: null,
          dueAt: { lte: of.until },
          kind: { in: [...jobs.keys()] },
        },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: of.most + 1,
      });
      found.cut = due.length > of.most;
      for (const timer of due.slice(0, of.most)) {
        const job = jobs.get(timer.kind) as TimedJob;
        const at = timer.dueAt > now ? timer.dueAt : now;
        const writing: Writing = { tx, now: at, realNow: now, byItself: true, wake() {} };
        const { subject, occurrence, dueAt } = timer;
        const recording = listening(tools, writing, job.kind, found.planned);
        try {
          await job.run({ writing, coalition, subject, occurrence, dueAt, tools: recording });
        } catch (error) {
          // PostgreSQL refuses everything after an error in a transaction, so the rest cannot be tried.
          tools.log.warn({ error: error as Error, job: job.kind }, 'dry-run.broken');
          found.broken = job.kind;
          break;
        }
      }
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return found;
}

/** Tools that write down what would be said instead of saying it. */
function listening(tools: Tools, writing: Writing, job: string, planned: Planned[]): Tools {
  const at = writing.now;
  return {
    ...tools,
    database: writing.tx as Database,
    clock: { now: () => at },
    write: (work) => work(writing),
    outreach: {
      ...tools.outreach,
      async reach(_, { member, kind, card, why, confidential }) {
        if (confidential) return;
        planned.push({ to: { member }, at, kind, job, card, text: null, why });
      },
      async reachTogether(_, { each, kind, why }) {
        for (const { member, card } of each)
          planned.push({ to: { member }, at, kind, job, card, text: null, why });
      },
    },
    delivery: {
      ...tools.delivery,
      async post(_, message) {
        const { card } = message;
        const why = 'why' in message ? message.why : null;
        if (why) planned.push({ to: 'channel', at, kind: 'channel', job, card, text: null, why });
        return { posted: true };
      },
    },
    staffTasks: {
      ...tools.staffTasks,
      async open(_, { text }) {
        planned.push({ to: 'staff', at, kind: 'task', job, card: null, text, why: null });
      },
    },
  };
}
