import type { PartnerId } from '../../../core/ids.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';

/** An organisation that takes turns in a roster. */
export type Taker = {
  readonly partner: PartnerId;
  readonly joinedOn: LocalDate;
  /** The latest day on which it was, or will be, on duty. */
  readonly lastDuty: LocalDate | null;
};

/**
 * Whose turn it is: whoever has had none yet, in order of joining; then whoever's last one is longest ago. So
 * nobody has a second turn before everybody has had a first, and whoever could not keeps theirs.
 */
export function nextTaker(takers: readonly Taker[], cannot: ReadonlySet<PartnerId>): PartnerId | null {
  const since = ({ lastDuty, joinedOn }: Taker) => lastDuty ?? joinedOn;
  const [next] = takers
    .filter(({ partner }) => !cannot.has(partner))
    .sort(
      (a, b) =>
        Number(a.lastDuty !== null) - Number(b.lastDuty !== null) ||
        compare(since(a), since(b)) ||
        compare(a.joinedOn, b.joinedOn) ||
        compare(a.partner, b.partner),
    );
  return next?.partner ?? null;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
