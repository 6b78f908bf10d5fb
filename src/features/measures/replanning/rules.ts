import { atSameClock } from '../../../time/wall-clock.ts';
import type { Facts, RequestId } from '../requests/rules.ts';

/** What of a request hangs on a zone. */
export type Planned = Pick<Facts, 'timeZone' | 'dueAt' | 'lateAt' | 'lockAt'> & {
  readonly id: RequestId;
  readonly nextAt: Date | null;
};

/** The same days and times of day by the clocks of another zone. */
export function inZone<P extends Planned>(planned: P, timeZone: string): P {
  const moved = (at: Date) => atSameClock(at, planned.timeZone, timeZone);
  return {
    ...planned,
    timeZone,
    dueAt: moved(planned.dueAt),
    lateAt: moved(planned.lateAt),
    lockAt: planned.lockAt && moved(planned.lockAt),
    nextAt: planned.nextAt && moved(planned.nextAt),
  };
}
