/** How long to wait after the first, second … failure, in milliseconds; the last holds from then on. */
const waitsMs = [2_000, 5_000, 15_000, 60_000, 300_000] as const;

export type Trying = {
  /** Ends with the first try, however it went. Throws only what no other try would mend. */
  readonly first: Promise<void>;
  stop(): void;
};

/**
 * Tries until it works, in the background after the first time.
 *
 * @param failed told of each failure. True: another try would not mend it, so there is none.
 */
export function keepTrying(
  attempt: () => Promise<void>,
  failed: (error: unknown, againInMs: number) => boolean,
  waits: readonly number[] = waitsMs,
): Trying {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function tryOnce(failures: number): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      const againInMs = waits[Math.min(failures, waits.length - 1)] ?? 0;
      if (stopped) return;
      if (failed(error, againInMs)) throw error;
      // Whoever asked for the first try has its outcome by now, and `failed` was told of this one.
      timer = setTimeout(() => void tryOnce(failures + 1).catch(() => {}), againInMs);
    }
  }

  return {
    first: tryOnce(0),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
