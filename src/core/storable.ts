/**
 * What arrived without the two things that PostgreSQL can neither store nor search: U+0000, which is dropped,
 * and half of a surrogate pair, which becomes U+FFFD. Everything else is kept as typed.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, storable(each)])) as T;
}

function storableText(typed: string): string {
  const whole = typed.replaceAll('\0', '');
  // With the `u` flag a lone surrogate is a code point of its own, and a pair never matches.
  return whole.replace(/\p{Surrogate}/gu, '\u{FFFD}');
}
