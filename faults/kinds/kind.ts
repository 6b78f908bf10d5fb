import type { CoalitionClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Stage } from '../stage.ts';

export type Striking = {
  readonly stage: Stage;
  readonly clock: CoalitionClock;
  readonly random: Random;
  /** Counts it: called when it has really happened, not when it is planned. */
  happened(): void;
};

/** One kind of trouble. Those of platforms wait for the next call that they fit, the others happen at once. */
export type FaultKind = {
  readonly name: string;
  /** How often it comes, compared with the others. */
  readonly weight: number;
  /** Most in a run of a hundred faults, where it costs much time. */
  readonly mostInHundred?: number;
  /** Resolves when it is over. */
  strike(of: Striking): Promise<void>;
};
