import { makeContacts } from './contacts/contacts.ts';
import type { Feature } from './core/command.ts';
import type { Clock, Jobs, Log, Outreach, Tools, Wake } from './core/ports.ts';
import { type Database, inTransaction, type Tx } from './database.ts';
import { delivery } from './delivery/delivery.ts';
import { staffTasks } from './identity/staff-tasks.ts';
import type { makeLongWork } from './long-work/long-work.ts';
import { timers } from './timers/timers.ts';

/** Puts together what handlers work with. */
export function makeTools(of: {
  database: Database;
  clock: Clock;
  realClock: Clock;
  log: Log;
  jobs: Jobs;
  outreach: Outreach;
  longWork: ReturnType<typeof makeLongWork>['longWork'];
  features: readonly Feature[];
}): Tools {
  const { database, clock, realClock, log, jobs } = of;
  return {
    database,
    clock,
    realClock,
    log,
    delivery,
    timers,
    staffTasks,
    contacts: makeContacts(of.outreach),
    outreach: of.outreach,
    longWork: of.longWork,
    features: () => of.features,
    async write(work, mayTakeMs) {
      let wakes: [Wake, number][] = [];
      const run = (tx: Tx) => {
        // A transaction that is run again must not wake for what its first run did not write.
        wakes = [];
        const [now, realNow] = [clock.now(), realClock.now()];
        return work({ tx, now, realNow, wake: (what, delayMs = 0) => wakes.push([what, delayMs]) });
      };
      const result = await inTransaction(database, run, mayTakeMs);
      for (const [what, delayMs] of onePerTarget(wakes)) wake(what, delayMs);
      return result;
    },
    wake(targets) {
      for (const what of targets) wake(what, 0);
    },
  };

  /** The rows are written, so nobody waits for this: when the queue is away, the sweep finds them within a minute. */
  function wake(what: Wake, delayMs: number): void {
    void jobs.wake(what, delayMs).catch((error) => log.warn({ error, wake: what.wake }, 'wake.lost'));
  }
}

function onePerTarget(wakes: readonly [Wake, number][]): Iterable<[Wake, number]> {
  const earliest = new Map<string, [Wake, number]>();
  for (const [what, delayMs] of wakes) {
    const key = `${what.wake} ${what.id}`;
    const known = earliest.get(key);
    if (!known || delayMs < known[1]) earliest.set(key, [what, delayMs]);
  }
  return earliest.values();
}
