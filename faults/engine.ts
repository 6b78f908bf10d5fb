import type { CoalitionClock } from './clock.ts';
import { clockKinds } from './kinds/clocks.ts';
import { deliveryKinds } from './kinds/deliveries.ts';
import type { FaultKind } from './kinds/kind.ts';
import { platformKinds } from './kinds/platforms.ts';
import { processKinds } from './kinds/processes.ts';
import { storeKinds } from './kinds/stores.ts';
import { makeRandom, type Random } from './random.ts';
import type { Stage } from './stage.ts';

/** What is chosen within a fault comes from a seed of its own, so that it does not depend on what happens beside it. */
const mostSeed = 0x7fff_ffff;

/** Chooses faults by the seed and counts those that happened. */
export type Engine = {
  /** Chooses one fault, and gives what lets it happen; that resolves when it is over. */
  next(): () => Promise<void>;
  /** How many have happened. A storm of refusals is one. */
  count(): number;
  /** The same by kind. */
  counts(): ReadonlyMap<string, number>;
  /** Faults that could not be made: trouble of the harness itself. */
  readonly troubles: readonly string[];
  /** Nothing goes wrong from now on. */
  stop(): Promise<void>;
};

export function makeEngine(of: {
  stage: Stage;
  clock: CoalitionClock;
  random: Random;
  /** How many faults the run is to have, by which the costly ones are shared out. */
  planned: number;
}): Engine {
  const { stage, clock, random } = of;
  const stores = storeKinds({
    hasRedis: stage.redis !== null,
    hasSmallDisk: stage.server.noFullDisk === null,
  });
  const kinds = [...platformKinds, ...deliveryKinds, ...processKinds, ...stores, ...clockKinds];
  const chosen = new Map<FaultKind, number>();
  const happened = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let atStores: Promise<void> = Promise.resolve();
  const troubles: string[] = [];
  let stopped = false;

  function choose(): FaultKind {
    const allowed = kinds.filter((kind) => {
      const most = Math.ceil(((kind.mostInHundred ?? Number.POSITIVE_INFINITY) * of.planned) / 100);
      return (chosen.get(kind) ?? 0) < most;
    });
    const kind = random.weighted(allowed);
    chosen.set(kind, (chosen.get(kind) ?? 0) + 1);
    return kind;
  }

  async function strike(kind: FaultKind, own: Random): Promise<void> {
    let counted = false;
    const happens = () => {
      if (stopped || counted) return;
      counted = true;
      happened.set(kind.name, (happened.get(kind.name) ?? 0) + 1);
    };
    const run = () => kind.strike({ stage, clock, random: own, happened: happens });
    const began = stores.includes(kind) ? atStores.then(run) : run();
    const striking = began.catch((error: unknown) => {
      troubles.push(`${kind.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    // Two stores away at once would only hide each other.
    if (stores.includes(kind)) atStores = striking;
    underWay.add(striking);
    await striking.finally(() => underWay.delete(striking));
  }

  return {
    next() {
      const kind = choose();
      const own = makeRandom(random.between(0, mostSeed));
      return () => strike(kind, own);
    },
    count: () => [...happened.values()].reduce((sum, each) => sum + each, 0),
    counts: () => happened,
    troubles,
    async stop() {
      stopped = true;
      stage.slack.peer.behave();
      stage.discord.peer.faults.behave();
      stage.post.behave();
      await Promise.all(underWay);
    },
  };
}
