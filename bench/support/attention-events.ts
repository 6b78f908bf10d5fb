export const memberZones = ['America/Winnipeg', 'Europe/Paris', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC'];

const weekMs = 7 * 86_400_000;
const dayMs = 86_400_000;
/** Of a member in a week, from every feature together; nobody is spared and some are asked a lot. */
const eventsEach = { least: 2, most: 12 };

export type Event<P> = {
  readonly person: P;
  readonly at: Date;
  readonly kind: 'ask' | 'give' | 'neutral';
  readonly subject: string;
  readonly expiresAt: Date | null;
  readonly urgent: boolean;
};

/** A week of mixed outreach: half of it asks, most of those with a deadline, one in a hundred things urgent. */
export function makeEvents<P>(people: readonly P[], start: Date, chance: () => number): Event<P>[] {
  const events: Event<P>[] = [];
  for (const person of people) {
    const count = eventsEach.least + Math.floor(chance() * (eventsEach.most - eventsEach.least + 1));
    for (let number = 0; number < count; number += 1) {
      const at = new Date(start.getTime() + chance() * weekMs);
      const which = chance();
      const kind = which < 0.5 ? 'ask' : which < 0.75 ? 'give' : 'neutral';
      const ends = kind === 'ask' && chance() < 0.7;
      const expiresAt = ends ? new Date(at.getTime() + dayMs * (2 + chance() * 8)) : null;
      events.push({ person, at, kind, subject: `event:${number}`, expiresAt, urgent: chance() < 0.01 });
    }
  }
  return events.sort((a, b) => a.at.getTime() - b.at.getTime());
}
