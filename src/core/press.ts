import type { Id } from './ids.ts';
import { limits } from './limits.ts';

/** How one value travels inside a button's id. */
export type Slot<T> = {
  encode(value: T): string;
  /** Null when the text is not one of ours: an old button, or a forged one. */
  decode(typed: string): T | null;
  /** For whoever tries every address there is: some id, or any of these as they are written. */
  readonly samples: 'id' | readonly string[];
};

/** A UUID, in 22 characters. */
export function id<I extends Id<string>>(): Slot<I> {
  return {
    samples: 'id',
    encode: (value) => Buffer.from(value.replaceAll('-', ''), 'hex').toString('base64url'),
    decode: (typed) => {
      if (!/^[\w-]{22}$/.test(typed)) return null;
      const hex = Buffer.from(typed, 'base64url').toString('hex');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as I;
    },
  };
}

/** A short word out of a fixed set. */
export function oneOf<const W extends readonly string[]>(words: W): Slot<W[number]> {
  return {
    samples: words,
    encode: (value) => value,
    decode: (typed) => (words.includes(typed) ? typed : null),
  };
}

/** A whole number. */
export const count: Slot<number> = {
  samples: ['0', '1'],
  encode: (value) => String(value),
  decode: (typed) => (/^-?\d{1,15}$/.test(typed) ? Number(typed) : null),
};

/** A word of letters, digits, dots and dashes, such as a calendar date. */
export const word: Slot<string> = {
  samples: ['2026-03-02', 'all'],
  encode: (value) => value,
  decode: (typed) => (/^[\w.-]{1,60}$/.test(typed) ? typed : null),
};

export type Slots = Readonly<Record<string, Slot<never> | Slot<string> | Slot<number>>>;
type PayloadOf<S> = { readonly [K in keyof S]: S[K] extends Slot<infer T> ? T : never };

/**
 * The address of a button, select or form: a stable public name and what it is about. Ids travel in it,
 * rights never do: whoever presses is checked again.
 */
export type Press<P = Record<string, unknown>> = {
  readonly name: string;
  readonly slots: readonly Pick<Slot<unknown>, 'samples'>[];
  /** At most 100 characters, which is Discord's limit for a custom_id. */
  encode(payload: P): string;
  decode(encoded: string): P | null;
};

export function press<const S extends Slots>(name: string, slots: S): Press<PayloadOf<S>> {
  const entries = Object.entries(slots) as [string, Slot<unknown>][];
  return {
    name,
    slots: entries.map(([, slot]) => slot),
    encode(payload) {
      const values = entries.map(([key, slot]) => slot.encode(payload[key as keyof S]));
      const encoded = [name, ...values].join(':');
      if (encoded.length > limits.pressId || values.some((value) => value.includes(':'))) {
        throw new Error(`Button id ${name} does not fit: ${encoded.length} of ${limits.pressId} characters`);
      }
      return encoded;
    },
    decode(encoded) {
      const [first, ...values] = encoded.split(':');
      if (first !== name || values.length !== entries.length) return null;
      const payload: Record<string, unknown> = {};
      for (const [index, [key, slot]] of entries.entries()) {
        const value = slot.decode(values[index] ?? '');
        if (value === null) return null;
        payload[key] = value;
      }
      return payload as PayloadOf<S>;
    },
  };
}

/** The public name in an encoded address, also where it stands among others (`joined-id.ts`). */
export function pressName(encoded: string): string {
  return encoded.split(/[:~]/, 1)[0] ?? '';
}
