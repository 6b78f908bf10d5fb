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
