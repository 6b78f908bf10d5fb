import type { Standing } from '../../../core/who.ts';

export const joiningStandings = ['representative', 'alternate', 'member'] as const;
export type JoiningStanding = (typeof joiningStandings)[number];

type Someone = { readonly id: string; readonly standing: Standing };

/**
 * What somebody becomes on joining a partner. Staff stay staff. The first person of a partner represents it,
 * whatever they asked for; there is one representative, so a second one becomes an alternate.
 *
 * @param people who represents the partner already
 */
export function standingOnJoining(
  wanted: JoiningStanding,
  current: Standing | null,
  people: readonly Someone[],
): Standing {
  if (current === 'backbone') return 'backbone';
  if (people.length === 0) return 'representative';
  const isTaken = people.some(({ standing }) => standing === 'representative');
  return wanted === 'representative' && isTaken ? 'alternate' : wanted;
}

export type HandOver<P> =
  /** Somebody still speaks for the partner. */
  | { readonly handOver: 'not-needed' }
  | { readonly handOver: 'to'; readonly successor: P }
  /** Nobody is left who may speak for it. */
  | { readonly handOver: 'nobody' };

/** Who speaks for a partner when one of its people goes: the alternate who has been there longest. */
export function handOver<P extends Someone>(leaving: string, people: readonly P[]): HandOver<P> {
  const left = people.filter(({ id }) => id !== leaving);
  const first = (standing: Standing) => left.find((each) => each.standing === standing);
  if (first('representative')) return { handOver: 'not-needed' };
  const successor = first('alternate');
  if (successor) return { handOver: 'to', successor };
  return first('backbone') ? { handOver: 'not-needed' } : { handOver: 'nobody' };
}
