import type { TimedJob } from '../core/command.ts';
import type { CoalitionId } from '../core/ids.ts';
import type { Outreach, Writing } from '../core/ports.ts';
import { type Caps, spreadMs } from './rules.ts';
import { letHeldGo, type Ports, plan } from './send.ts';
import { findAttention } from './store.ts';

const resumeKind = 'outreach.resume';
/** So many people are planned for at a time. */
const batch = 500;
/** Over so long everybody hears again after a pause. */
const spreadOverMs = 2 * 60 * 60_000;

/** Stopping everything that goes out by itself, and going on without a flood. */
export function makePausing(ports: Ports) {
  async function planResuming(writing: Writing, coalitionId: CoalitionId, after: string): Promise<void> {
    const at = writing.now;
    const occurrence = `${at.toISOString()} ${after}`;
    const timer = { coalitionId, kind: resumeKind, subject: coalitionId, occurrence };
    await ports.timers.set(writing, { ...timer, dueAt: at });
  }

  const door: Pick<Outreach, 'settings' | 'change' | 'pause' | 'resume' | 'release'> = {
    settings: (reading, coalitionId) => findAttention(reading, coalitionId),

    async change({ tx }, coalitionId: CoalitionId, caps: Partial<Caps>) {
      await tx.attention.upsert({
        where: { coalitionId },
        create: { coalitionId, ...caps },
        update: caps,
      });
    },

    async pause(writing, { coalitionId, by }) {
      const { tx, now } = writing;
      const data = { pausedAt: now, pausedById: by };
      // Whoever posts or pauses at the same moment may have made the row, or is making it.
      await tx.attention.createMany({ data: { coalitionId }, skipDuplicates: true });
      const paused = await tx.attention.updateMany({ where: { coalitionId, pausedAt: null }, data });
      if (paused.count > 0) await ports.posts.pause(writing, coalitionId);
      return paused.count > 0;
    },

    async resume(writing, { coalitionId }) {
      const resumed = await writing.tx.attention.updateMany({
        where: { coalitionId, pausedAt: { not: null } },
        data: { pausedAt: null, pausedById: null },
      });
      if (resumed.count === 0) return null;
      await planResuming(writing, coalitionId, '');
      // One after the other in each channel, the first at once.
      return ports.posts.resume(writing, coalitionId, (index, of) => spreadMs(index, of, spreadOverMs));
    },

    release: (writing, { coalitionId, partnerId, by }) =>
      letHeldGo(ports, writing, coalitionId, partnerId, { releasedAt: writing.now, releasedById: by }),
  };

  /** One timer for each person with anything waiting, spread over two hours, a batch of people at a time. */
  const resuming: TimedJob = {
    kind: resumeKind,
    async run({ writing, coalition, occurrence }) {
      const { tx, now } = writing;
      const [, after = ''] = occurrence.split(' ');
      const rows = await tx.$queryRaw<{ id: string; memberId: string }[]>`
        select distinct on ("memberId") "id", "memberId" from "Outreach"
        where "coalitionId" = ${coalition.id}::uuid and "state" = 'waiting'
          and (${after} = '' or "memberId" > nullif(${after}, '')::uuid)
        order by "memberId", "wantedAt" limit ${batch}`;
      for (const [index, row] of rows.entries()) {
        const dueAt = new Date(now.getTime() + spreadMs(index, rows.length, spreadOverMs));
        await plan(ports, writing, { id: row.id, coalitionId: coalition.id }, dueAt, '-resumed');
      }
      const last = rows.at(-1);
      if (last && rows.length === batch) await planResuming(writing, coalition.id, last.memberId);
    },
  };

  return { door, jobs: [resuming] };
}
