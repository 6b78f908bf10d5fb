import type { Bot } from '../bot.ts';
import type { PlatformName } from '../src/core/who.ts';

export type Health = {
  readonly healthy: boolean;
  readonly database: 'ok' | 'unreachable';
  readonly queue: 'ok' | 'unreachable';
  /** ISO instant of the last sweep, by the real clock. */
  readonly lastSweep: string | null;
  /** Timers and messages that should have happened over five minutes ago. */
  readonly overdue: number;
  /**
   * Platforms that this process is to be connected to and is not. They alone make nothing unhealthy: whoever takes an
   * unhealthy process out of service would take the others off the air too.
   */
  readonly away: readonly PlatformName[];
};

const lateMs = 5 * 60_000;

/** Whether the bot does its duty: an unreachable part or anything over five minutes late makes it unhealthy. */
export async function checkHealth(bot: Bot, away: readonly PlatformName[] = []): Promise<Health> {
  const queue = await works(() => bot.queue.ping());
  try {
    const late = new Date(bot.tools.clock.now().getTime() - lateMs);
    const [timers, messages, heartbeat] = await Promise.all([
      bot.database.timer.count({ where: { doneAt: null, dueAt: { lt: late } } }),
      bot.database.outgoing.count({
        where: {
          state: { in: ['waiting', 'sending'] },
          lane: { openAt: { lt: new Date(bot.tools.realClock.now().getTime() - lateMs) } },
          createdAt: { lt: late },
        },
      }),
      bot.database.heartbeat.findUnique({ where: { name: 'sweep' } }),
    ]);
    const overdue = timers + messages;
    return {
      healthy: queue && overdue === 0,
      database: 'ok',
      queue: queue ? 'ok' : 'unreachable',
      lastSweep: heartbeat?.at.toISOString() ?? null,
      overdue,
      away,
    };
  } catch (error) {
    bot.tools.log.error({ error: error as Error }, 'health.database');
    return {
      healthy: false,
      database: 'unreachable',
      queue: queue ? 'ok' : 'unreachable',
      lastSweep: null,
      overdue: 0,
      away,
    };
  }
}

async function works(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}
