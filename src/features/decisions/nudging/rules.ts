const hourMs = 3_600_000;
/** Two nudges closer together than this are one too many. */
const leastApartMs = 12 * hourMs;
/** The last nudge leaves at least this long to answer. */
const leastLeftMs = 2 * hourMs;

/**
 * When to nudge those who have not answered: after half of the time, then after half of what is left, and so
 * on, so the time between is in proportion to the time given. Fewer than `most` when the time is short.
 */
export function nudgeTimes(from: Date, closesAt: Date, most: number): Date[] {
  const times: Date[] = [];
  let last = from.getTime();
  const end = closesAt.getTime();
  for (let nudge = 1; nudge <= most; nudge += 1) {
    const at = end - Math.floor((end - from.getTime()) / 2 ** nudge);
    if (at - last < leastApartMs || end - at < leastLeftMs) break;
    times.push(new Date(at));
    last = at;
  }
  return times;
}

type Silent = { readonly name: string; readonly sector: string };

/**
 * Who is nudged first: those whose answer brings the quorum nearest. A sector that is short comes first, the
 * shortest one before the others; then by name, so that the order is the same every time.
 */
export function tippingFirst<V extends Silent>(
  silent: readonly V[],
  shortSectors: readonly { readonly sector: string; readonly by: number }[],
): V[] {
  const short = new Map(shortSectors.map(({ sector, by }) => [sector, by]));
  const need = (voice: V) => short.get(voice.sector) ?? 0;
  return [...silent].sort((a, b) => need(b) - need(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
