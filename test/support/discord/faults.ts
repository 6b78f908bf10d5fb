/**
 * What may go wrong with the next request that fits: refused, throttled, or left without an answer. `happened` is
 * told as soon as it has.
 */
export type Fault = { readonly happened?: () => void } & (
  | { readonly fault: 'status'; readonly status: number; readonly code?: number; readonly message?: string }
  | {
      readonly fault: 'rate-limit';
      readonly retryAfterSeconds: number;
      readonly scope: 'user' | 'global' | 'shared';
    }
  /** Discord does what was asked, and nobody hears of it: silence, or a failure on the way back. */
  | { readonly fault: 'done-without-answer'; readonly status?: number }
  /** The connection stays open and silent, and nothing is done. */
  | { readonly fault: 'silence' }
  /** The answer begins and never ends. */
  | { readonly fault: 'endless-body' }
  /** The connection is cut. */
  | { readonly fault: 'cut' }
);

export type Faults = {
  /** For the next requests, as often as given, whose method and path fit, such as `POST` and `/channels/`; `*` is any method. */
  next(method: string, path: string | RegExp, fault: Fault, times?: number): void;
  take(method: string, path: string): Fault | null;
  /** Forgets every fault that has not happened yet. */
  behave(): void;
};

export function makeFaults(): Faults {
  const waiting: { method: string; path: string | RegExp; fault: Fault; times: number }[] = [];
  return {
    next(method, path, fault, times = 1) {
      waiting.push({ method, path, fault, times });
    },
    take(method, path) {
      const found = waiting.find(
        (each) =>
          each.times > 0 &&
          (each.method === method || each.method === '*') &&
          (typeof each.path === 'string' ? path.includes(each.path) : each.path.test(path)),
      );
      if (!found) return null;
      found.times -= 1;
      return found.fault;
    },
    behave() {
      waiting.length = 0;
    },
  };
}
