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
