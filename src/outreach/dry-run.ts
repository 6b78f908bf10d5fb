import type { Card } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Delivery, Outreach, ReachKind, StaffTasks, Tools, Writing } from '../core/ports.ts';
import type { Text } from '../core/text.ts';
import type { Coalition } from '../core/who.ts';
import type { Database, Tx } from '../database.ts';
import { nextFree } from './rules.ts';
import { mapAllowances, type Row } from './store.ts';

/** Something that would go out by itself. */
export type Planned = {
  readonly to: { readonly member: MemberId } | 'channel' | 'staff';
  /** When its job is due. */
  readonly due: Date;
  /** To a person: not before this, by their hours and by what they have had; 'late' when it is of no use by then. */
  readonly at: Date | 'late';
  readonly kind: ReachKind | 'channel' | 'task';
  /** The job that is due then. */
  readonly job: string;
  readonly card: Card | null;
  readonly text: Text | null;
  readonly why: Text | null;
};

export type DryRun = {
  readonly planned: readonly Planned[];
  /** How many due things were tried. */
  readonly tried: number;
  /** More was due than was tried. */
  readonly cut: boolean;
  /** The job that could not be tried out. */
  readonly broken: string | null;
};

/** What a job would say, before it is known when it would arrive. */
type Heard = Omit<Planned, 'at'> & { readonly urgent: boolean; readonly expiresAt: Date | null };
type Found = { heard: Heard[]; tried: number; cut: boolean; broken: string | null };

/** Thrown to take back everything that a dry run wrote. */
class TakenBack extends Error {
  readonly found: Found;
  constructor(found: Found) {
    super('A dry run is taken back');
    this.found = found;
  }
}

/** What the jobs write is locked for so long at most. */
const mostMs = 10_000;

/**
 * Runs everything that is due until a moment as if it were that moment, and whatever becomes due by that; notes what
 * would be said to whom, and takes it all back: so the preview cannot differ from what will happen, whatever the
 * feature.
 */
export async function dryRun(
  tools: Tools,
  coalition: Coalition,
  of: { until: Date; most: number },
): Promise<DryRun> {
  const { heard, ...rest } = await tools
    .write(async (writing): Promise<Found> => {
      throw new TakenBack(await tryOut(writing, tools, coalition, of));
    })
    .catch((error) => {
      if (error instanceof TakenBack) return error.found;
      throw error;
    });
  return { ...rest, planned: await withMoments(tools, coalition, heard) };
}

async function tryOut(
  { tx, now }: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { until: Date; most: number },
): Promise<Found> {
  const all = tools.features().flatMap((feature) => feature.jobs);
  const jobs = new Map(all.map((job) => [job.kind, job]));
  const found: Found = { heard: [], tried: 0, cut: false, broken: null };
  const began = tools.realClock.now().getTime();
  for (;;) {
    // Looked for anew each time: a job plans others.
    const timer = await tx.timer.findFirst({
      where: {
        coalitionId: coalition.id,
        doneAt: null,
        dueAt: { lte: of.until },
        kind: { in: [...jobs.keys()] },
      },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    });
    if (!timer) return found;
    found.cut = found.tried >= of.most || tools.realClock.now().getTime() - began > mostMs;
    if (found.cut) return found;
    found.tried += 1;
    const job = jobs.get(timer.kind) as TimedJob;
    const at = timer.dueAt > now ? timer.dueAt : now;
    const writing: Writing = { tx, now: at, realNow: now, byItself: true, wake() {} };
    const { subject, occurrence, dueAt } = timer;
    const listens = listening(tools, writing, (heard) => found.heard.push({ ...heard, job: job.kind }));
    try {
      await job.run({ writing, coalition, subject, occurrence, dueAt, tools: listens });
      // Jobs look at what has happened already. One that a worker is to begin meanwhile is left to the next sweep.
      await tx.timer.updateMany({ where: { id: timer.id }, data: { doneAt: at } });
      for (const row of await takeReached(tx, coalition.id)) {
        // What is between two people is nobody else's, staff's neither.
        if (row.confidential) continue;
        const { kind, memberId, expiresAt, urgent } = row;
        const [card, why] = [row.card as unknown as Card, row.why as unknown as Text | null];
        const to = { member: memberId as MemberId };
        const what = { kind: kind as ReachKind, card, text: null, why, job: job.kind };
        found.heard.push({ ...what, to, due: at, urgent: urgent !== null, expiresAt });
      }
    } catch (error) {
      // PostgreSQL refuses everything after an error in a transaction, so the rest cannot be tried.
      tools.log.warn({ error: error as Error, job: job.kind }, 'dry-run.broken');
      found.broken = job.kind;
      return found;
    }
  }
}

/**
 * What this transaction has put before the outreach door, by whichever way: whatever may reach a person is a row. It
 * counts as gone from here on, as it does when the next job runs in earnest.
 */
async function takeReached(tx: Tx, coalitionId: CoalitionId): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    update "Outreach" set "state" = 'sent'
    where "coalitionId" = ${coalitionId}::uuid and "state" in ('waiting', 'together')
      and xmin = pg_current_xact_id()::xid
    returning *`;
}

/**
 * Tools that write down what would be said instead of saying it. Ports are written out in full, so that none gains a
 * way out that is not listened to.
 */
function listening(tools: Tools, writing: Writing, hear: (heard: Omit<Heard, 'job'>) => void): Tools {
  const due = writing.now;
  const said = { due, urgent: false, expiresAt: null };
  const posted = new Set<string>();
  const delivery: Delivery = {
    async post({ tx }, { coalitionId, key, card, to, ...message }) {
      const before = posted.has(key) || (await tx.outgoing.count({ where: { coalitionId, key } })) > 0;
      posted.add(key);
      if (before || 'together' in to) return { posted: true };
      const why = 'why' in message ? message.why : null;
      if ('member' in to) hear({ ...said, to, kind: 'neutral', card, text: null, why });
      else hear({ ...said, to: 'channel', kind: 'channel', card, text: null, why });
      return { posted: true };
    },
    async redraw() {},
  };
  const staffTasks: StaffTasks = {
    async open(_, { text }) {
      hear({ ...said, to: 'staff', kind: 'task', card: null, text, why: null });
    },
    async close() {},
  };
  const outreach: Outreach = {
    ...tools.outreach,
    // Whether they have it together or each alone, these are the people; and nobody's turn is locked meanwhile.
    reachTogether: (each, { each: people, ...message }) =>
      tools.outreach.reachEach(
        each,
        people.map((one) => ({ ...message, ...one })),
      ),
  };
  return {
    ...{ delivery, staffTasks, outreach },
    database: writing.tx as Database,
    clock: { now: () => due },
    realClock: tools.realClock,
    log: tools.log,
    timers: tools.timers,
    contacts: tools.contacts,
    longWork: tools.longWork,
    features: tools.features,
    write: (work) => work(writing),
    wake() {},
  };
}

/**
 * When each would arrive at the earliest. What goes out until then is not known yet and may be joined with it, so it
 * does not count.
 */
async function withMoments(
  tools: Tools,
  coalition: Coalition,
  heard: readonly Heard[],
): Promise<readonly Planned[]> {
  const members = heard.flatMap(({ to }) => (typeof to === 'string' ? [] : to.member));
  const allowances = await mapAllowances(tools.database, coalition, members, tools.clock.now());
  return heard.map(({ urgent, expiresAt, ...one }): Planned => {
    const allowance = typeof one.to === 'string' ? null : allowances.get(one.to.member);
    if (!allowance || urgent) return { ...one, at: one.due };
    const { at } = nextFree({ ...allowance, now: one.due, gatherUntil: null });
    return { ...one, at: expiresAt && expiresAt <= at ? 'late' : at };
  });
}
