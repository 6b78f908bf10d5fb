import { takesNoCoalition, trustsItsIds } from '../../../scripts/structure/stores.ts';
import type { Earlier, Memory } from './earlier.ts';
import { namesRows } from './replay-stores.ts';

/** One call of a store function as it really happened. */
export type StoreCall = {
  readonly name: string;
  readonly own: (...given: unknown[]) => unknown;
  readonly given: readonly unknown[];
};

/** With what there was just before it. */
export type EarlyCall = StoreCall & { readonly before: Earlier };

/** Of each function so many calls are kept: the first ones, and the last ones. */
const mostFirst = 2;
const mostLast = 4;
/** A function that names no row in so many calls never does. */
const mostLooks = 8;

export type KeptCalls = {
  /** By `features/roles/seats/store.ts takeSeat`. */
  readonly calls: ReadonlyMap<string, readonly StoreCall[]>;
  /** The first call of each that names a row. */
  readonly early: ReadonlyMap<string, EarlyCall>;
  /** Whether calls are kept from now on. */
  keep(on: boolean): void;
  /** From now on it is remembered what there was before the calls for this coalition. */
  rememberBy(memory: Memory, own: string): void;
};

/** Keeps calls of every store function until it is told not to. */
export function keepStoreCalls(): KeptCalls {
  const calls = new Map<string, StoreCall[]>();
  const early = new Map<string, EarlyCall>();
  const looks = new Map<string, number>();
  let remembering: { memory: Memory; own: string } | null = null;

  function remember(call: StoreCall): void {
    const { name } = call;
    const looked = looks.get(name) ?? 0;
    if (!remembering || early.has(name) || looked >= mostLooks) return;
    if (name in takesNoCoalition || name in trustsItsIds) return;
    looks.set(name, looked + 1);
    if (namesRows(call.given, remembering.own))
      early.set(name, { ...call, before: remembering.memory.remember() });
  }

  const onStoreCall: typeof globalThis.onStoreCall = (file, name, own, given) => {
    const key = `${file.replace('src/', '')} ${name}`;
    const kept = calls.get(key) ?? [];
    const call = { name: key, own, given };
    remember(call);
    calls.set(key, kept);
    kept.push(call);
    if (kept.length > mostFirst + mostLast) kept.splice(mostFirst, 1);
  };
  const keep = (on: boolean) => {
    globalThis.onStoreCall = on ? onStoreCall : undefined;
  };
  keep(true);
  return {
    calls,
    early,
    keep,
    rememberBy(memory, own) {
      remembering = { memory, own };
    },
  };
}
