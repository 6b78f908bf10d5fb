import type { Press } from '../../../src/core/press.ts';

/**
 * Addresses of a button or form with these ids in the place of every id it takes: each in turn in all of them, and in
 * every other place one that leads somewhere by itself.
 */
export function everyAddress(
  press: Pick<Press, 'name' | 'slots'>,
  ids: readonly string[],
  usual: readonly string[],
): string[] {
  const places = press.slots.flatMap(({ samples }, index) => (samples === 'id' ? [index] : []));
  if (places.length === 0) return [];
  const others = places.length === 1 ? [null] : [null, ...usual];
  const found = new Set<string>();
  for (const id of ids) {
    for (const other of others) {
      for (const place of other === null ? places.slice(0, 1) : places) {
        const values = press.slots.map(({ samples }, index) => {
          if (samples !== 'id') return samples[found.size % samples.length] ?? '';
          return short(other === null || index === place ? id : other);
        });
        found.add([press.name, ...values].join(':'));
      }
    }
  }
  return [...found];
}

const short = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
