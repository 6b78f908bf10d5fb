import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import type { Person } from './people/person.ts';
import { makeRandom, type Random } from './random.ts';
import type { Act } from './week/acts.ts';
import type { Coalition } from './week/coalition.ts';
import { planWeek, weekHours } from './week/plan.ts';

const hourMs = 3_600_000;
/** One step of the week's clock, and how often people look in one whether there is something for them to do. */
const tick = { longMs: 1_600, shortMs: 700 };
const looksInTick = 4;
/** On a busy machine a step takes up to so many times as long, until everybody had their turn. */
const mostStretch = { long: 4, short: 2 };
const shortTicks = 28;
/** A longer run is the same week, gone through more slowly. */
const ticksForFault = 0.55;
/** Ticks after the week for faults that have not happened by then. */
const mostExtraTicks = 60;
/** How many looks go by for each at which somebody without any plan looks at something. */
const quietness = 4;
/** Some of what waits for a call never finds one, so a little more is let loose than was asked for. */
const surplus = 1.15;

/** From so many faults on, a run takes its time and has more people in it. */
export const longFrom = 100;

export type Driven = { readonly acts: number; readonly done: number; readonly undone: readonly string[] };

/** Lets the week go by with people in it, and the faults among them. */
export async function driveWeek(of: {
  coalition: Coalition;
  engine: Engine;
  random: Random;
  faults: number;
}): Promise<Driven> {
  const { coalition, engine, random, faults } = of;
  const { clock } = coalition;
  const start = clock.now();
  // Apart from the faults: how often people look depends on the machine.
  const looking = makeRandom(random.between(0, 1_000_000));
  const isLong = faults >= longFrom;
  const tickMs = isLong ? tick.longMs : tick.shortMs;
  const acts = planWeek(coalition, start, isLong).sort((a, b) => a.from - b.from);
  const done = new Set<Act>();
  const tries = new Map<Act, number>();
  const timesOf = (act: Act) => tries.get(act) ?? 0;
  const busy = new Map<Person, Promise<void>>();
  const striking: Promise<void>[] = [];
  const mostLooks = looksInTick * (isLong ? mostStretch.long : mostStretch.short);
  const ticks = isLong ? Math.round(faults * ticksForFault) : shortTicks;

  function begin(by: Person, work: () => Promise<void>): void {
    const doing = work()
      .catch(() => {})
      .finally(() => busy.delete(by));
    busy.set(by, doing);
  }

  /** Gives everything that could be done at this hour. */
  function letPeopleAct(hour: number): readonly Act[] {
    // What was tried least comes first, so that nothing waits behind what cannot be done yet.
    const open = acts.filter((act) => !done.has(act) && act.from <= hour && hour <= act.until);
    for (const act of open.sort((a, b) => timesOf(a) - timesOf(b))) {
      if (busy.has(act.by)) continue;
      tries.set(act, timesOf(act) + 1);
      begin(act.by, async () => {
        if (await act.attempt()) done.add(act);
      });
    }
    // Somebody always looks at something, so that there are calls for faults to happen to.
    const idle = coalition.voices.filter((each) => !busy.has(each));
    const somebody = idle[looking.between(0, Math.max(0, idle.length * quietness - 1))];
    if (somebody) begin(somebody, async () => void (await somebody.runs('coalition me', {}, /./)));
    return open;
  }

  for (let step = 1; step <= ticks + mostExtraTicks; step += 1) {
    const isExtra = step > ticks;
    if (isExtra && engine.count() >= faults) break;
    const hour = (step * weekHours) / ticks;
    await clock.moveTo(new Date(start.getTime() + hour * hourMs));
    const nowHour = (clock.now().getTime() - start.getTime()) / hourMs;
    const wanted = isExtra ? 4 : Math.round((faults * surplus * step) / ticks) - striking.length;
    for (let more = 0; more < wanted; more += 1) {
      const waitMs = random.between(0, tickMs);
      const strike = engine.next();
      striking.push(sleep(waitMs).then(strike));
    }
    const triedBefore = new Map(tries);
    const isTried = (act: Act) => done.has(act) || timesOf(act) > (triedBefore.get(act) ?? 0);
    for (let look = 1; look <= mostLooks; look += 1) {
      await sleep(tickMs / looksInTick);
      const open = letPeopleAct(isExtra ? weekHours : nowHour);
      if (look >= looksInTick && open.every(isTried)) break;
    }
  }
  await engine.stop();
  await Promise.all([...striking, ...busy.values()]);
  const undone = acts.filter((act) => !done.has(act)).map(({ what }) => what);
  return { acts: acts.length, done: done.size, undone };
}
