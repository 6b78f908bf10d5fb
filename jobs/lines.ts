import type { Wake } from '../src/core/ports.ts';

type Line = { underWay: Promise<void>; next: { delayMs: number; sent: Promise<void> } | null };

/**
 * Sends the wakes for one target one after the other. Those that come while one is under way are joined: whatever was
 * committed before the next one begins is seen by whoever it wakes. A later time replaces an earlier one.
 */
export function makeLines(send: (what: Wake, delayMs: number) => Promise<void>) {
  const lines = new Map<string, Line>();

  function begin(key: string, what: Wake, delayMs: number): Promise<void> {
    const underWay = send(what, delayMs).finally(() => {
      if (lines.get(key)?.next === null) lines.delete(key);
    });
    lines.set(key, { underWay, next: null });
    return underWay;
  }

  return {
    /** Resolves when it has been sent, alone or joined with others. */
    wake(what: Wake, delayMs: number): Promise<void> {
      const key = `${what.wake} ${what.id} ${delayMs > 0 ? 'later' : 'now'}`;
      const line = lines.get(key);
      if (!line) return begin(key, what, delayMs);
      if (line.next) {
        line.next.delayMs = delayMs;
        return line.next.sent;
      }
      const next = { delayMs, sent: Promise.resolve() };
      line.next = next;
      next.sent = line.underWay.catch(() => {}).then(() => begin(key, what, next.delayMs));
      return next.sent;
    },
    /** Targets with a wake that has not been sent yet. */
    count: () => lines.size,
    async settled(): Promise<void> {
      while (lines.size > 0) {
        await Promise.allSettled([...lines.values()].map(({ underWay, next }) => next?.sent ?? underWay));
      }
    },
  };
}
