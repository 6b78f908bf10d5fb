/** One call of a store function as it really happened. */
export type StoreCall = {
  readonly name: string;
  readonly own: (...given: unknown[]) => unknown;
  readonly given: readonly unknown[];
};

/** Of each function so many calls are kept: the first ones, and the last ones. */
const mostFirst = 2;
const mostLast = 4;

export type KeptCalls = {
  /** By `features/roles/seats/store.ts takeSeat`. */
  readonly calls: ReadonlyMap<string, readonly StoreCall[]>;
  /** Whether calls are kept from now on. */
  keep(on: boolean): void;
};

/** Keeps calls of every store function until it is told not to. */
export function keepStoreCalls(): KeptCalls {
  const calls = new Map<string, StoreCall[]>();
  const onStoreCall: typeof globalThis.onStoreCall = (file, name, own, given) => {
    const key = `${file.replace('src/', '')} ${name}`;
    const kept = calls.get(key) ?? [];
    calls.set(key, kept);
    kept.push({ name: key, own, given });
    if (kept.length > mostFirst + mostLast) kept.splice(mostFirst, 1);
  };
  const keep = (on: boolean) => {
    globalThis.onStoreCall = on ? onStoreCall : undefined;
  };
  keep(true);
  return { calls, keep };
}
