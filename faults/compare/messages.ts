import type { Findings } from './findings.ts';

/** A message as the rows have it. */
export type Due = {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly failure: string | null;
  readonly platform: string;
  readonly placeRef: string;
  /** By now it is of no use any more, as whoever wrote it said. */
  readonly outOfDate: boolean;
};

/** A message as it stands with the people. */
export type Arrived = {
  /** The delivery by which it is known. */
  readonly id: string;
  readonly place: string;
  /** By the real clock, where the platform tells. */
  readonly at?: Date;
  /** Whether the platform's own rules leave open whether it arrived: a second one then is no fault of ours. */
  readonly mayRepeat: boolean;
};

/** Every message due arrived, once; and none that no row knows of. */
export function compareMessages(due: readonly Due[], arrived: readonly Arrived[]): Findings {
  const lost: string[] = [];
  const duplicates: string[] = [];
  const allowed: string[] = [];
  const known = new Set(due.map(({ id }) => id));
  const byId = new Map<string, Arrived[]>();
  for (const each of arrived) byId.set(each.id, [...(byId.get(each.id) ?? []), each]);
  for (const { id, key, state, failure, platform, placeRef, outOfDate } of due) {
    const found = byId.get(id) ?? [];
    const what = `${key} on ${platform} in ${placeRef} (${id})`;
    if (state === 'expired' && outOfDate) allowed.push(`${what} came too late to be of use and was dropped`);
    else if (state !== 'sent')
      lost.push(`${what} was never sent: it is ${state}${failure ? `, ${failure}` : ''}`);
    else if (found.length === 0) lost.push(`${what} is sent by the rows, and nobody has it`);
    if (found.length < 2) continue;
    const when = found.flatMap(({ at }) => at?.toISOString().slice(11, 19) ?? []).join(' and ');
    const doubled = `${what} stands ${found.length} times${when && `, at ${when} UTC`}`;
    if (found.slice(0, -1).every(({ mayRepeat }) => mayRepeat)) allowed.push(doubled);
    else duplicates.push(doubled);
  }
  for (const [id, [first]] of byId) {
    if (!known.has(id)) lost.push(`A message in ${first?.place} is known to no row (${id})`);
  }
  return { lost, duplicates, allowed };
}
