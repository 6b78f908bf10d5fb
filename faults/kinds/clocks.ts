import type { FaultKind } from './kind.ts';

const minuteMs = 60_000;

export const clockKinds: readonly FaultKind[] = [
  {
    name: 'the clock jumps ahead',
    weight: 4,
    mostInHundred: 4,
    async strike({ clock, random, happened }) {
      await clock.moveTo(new Date(clock.now().getTime() + random.between(20, 300) * minuteMs));
      happened();
    },
  },
];
