import { processNames } from '../fleet.ts';
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
  {
    name: 'a machine’s own clock is set wrong',
    weight: 4,
    mostInHundred: 4,
    async strike({ stage, random, happened }) {
      const name = random.pick(processNames);
      // Slack's signatures are good for five minutes, and nobody may make that longer.
      const most = name === 'slack' ? 4 : 180;
      stage.fleet.setClock(name, random.between(-most, most) * minuteMs);
      if (stage.fleet.kill(name)) happened();
    },
  },
];
