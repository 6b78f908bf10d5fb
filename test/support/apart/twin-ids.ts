/**
 * A twin has the same rows as another coalition under other ids: of each id the sign that tells its version (7 in all
 * that we make) becomes this one, so that every id shows whose it is.
 */
const twinVersion = 'b';
const uuid = /\b([\da-f]{8}-[\da-f]{4}-)[\da-f]([\da-f]{3}-[\da-f]{4}-[\da-f]{12})\b/g;
/** An id in a button's address or among what was picked (`src/core/press.ts`). */
const short = /(?<=[:~"])[\w-]{22}(?![\w-])/g;

/** The letter of which everything is made that is written in the twin. */
export const twinLetter = 'ለ';

/** A text with every id in it exchanged for the twin's, but for the ids to be kept. */
export function withTwinIds(text: string, kept: readonly string[] = []): string {
  return text
    .replace(uuid, (id, begin: string, end: string) =>
      kept.includes(id) ? id : `${begin}${twinVersion}${end}`,
    )
    .replace(short, (typed) => {
      const id = asUuid(typed);
      if (id === null || kept.includes(id)) return typed;
      const twin = withTwinIds(id);
      return Buffer.from(twin.replaceAll('-', ''), 'hex').toString('base64url');
    });
}

/** The ids in a text that are the twin's. */
export function listTwinIds(text: string): string[] {
  const long = [...text.matchAll(uuid)].map(([id]) => id);
  const shortened = [...text.matchAll(short)].flatMap(([typed]) => asUuid(typed, twinVersion) ?? []);
  return [...long, ...shortened].filter((id) => id[14] === twinVersion);
}

function asUuid(typed: string, version = '7'): string | null {
  const hex = Buffer.from(typed, 'base64url').toString('hex');
  // Something else may be as long, such as a code: ours begin with the time at which they were made (RFC 9562, 5.7).
  if (!hex.startsWith('01') || hex[12] !== version) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
