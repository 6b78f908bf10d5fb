import type { Bot } from '../../bot.ts';
import { shortened, wallClock } from '../../src/core/plain-text.ts';
import type { DemoClock } from '../../src/time/demo-clock.ts';
import {
  addDays,
  atWallClock,
  isLocalDate,
  isLocalTime,
  localDate,
  localTime,
} from '../../src/time/wall-clock.ts';
import type { Accounts } from './accounts.ts';
import { zoneWords } from './draw-card.ts';
import type { Feed } from './events.ts';
import { RequestTrouble } from './trouble.ts';
import type { Clock } from './web/wire.ts';

/** Far enough for a year of digests. */
const mostDays = 366;
const morning = '08:00';
/** How long one move may wait, in all, for what came due on the way. */
const patienceMs = 15_000;
const lookEveryMs = 20;

export type ConsoleClock = ReturnType<typeof makeConsoleClock>;

/** What time it is for the bot, and moving it on. */
export function makeConsoleClock(bot: Bot, demoClock: DemoClock | null, accounts: Accounts, feed: Feed) {
  const { database } = bot;
  const now = () => bot.tools.clock.now();

  async function findNextDue(): Promise<Date | null> {
    const next = await database.timer.findFirst({
      where: { doneAt: null, dueAt: { gt: now() } },
      orderBy: { dueAt: 'asc' },
      select: { dueAt: true },
    });
    return next?.dueAt ?? null;
  }

  async function read(): Promise<Clock> {
    const coalition = await accounts.findCoalition();
    const { language, timeZone } = coalition ?? { language: 'en', timeZone: 'UTC' };
    const words = (at: Date) =>
      wallClock({ instant: at.toISOString(), show: 'date-time' }, language, timeZone);
    // Told by us, because a browser's own list of zones may be newer or older than the bot's.
    const wall = (at: Date) =>
      `${localDate(at, timeZone)}T${localTime(at, timeZone)}:${at.toISOString().slice(17, 19)}Z`;
    const due = await findNextDue();
    return {
      now: now().toISOString(),
      wall: wall(now()),
      text: words(now()),
      timeZone,
      zone: zoneWords(timeZone),
      movable: demoClock !== null,
      nextDue: due && { at: due.toISOString(), wall: wall(due), text: words(due) },
    };
  }

  /** Reads where to: a named step, an instant, or a date in the coalition's zone. */
  async function targetOf(to: string): Promise<Date> {
    const coalition = await accounts.findCoalition();
    const zone = coalition?.timeZone ?? 'UTC';
    switch (to) {
      case 'next-hour': {
        const minutes = Number(localTime(now(), zone).slice(3));
        const onTheMinute = Math.floor(now().getTime() / 60_000) * 60_000;
        return new Date(onTheMinute + (60 - minutes) * 60_000);
      }
      case 'next-day':
        return atWallClock(addDays(localDate(now(), zone), 1), morning, zone);
      case 'next-due': {
        const due = await findNextDue();
        if (!due) throw new RequestTrouble(409, 'trouble.nothing-due');
        return due;
      }
      default: {
        const [date = '', time = morning] = to.split('T');
        if (isLocalDate(date) && isLocalTime(time)) return atWallClock(date, time, zone);
        const instant = new Date(to);
        if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(to) && !Number.isNaN(instant.getTime()))
          return instant;
        throw new RequestTrouble(400, 'trouble.clock-unread', { got: shortened(to, 60) });
      }
    }
  }

  /** Waits until what is due has happened and is told, or patience ends; what failed once is not waited for. */
  async function letItHappen(until: number): Promise<void> {
    await bot.sweep();
    for (;;) {
      // All in one statement: a job that ends between two would be seen by neither, nor what it has written.
      const [left] = await database.$queryRaw<{ any: boolean }[]>`
        select exists (select from "Timer" where "doneAt" is null and "attempts" = 0 and "dueAt" <= ${now()})
          or exists (select from "Outgoing" where "state" in ('waiting', 'sending') and "attempts" <= 1)
          or exists (select from "LongWork" where "state" in ('waiting', 'running')) as "any"`;
      if (!left?.any || Date.now() > until) return;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  let moving: Promise<unknown> = Promise.resolve();

  return {
    read,

    /** Moves on, stopping at everything due on the way so that it happens at its own time. */
    async move(to: string): Promise<Clock> {
      const clock = demoClock;
      if (!clock) throw new RequestTrouble(403, 'trouble.clock-fixed');
      const before = moving;
      const mine = before.then(() => go(clock, to));
      moving = mine.catch(() => {});
      return mine;
    },
  };

  async function go(clock: DemoClock, to: string): Promise<Clock> {
    const target = await targetOf(to);
    if (target <= now()) throw new RequestTrouble(409, 'trouble.clock-earlier', { now: (await read()).text });
    if (target.getTime() - now().getTime() > mostDays * 86_400_000)
      throw new RequestTrouble(400, 'trouble.clock-far', { days: mostDays });
    const until = Date.now() + patienceMs;
    for (;;) {
      const due = await findNextDue();
      const stop = due !== null && due < target ? due : target;
      await clock.moveTo(stop);
      feed.changed();
      await letItHappen(until);
      if (stop === target) return read();
    }
  }
}
